"""Runs the preview's service until somebody stops it."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import uvicorn

from planforms.errors import UsageError
from planforms.preview.choosing import Roots
from planforms.preview.serving import Desk, application

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def serve(roots: Roots, host: str, port: int, *, editor: str, open_page: bool = False) -> None:
    """Serve the preview until Ctrl-C.

    Args:
        roots: where templates, profiles and data lie.
        host: the address to answer at.
        port: the port; 0 for any that is free.
        editor: the address that opens a file, with ``{file}``, ``{line}`` and ``{column}``.
        open_page: whether to open the page in a browser.

    Raises:
        UsageError: somebody else answers at this port, or the address is not of this machine.
    """
    with _listening(host, port) as listener:
        port = listener.getsockname()[1]
        names = dict.fromkeys((*_LOOPBACK, f"[{host}]" if ":" in host else host))
        service = application(Desk(roots, tuple(f"{name}:{port}" for name in names), editor))
        page = f"http://{host if ':' not in host else f'[{host}]'}:{port}/"
        print(f"planforms preview: {page} (Ctrl-C ends it)", flush=True)
        if open_page:
            webbrowser.open(page)
        config = uvicorn.Config(
            service, access_log=False, log_level="warning", timeout_graceful_shutdown=2
        )
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
            _Server(config, service.state.stop).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or "cannot be used"
        hint = "choose another with --port"
        raise UsageError.of("preview.port", f"{host}:{port}", reason.lower(), hint) from None
    return listener


class _Server(uvicorn.Server):
    """A server that lets its listeners go when it is told to end."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End what waits for changes, then the server."""
        self._stop()
        super().handle_exit(sig, frame)

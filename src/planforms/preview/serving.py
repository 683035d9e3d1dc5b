"""The preview as a web service for one machine: it reads, renders and tells of changes.

It answers only to the names it was started under, takes no data, writes nothing, and keeps no log.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from planforms.batching.pools import LimitedPool, WorkerLostError
from planforms.errors import PlanformsError, Problem
from planforms.languages import template_root
from planforms.preview.answering import Question, answer, located
from planforms.preview.choosing import Choice, Roots, offered
from planforms.preview.revisions import earlier
from planforms.preview.views import VIEWS
from planforms.preview.watching import Watcher
from planforms.services.reading import BUILT_IN as SERVICES
from planforms.services.reading import COUNTRIES, INSTRUMENTS

STYLES = Path(str(files("planforms.writers")))
BUILT_IN = (SERVICES, COUNTRIES, INSTRUMENTS)
SECONDS = 60.0
"""The longest that one view may take; the longest document that planforms accepts takes a third."""
_FINDINGS = "findings"
_HEARTBEAT_SECONDS = 15.0
_MOST_KEPT = 64
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "frame-src 'self' about:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PARTS = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the preview is started with.

    Attributes:
        roots: where templates, profiles and data lie.
        hosts: what browsers may call the service, each with its port, such as ``localhost:8765``.
        editor: the address that opens a file, with ``{file}``, ``{line}`` and ``{column}``.
    """

    roots: Roots
    hosts: tuple[str, ...]
    editor: str


class _Preview:
    """The state of one preview: the watcher, the workers, and what they have made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = asyncio.Event()
        self._store = TemporaryDirectory(prefix="planforms-")
        self._pools = {checking: LimitedPool(1, seconds=SECONDS) for checking in (False, True)}
        self._turns = {checking: asyncio.Lock() for checking in (False, True)}
        self._styles: dict[bool, tuple[int, ...]] = dict.fromkeys((False, True), ())
        self._kept: dict[Question, dict[str, Any]] = {}
        self._kept_of = 0
        roots = desk.roots
        watched = (*roots.templates, template_root(), *roots.services, *BUILT_IN, STYLES)
        self.watcher = Watcher((*watched, *roots.data))

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        """Watch for as long as the service runs, then let everything go."""
        watching = asyncio.create_task(self.watcher.run(self._stop))
        try:
            yield
        finally:
            self.stop()
            await watching
            for pool in self._pools.values():
                pool.shutdown(wait=True, cancel_futures=True)
            self._store.cleanup()

    def stop(self) -> None:
        """End what waits for changes."""
        self._stop.set()
        self.watcher.wake()

    async def choices(self, _: Request) -> Response:
        """Everything that can be chosen."""
        try:
            found = await asyncio.to_thread(offered, self._desk.roots)
        except PlanformsError as error:
            return _json({"ok": False, "problems": [one.to_dict() for one in error.problems]})
        return _json({"ok": True, "editor": self._desk.editor, "views": list(VIEWS), **found})

    async def view(self, request: Request) -> Response:
        """One view of what an address chooses, with the number of the state it was made in."""
        name = request.path_params["view"]
        if name not in (*VIEWS, "margin", "revisions", _FINDINGS):
            return PlainTextResponse("no such view", 404)
        try:
            question = self._question(name, request)
        except PlanformsError as error:
            found = {"ok": False, "problems": [one.to_dict() for one in error.problems]}
            return _json({"number": self.watcher.number, **found})
        number, made = await self._answer(question)
        return _json({"number": number, **made})

    def _question(self, name: str, request: Request) -> Question:
        roots = self._desk.roots
        if name == _FINDINGS:
            return Question(Choice(), name, roots)
        store = Path(self._store.name)
        question = Question(Choice.from_query(request.query_params), name, roots, store=store)
        against = request.query_params.get("against", "")
        if name == "revisions" and against:
            before = earlier(roots, against, store)
            question = replace(question, before=before)
        return question

    async def _answer(self, question: Question) -> tuple[int, dict[str, Any]]:
        """What a worker says, and of which state.

        A question waits for its turn and is then asked of the state of that moment: however many
        states came while it waited, none but the last is made. Two pages share an answer.
        """
        checking = question.view == _FINDINGS
        async with self._turns[checking]:
            number = self.watcher.number
            if self._kept_of != number:
                self._kept.clear()
                self._kept_of = number
            if question not in self._kept:
                if len(self._kept) >= _MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[question] = await asked(question, self._pool(checking))
            return number, self._kept[question]

    def _pool(self, checking: bool) -> LimitedPool:
        """The workers for a question; new ones if a style sheet has changed, which they keep."""
        styles = tuple(path.stat().st_mtime_ns for path in sorted(STYLES.glob("*.css")))
        if styles != self._styles[checking]:
            self._styles[checking] = styles
            self._pools[checking].shutdown(wait=False, cancel_futures=True)
            self._pools[checking] = LimitedPool(1, seconds=SECONDS)
        return self._pools[checking]

    async def page(self, request: Request) -> Response:
        """The web page itself, for the frame; the page asks for the view first."""
        try:
            _, made = await self._answer(self._question("web", request))
        except PlanformsError:
            made = {}
        content = made.get("page", "<!DOCTYPE html><title>nothing</title>")
        headers = {**_HEADERS, "Content-Security-Policy": "frame-ancestors 'self'"}
        return Response(content, media_type="text/html", headers=headers)

    async def where(self, request: Request) -> Response:
        """File, line and column of a place in the templates."""
        place = request.query_params.get("place", "")
        return _json(await asyncio.to_thread(located, place, self._desk.roots))

    async def events(self, _: Request) -> Response:
        """Tell of every new state as a server-sent event, until somebody goes away."""
        return StreamingResponse(self._told(), media_type="text/event-stream", headers=_HEADERS)

    async def _told(self) -> AsyncIterator[str]:
        number = self.watcher.number
        yield f"data: {json.dumps({'number': number, 'changed': []})}\n\n"
        while not self._stop.is_set():
            try:
                async with asyncio.timeout(_HEARTBEAT_SECONDS):
                    number = await self.watcher.next(number)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            told = {"number": number, "changed": self.watcher.last}
            yield f"data: {json.dumps(told)}\n\n"


async def asked(question: Question, pool: LimitedPool) -> dict[str, Any]:
    """What a worker answers, or why it does not: it was ended at a limit."""
    try:
        return await asyncio.wrap_future(pool.submit(answer, question))
    except TimeoutError:
        message = f"takes longer than {pool.seconds:.0f} seconds"
        problem = Problem("preview.time", "this view", message, "it was ended")
    except (MemoryError, WorkerLostError):
        message = "takes more memory than a document may"
        problem = Problem("preview.memory", "this view", message, "it was ended")
    except CancelledError:
        problem = Problem("preview.stopped", "this view", "the preview is ending")
    return {"ok": False, "problems": [problem.to_dict()]}


def application(desk: Desk) -> Starlette:
    """The service, to be run by any ASGI server."""
    preview = _Preview(desk)
    routes = [
        *(Route(path, _part(*part), methods=["GET"]) for path, part in _PARTS.items()),
        Route("/choices", preview.choices, methods=["GET"]),
        Route("/events", preview.events, methods=["GET"]),
        Route("/page", preview.page, methods=["GET"]),
        Route("/where", preview.where, methods=["GET"]),
        Route("/view/{view}", preview.view, methods=["GET"]),
    ]
    guard = Middleware(_Guard, hosts=desk.hosts)
    service = Starlette(routes=routes, middleware=[guard], lifespan=preview.running)
    service.state.stop = preview.stop
    return service


class _Guard:
    """Answers only those who call the service by its name, from a page of its own."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request under another name: a foreign page could read the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        origin = request.headers.get("origin")
        known = request.headers.get("host") in self._hosts
        if not known or (origin is not None and origin.partition("://")[2] not in self._hosts):
            await PlainTextResponse("not here", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _part(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    async def part(_: Request) -> Response:
        content = files(__package__).joinpath(name).read_bytes()
        return Response(content, media_type=media_type, headers=_HEADERS)

    return part


def _json(value: dict[str, Any]) -> Response:
    return JSONResponse(value, headers=_HEADERS)

"""The preview as a service: whom it answers, that it lives, and that it ends."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from planforms.batching.pools import LimitedPool
from planforms.cli import main
from planforms.preview.answering import Question
from planforms.preview.choosing import Choice, Roots, examples_in
from planforms.preview.gallery import exhibit, index_of
from planforms.preview.serving import asked
from tests.batching.inputs import descendants
from tests.bounds import STUCK_SECONDS
from tests.conformance.programs import program, run
from tests.reports import ROOT

BROWSER = Path(__file__).parent / "browser.mjs"
LOOKS = STUCK_SECONDS * 20
"""How often it is looked for what must come, twenty times a second."""


class Service:
    """A preview that runs, and the folder of templates that it watches."""

    def __init__(self, templates: Path, *options: str) -> None:
        self.templates = templates
        command = [sys.executable, "-m", "planforms", "preview", "--port", "0"]
        command += ["--templates", str(templates), "--data", str(ROOT / "examples" / "molde")]
        self.process = subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        said = self.process.stdout.readline()
        self.port = int(re.findall(r":(\d+)/", said)[0])

    def get(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=STUCK_SECONDS)) as connection:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def view(self, name: str, **query: str) -> dict[str, Any]:
        """One view of the empty consent of Molde."""
        asked = urlencode({"service": "molde", "kind": "consent", **query})
        made: dict[str, Any] = json.loads(self.get(f"/view/{name}?{asked}")[2])
        return made

    def until(self, text: str | None) -> dict[str, Any]:
        """The text of the consent as soon as it has some words; problems, if it has none."""
        for _ in range(LOOKS):
            made = self.view("text")
            if made["ok"] != (text is None) and (text or "") in "\n".join(made.get("lines", ())):
                return made
            time.sleep(0.05)
        raise AssertionError(f"never seen: {text}")

    def end(self) -> tuple[int, str]:
        """Status and errors of the process after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=STUCK_SECONDS)
        return self.process.returncode, errors


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    own = tmp_path / "own"
    shutil.copytree(ROOT / "templates" / "no", own / "no")
    running = Service(own)
    yield running
    running.process.kill()
    running.process.communicate()


def test_it_answers_to_its_own_name_alone_and_ends_at_ctrl_c(service: Service) -> None:
    port = service.port
    assert service.get("/")[0] == 200
    assert service.get("/", Host=f"localhost:{port}")[0] == 200
    assert service.get("/", Host="evil.example")[0] == 403
    assert service.get("/", Host=f"evil.example:{port}")[0] == 403
    assert service.get("/choices", Origin="https://evil.example")[0] == 403
    assert service.get("/choices", Origin=f"http://localhost:{port}")[0] == 200
    assert service.get("/../pyproject.toml")[0] == 404
    for method in ("POST", "PUT", "DELETE"):
        assert service.get("/choices", method)[0] == 405
    _, headers, _ = service.get("/")
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    with closing(HTTPConnection("127.0.0.1", port, timeout=STUCK_SECONDS)) as listening:
        listening.request("GET", "/events")
        with listening.getresponse() as answer:
            assert answer.readline().startswith(b"data:")
            assert service.end() == (0, "")


def test_a_saved_word_is_seen_and_no_state_is_stale(service: Service) -> None:
    file = service.templates / "no" / "consent.html"
    words = file.read_text(encoding="utf-8")
    for number in range(6):
        file.write_text(words.replace("Du bestemmer.", f"Runde {number}."), encoding="utf-8")
        made = service.until(f"Runde {number}.")
        assert "Du bestemmer." not in "\n".join(made["lines"])
    file.write_text(words.replace("{% if", "{% fi", 1), encoding="utf-8")
    made = service.until(None)
    assert {problem["file"] for problem in made["problems"]} == {str(file)}
    shutil.rmtree(service.templates / "no")
    service.until("Du bestemmer.")  # the built-in words
    shutil.rmtree(service.templates)
    service.until(None)
    shutil.copytree(ROOT / "templates" / "no", service.templates / "no")
    file.write_text(words.replace("Du bestemmer.", "Tilbake."), encoding="utf-8")
    service.until("Tilbake.")


def test_many_saves_leave_memory_flat(service: Service) -> None:
    file = service.templates / "no" / "consent.html"
    words = file.read_text(encoding="utf-8")

    def save(number: int) -> None:
        file.write_text(words.replace("Du bestemmer.", f"Runde {number}."), encoding="utf-8")
        service.until(f"Runde {number}.")

    for number in range(5):
        save(number)
    before = _memory_of(service.process.pid)
    for number in range(5, 20):
        save(number)
    assert _memory_of(service.process.pid) < before + 20_000


def _memory_of(pid: int) -> int:
    """The memory of a process and all that it has started, in kilobytes."""
    states = (Path(f"/proc/{one}/status").read_text() for one in (pid, *descendants(pid)))
    return sum(int(size) for state in states for size in re.findall(r"VmRSS:\s+(\d+)", state))


@pytest.mark.long
def test_in_a_browser(service: Service, tmp_path: Path) -> None:
    report = run(
        program("node"),
        BROWSER,
        program("chromium"),
        f"http://127.0.0.1:{service.port}",
        service.templates / "no" / "consent.html",
        gallery_in(tmp_path / "gallery"),
    )
    steps = [json.loads(line) for line in report.splitlines()]
    assert [step for step in steps if step["failures"]] == []
    assert len(steps) >= 10


def test_a_port_in_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["preview", "--port", str(port)]) == 2
    assert "[preview.port]" in capsys.readouterr().err


def test_a_missing_package_is_told_with_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planforms.cli.preview.find_spec", lambda _: None)
    assert main(["preview"]) == 2
    told = capsys.readouterr().err
    assert "pip install 'planforms[preview]'" in told


def spin(_: Question) -> dict[str, Any]:
    """What a template would do that never ends."""
    while True:
        pass


def test_what_would_never_end_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planforms.preview.serving.answer", spin)
    with LimitedPool(1, seconds=1) as pool:
        question = Question(Choice("molde", "consent"), "web", Roots())
        made = asyncio.run(asked(question, pool))
    assert [problem["code"] for problem in made["problems"]] == ["preview.time"]


def gallery_in(folder: Path) -> Path:
    """The index of a gallery of one document."""
    data = ROOT / "examples" / "molde"
    one = examples_in((data,))[0]
    choice = Choice(one.service, one.kind, one.state, one.language, example=one.name)
    shown = exhibit(choice, Roots(data=(data,)), folder)
    (folder / "index.html").write_bytes(index_of([shown]))
    return folder / "index.html"


def test_a_gallery_needs_no_server_and_no_script(tmp_path: Path) -> None:
    page = gallery_in(tmp_path).read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src)="([^"#]+)"', page)
    assert len(links) >= 5
    assert [link for link in links if not (tmp_path / link).is_file()] == []
    assert "<script" not in page
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "molde").iterdir()} == {0o644}
    assert {path.name for path in tmp_path.iterdir()} == {"molde", "index.html"}

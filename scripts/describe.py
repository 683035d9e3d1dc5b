"""The description of the package: the README without links that lead nowhere on a package index.

Links to files and pictures of the repository work only in it. Hatchling calls this while it builds;
``docs`` lie in the source distribution, under the names that stand in the description.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

README = Path(__file__).parents[1] / "README.md"
_LINK = re.compile(r"!?\[([^\]]*)\]\((?!https?:|#)[^)]*\)")
_PICTURE = re.compile(r'<img src="(?!https?:)[^>]*>\n*')


class Description(MetadataHookInterface):
    """Gives the package its description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the description into the metadata."""
        text = description(README.read_text(encoding="utf-8"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def description(readme: str) -> str:
    """A page whose links to other files are their words alone, and without such pictures."""
    return _LINK.sub(r"\1", _PICTURE.sub("", readme))

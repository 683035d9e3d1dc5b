"""Files of documents, each made once for all tests of a run, whichever process asks first."""

from __future__ import annotations

from pathlib import Path

import planforms as pf
from planforms.writers import WEASYPRINT
from planforms.writing import replace_file
from tests.every import Case
from tests.filling_pdf import filled_by_pypdf


class Papers:
    """A folder of files; they are written whole, so that two processes may make the same one."""

    def __init__(self, folder: Path) -> None:
        """Keep files in that folder, which all processes share."""
        self._folder = folder

    def file(
        self,
        case: Case,
        suffix: str,
        *,
        engine: str = WEASYPRINT,
        fillable: bool = False,
        large: bool = False,
    ) -> Path:
        """The file of a case in one format."""
        size = ("large",) * large
        name = "-".join(("form" if fillable else "paper", case.name, engine, *size))
        path = self._folder / f"{name}.{suffix}"
        if not path.exists():
            document = pf.large_print(case.document()) if large else case.document()
            pf.write(document, path, engine=engine, fillable=fillable)
        return path

    def filled(self, case: Case) -> Path:
        """The PDF form of a case, filled in by pypdf."""
        path = self._folder / f"filled-{case.name}.pdf"
        if not path.exists():
            form = self.file(case, "pdf", fillable=True).read_bytes()
            replace_file(path, filled_by_pypdf(case.document(), form))
        return path

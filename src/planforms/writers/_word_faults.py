"""What is wrong with a Word file from outside, be it a letterhead or a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, eq=False, slots=True)
class FileFault:
    """One thing that must not be in a Word file.

    Attributes:
        kind: what sort of thing: ``external``, ``macro``, ``embedded``, ``field`` ...
        part: the part of the file; empty for the file as a whole.
        message: what is wrong there.
        element: where in the part; ``None`` for the part as a whole.
    """

    kind: str
    part: str
    message: str
    element: etree._Element | None = None


class FaultyFileError(Exception):
    """A file that cannot even be unpacked.

    Attributes:
        faults: everything that is wrong with it.
    """

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in self.faults))

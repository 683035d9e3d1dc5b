"""The fields of a PDF form and what stands in them (ISO 32000-1, 12.7.3 and 12.7.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planforms.errors import DataError
from planforms.forms.names import IDENTITY, path_of
from planforms.readback.limits import MAX_FIELDS, MAX_PATH_LETTERS, MAX_VALUE_LETTERS
from planforms.readback.refusals import refusal
from planforms.readback.returned import Written

if TYPE_CHECKING:
    import pikepdf

_MOST_STEPS = 16
"""How deep the tree of fields may be."""
_MOST_NODES = 2 * MAX_FIELDS
_RADIO = 1 << 15
_INHERITED = ("/FT", "/Ff", "/V")
_EMPTY = ("", "Off")


@dataclass(frozen=True, slots=True)
class PdfField:
    """A field that has no fields below it.

    Attributes:
        names: what it and the fields above it are called.
        type: its type, such as ``/Tx``.
        flags: its flags.
        values: what stands in it: a text, the state of a box, the keys of a list.
    """

    names: tuple[str, ...]
    type: str
    flags: int
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        """What stands in a field for words."""
        return "".join(self.values)


def fields_in(pdf: pikepdf.Pdf) -> list[PdfField]:
    """Every field of a form, in its order; none if there is no form.

    Raises:
        DataError: the tree of fields is not one, or larger than any form's.
    """
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return []
    return list(_Walk().below(form.get("/Fields", ()), (), {}))


def values_of(fields: Sequence[PdfField]) -> dict[str, Written]:
    """What stands at each path; empty fields are left out.

    Raises:
        DataError: two fields say different things of one path.
    """
    values: dict[str, Written] = {}
    for field in fields:
        if field.names == (IDENTITY,) or any("-" in name for name in field.names):
            continue
        path, written = _written(field)
        if not written:
            continue
        known = values.setdefault(path, () if _is_box(field) else written)
        if _is_box(field) and isinstance(known, tuple):
            values[path] = (*known, *written)
        elif known != written:
            raise refusal("form.fields", "pdf")
    return values


def _is_box(field: PdfField) -> bool:
    """Whether a field is the box of one option, which stands below its choice."""
    return field.type == "/Btn" and not field.flags & _RADIO


def _written(field: PdfField) -> tuple[str, Written]:
    if field.type == "/Tx":
        return path_of(field.names), field.text
    keys = tuple(key for value in field.values if (key := value.removeprefix("/")) not in _EMPTY)
    if _is_box(field):
        return path_of(field.names[:-1]), field.names[-1:] if keys else ()
    return path_of(field.names), keys


class _Walk:
    """Goes through the tree of fields once, however its nodes point at one another."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._count = 0

    def below(self, kids: Any, names: tuple[str, ...], given: dict[str, Any]) -> Iterator[PdfField]:
        """The fields below a node, from what it gives to all of them."""
        for kid in kids:
            self._visit(kid, len(names))
            own = (*names, str(kid.T)) if "/T" in kid else names
            has = {key: kid.get(key, given.get(key)) for key in _INHERITED}
            below = kid.get("/Kids", ())
            if len(below) > _MOST_NODES:
                raise _broken()
            inner = [one for one in below if "/T" in one]
            if inner:
                yield from self.below(inner, own, has)
            else:
                yield _field(kid, own, has)

    def _visit(self, node: Any, depth: int) -> None:
        self._count += 1
        place = node.objgen
        if depth > _MOST_STEPS or self._count > _MOST_NODES or place in self._seen:
            raise _broken()
        if place != (0, 0):
            self._seen.add(place)


def _field(node: Any, names: tuple[str, ...], has: dict[str, Any]) -> PdfField:
    kind = str(has["/FT"])
    if sum(map(len, names)) > MAX_PATH_LETTERS or not names:
        raise _broken()
    if kind == "/Sig":
        return PdfField(names, kind, 0, ())
    value = tuple(_texts(has["/V"]))
    if kind == "/Btn" and has["/V"] is None:
        value = tuple(_texts(_shown(node)))
    elif kind == "/Tx":
        value = _in_widgets(node) or value
    return PdfField(names, kind, int(has["/Ff"] or 0), value)


def _shown(node: Any) -> Any:
    """The state that the boxes of a field show, where it does not say so itself."""
    states = [one.get("/AS") for one in (node, *node.get("/Kids", ()))]
    return next((state for state in states if state not in (None, "/Off")), None)


def _in_widgets(node: Any) -> tuple[str, ...]:
    """What poppler wrote into the places where a field stands, and not into the field itself.

    Where they say different things, all of it counts, a line each, so that nothing is lost.
    """
    texts = dict.fromkeys(text for one in node.get("/Kids", ()) for text in _texts(one.get("/V")))
    found = [text for text in texts if text]
    return ("\n".join(found),) if found else ()


def _texts(value: Any) -> Iterator[str]:
    import pikepdf

    match value:
        case None:
            return
        case pikepdf.Array():
            if len(value) > MAX_FIELDS or any(isinstance(one, pikepdf.Array) for one in value):
                raise _broken()
            for one in value:
                yield from _texts(one)
        case pikepdf.String() | pikepdf.Name():
            text = str(value)
            if len(text) > MAX_VALUE_LETTERS:
                raise _broken()
            yield text.replace("\r\n", "\n").replace("\r", "\n")
        case _:
            raise _broken()


def _broken() -> DataError:
    return refusal("form.fields", "pdf")

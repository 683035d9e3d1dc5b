"""Where something is filled in on a page, and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from planforms.document import Place


@dataclass(slots=True)
class Widget:
    """One place on a page where somebody ticks, writes or signs.

    Attributes:
        names: what its field is called.
        label: the name of the field in the document's language.
        around: the words that stand around it: of a table, a row, a column, a question.
        heading: the heading above it.
        hint: how to write what belongs there.
        place: what its field leads to in the data; ``None`` if that is nothing.
        chosen: the keys that are chosen before anybody chooses.
        option: the key of the option that it ticks; empty if it is no box.
        option_words: the words of that option, where they stand beside its box.
        text: what stands in it before anybody writes.
    """

    names: tuple[str, ...]
    label: str
    around: tuple[str, ...]
    heading: str
    hint: str
    place: Place | None
    chosen: tuple[str, ...]
    option: str = ""
    option_words: str = ""
    text: str = ""


Names = tuple[str, ...]
_Wording = Callable[[Sequence[Widget]], str]


def spoken_names(widgets: Iterable[Widget]) -> dict[Names, str]:
    """What is said of each field: the words around it, and more where others have the same."""
    fields: dict[Names, list[Widget]] = {}
    for widget in widgets:
        fields.setdefault(widget.names, []).append(widget)
    spoken: dict[Names, str] = {}
    left = [*fields]
    for wording in (_around, _with_label, _with_heading):
        said = {names: wording(fields[names]) for names in left}
        known = [*spoken.values(), *said.values()]
        unlike = {names: words for names, words in said.items() if known.count(words) == 1}
        spoken |= unlike
        left = [names for names in left if names not in unlike]
    for number, names in enumerate(left, start=1):
        spoken[names] = f"{_with_heading(fields[names])} ({number})"
    hints = {names: same[0].hint for names, same in fields.items()}
    return {names: ". ".join(filter(None, (spoken[names], hints[names]))) for names in fields}


def _around(widgets: Sequence[Widget]) -> str:
    """The words around the first; of the boxes of one choice, those around all of them."""
    first = widgets[0]
    others = [widget.around for widget in widgets if widget.option]
    words = [word for word in first.around if all(word in other for other in others)]
    return _with_option(", ".join(words) or first.label, first)


def _with_label(widgets: Sequence[Widget]) -> str:
    first = widgets[0]
    words = first.around if first.label in first.around else (*first.around, first.label)
    return _with_option(", ".join(words), first)


def _with_heading(widgets: Sequence[Widget]) -> str:
    first = widgets[0]
    return f"{first.heading}, {_with_label(widgets)}" if first.heading else _with_label(widgets)


def _with_option(words: str, widget: Widget) -> str:
    """The words of a choice, with those of the option if its box is a field by itself."""
    is_field = widget.place is not None and widget.place.many and widget.option_words
    return f"{words}: {widget.option_words}" if is_field else words

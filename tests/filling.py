"""What somebody might write into an empty form: a value for nearly every place that is asked."""

from __future__ import annotations

from itertools import chain

from planforms.document import CheckBox, Document, Field, FieldType, Place
from planforms.forms.names import row_of_option
from planforms.forms.places import offered, place_to_fill
from planforms.readback.returned import Written
from tests.every import Case, every_case

LETTERS = "Kåre Øygård Ärlig Öman Čáhppe Đoavttir Ąžuolas Жуков «é» & <b> \"'"
LINES = f"{LETTERS}\nAndre linje.\n\nEt nytt avsnitt;  to mellomrom."
SAMPLES = {
    FieldType.DATE: "1. juni 2026",
    FieldType.TIME: "kl. 13.30",
    FieldType.NUMBER: "37,5",
    FieldType.MONEY: "1 250,50 kr",
    FieldType.TEXT: LINES,
}
LEFT_EMPTY = 7
"""Every so many fields nobody writes anything."""


def places_to_fill(document: Document) -> dict[str, Place]:
    """Every place that has a control, by its path in reading order."""
    nodes: chain[Field | CheckBox] = chain(document.fields(), document.boxes())
    found = ((node.path, place_to_fill(document, node)) for node in nodes)
    return {path: place for path, place in found if place}


def rows_named(document: Document) -> dict[str, str]:
    """The options of boxes that name a row of the form, by the path they stand for."""
    return {box.path: box.option for box in document.boxes() if row_of_option(box.option)}


def answers(document: Document) -> dict[str, Written]:
    """A value for most places of a document."""
    given: dict[str, Written] = {}
    boxes: dict[str, tuple[str, ...]] = {}
    for box in document.boxes():
        boxes[box.path] = (*boxes.get(box.path, ()), box.option)
    for number, (path, place) in enumerate(places_to_fill(document).items(), start=1):
        keys = boxes.get(path) or tuple(key for key, _ in offered(place))
        if number % LEFT_EMPTY == 0:
            continue
        if place.options:
            given[path] = keys[:2] if place.many else keys[-1:]
        elif path in boxes:
            given[path] = boxes[path]
        else:
            given[path] = SAMPLES.get(place.type, LETTERS)[: place.limit]
    return given


def a_blank_of_each_kind() -> tuple[Case, ...]:
    """A blank form of each kind, which together have every language and service."""
    blanks = [case for case in every_case() if case.state == "blank" and not case.easy]
    chosen: dict[str, Case] = {}
    services: dict[str, int] = {}
    for case in blanks:
        services.setdefault(case.service, len(services))
    for case in blanks:
        position = len(chosen) if case.kind not in chosen else list(chosen).index(case.kind)
        if services[case.service] == position % len(services):
            chosen[case.kind] = case
        chosen.setdefault(case.kind, case)
    return tuple(chosen.values())


def a_few_forms() -> tuple[Case, ...]:
    """One form in each language, of which one is known in part, with every kind of control."""
    wanted = {
        ("consent", "da", "blank"),
        ("action_plan", "sv", "blank"),
        ("mapping", "no", "draft"),
    }
    found = {(case.kind, case.language, case.state): case for case in every_case() if not case.easy}
    return tuple(found[key] for key in sorted(wanted))

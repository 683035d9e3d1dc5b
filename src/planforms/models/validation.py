"""From pydantic's findings to Problems that never repeat what was typed in.

Messages are built from the error's type and location alone. A key that the model does not know
may hold somebody's name, so unknown keys are counted, not quoted; the hint compares them with
the known names without showing them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from planforms.errors import Problem, suggestion
from planforms.models.paths import join
from planforms.models.shapes import shapes_of

Location = tuple[int | str, ...]

MAX_PROBLEMS = 200
"""More than this nobody reads; a file of nothing but mistakes must not fill the memory."""

_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("is missing", "this value identifies the document and must be given"),
    "string_type": ("is not a text", "give a text in quotes"),
    "string_unicode": ("holds characters that are not text", "send the text as valid UTF-8"),
    "string_too_short": ("is empty", "leave the field out where there is no value"),
    "string_too_long": ("is too long", "at most {max_length} letters"),
    "string_pattern_mismatch": ("does not have the right form", "must match {pattern}"),
    "case_number": (
        "does not look like a case number",
        "leave out words behind a space: they could be a name",
    ),
    "control_character": ("holds control characters", "remove them; a new line is allowed"),
    "direction_override": ("holds writing-direction overrides", "remove them"),
    "single_line": ("must be a single line", "remove line breaks and tabs"),
    "date_form": ("is not a date", "write it as YYYY-MM-DD"),
    "date_range": (
        "is not a day that can be meant",
        "the years are {first} to {last}; write all four digits",
    ),
    "time_form": ("is not a time of day", "write hours, a colon and minutes, with two digits each"),
    "general_consent": (
        "is a general consent",
        "information passes by a provision of law, or with each participant's own consent",
    ),
    "date_with_time": ("is a date with a time", "give the day alone, as YYYY-MM-DD"),
    "date_from_datetime_parsing": ("is not a date", "write it as YYYY-MM-DD"),
    "date_parsing": ("is not a date", "write it as YYYY-MM-DD"),
    "date_from_datetime_inexact": ("is a date with a time", "give the day alone"),
    "enum": ("is not one of the allowed keys", "allowed: {expected}"),
    "literal_error": ("is not the allowed value", "allowed: {expected}"),
    "bool_type": ("is not true or false", "write true or false without quotes"),
    "bool_parsing": ("is not true or false", "write true or false without quotes"),
    "int_parsing": ("is not a whole number", "write it without quotes and decimals"),
    "int_type": ("is not a whole number", "write it without quotes and decimals"),
    "decimal_type": ("is not a number", "write it with a point before the decimals"),
    "decimal_parsing": ("is not a number", "write it with a point before the decimals"),
    "decimal_max_places": ("has too many decimals", "at most {decimal_places}"),
    "decimal_max_digits": ("has too many digits", "at most {max_digits}"),
    "decimal_whole_digits": ("has too many digits", "at most {whole_digits} before the point"),
    "finite_number": ("is not a number", "infinity and NaN are not allowed"),
    "greater_than_equal": ("is too small", "at least {ge}"),
    "less_than_equal": ("is too large", "at most {le}"),
    "too_long": ("has too many entries", "at most {max_length}"),
    "too_short": ("has too few entries", "at least {min_length}"),
    "tuple_type": ("is not a list", "write it in square brackets"),
    "list_type": ("is not a list", "write it in square brackets"),
    "dict_type": ("is not an object", "write it in curly brackets"),
    "model_type": ("is not an object", "write it in curly brackets"),
    "colour_form": ("is not a colour", "write it as #rrggbb"),
    "colour_contrast": ("is too pale to read on white", "choose one with contrast 4.5 or more"),
    "file_name": ("is not a plain file name", "name a file beside the profile, without folders"),
    "model_attributes_type": ("is not an object", "write it in curly brackets"),
    "deadline_length": (
        "does not have exactly one length",
        "give one of days, weeks, months, working_days, month_end",
    ),
    "deadline_repeats": (
        "cannot repeat",
        "name in done the day it was last met, and give a length that is not nought",
    ),
    "language_code": (
        "is not the code of a language",
        "a text is one text, or a table of texts by language such as no, nn, sv or da",
    ),
    "language_missing": (
        "has no text in {language}",
        'write it as a table by language, with {language} = "…"',
    ),
    "time_zone": ("is not a time zone", "write its name as in Europe/Oslo"),
    "day_of_year": ("is not a day of the year", "write month and day as MM-DD, such as 07-01"),
}


def problems_from(
    error: ValidationError,
    model: type[BaseModel],
    *,
    code: str,
    prefix: str = "",
    show_keys: bool = False,
) -> list[Problem]:
    """One Problem for each finding of pydantic; beyond 200 the last one says how many more.

    Args:
        error: what pydantic raised.
        model: the model that was asked for.
        code: first part of the Problems' codes, ``data`` or ``profile``.
        prefix: what stands before each place, such as a file name and a colon.
        show_keys: whether an unknown key may be quoted; only for files without case data.
    """
    problems = []
    unknown: Counter[Location] = Counter()
    all_found = error.errors(include_url=False, include_input=False)
    for found in all_found[:MAX_PROBLEMS]:
        location = found["loc"]
        if found["type"] == "extra_forbidden":
            unknown[location[:-1]] += 1
            number = None if show_keys else unknown[location[:-1]]
            problem = _unknown(location, model, number)
        else:
            problem = _known(found["type"], location, found.get("ctx") or {})
        place = prefix + (problem.place or "the data")
        problems.append(replace(problem, code=f"{code}.{problem.code}", place=place))
    more = len(all_found) - MAX_PROBLEMS
    if more > 0:
        what, hint = "has {count} more problems", "mend the others first"
        problems.append(Problem.of(f"{code}.more", f"{prefix}the data", what, hint, count=more))
    return problems


def _known(kind: str, location: Location, context: Mapping[str, Any]) -> Problem:
    message, hint = _MESSAGES.get(kind, ("is not valid", ""))
    params = {name: context[name] for name in _PARAM.findall(message + hint)}
    if "expected" in params:  # pydantic joins the keys with an English word
        params["expected"] = ", ".join(_QUOTED.findall(params["expected"]))
    return Problem.of(kind, join(location), message, hint, **params)


_PARAM = re.compile(r"\{(\w+)\}")
_QUOTED = re.compile("'([^']*)'")


def _unknown(location: Location, model: type[BaseModel], number: int | None) -> Problem:
    """An unknown key, told by its number among its like or, without a number, by name."""
    *parents, key = location
    hint, params = suggestion(str(key), _names_at(model, tuple(parents)))
    place = join(tuple(parents)) or "the data"
    if number is None:
        message, params["name"] = "unknown field {name}", repr(key)
    else:
        message, params["number"] = "unknown field no. {number}", number
    return Problem.of("unknown_field", place, message, hint, **params)


def _names_at(model: type[BaseModel], location: Location) -> Iterator[str]:
    shapes = shapes_of(model)
    steps = iter([step for step in location if isinstance(step, str)])
    for step in steps:
        shape = shapes.get(step)
        if shape is None:
            return
        if get_origin(shape.type) is dict:
            next(steps, None)  # the key of the table's entry
            entry = get_args(shape.type)[1]
            shapes = shapes_of(entry) if hasattr(entry, "model_fields") else {}
        else:
            shapes = (shape.item or shape).children()
    yield from shapes

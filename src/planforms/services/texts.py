"""Texts of profiles, which may be given once or by language.

::

    text = "forvaltningsloven § 13"
    text = { no = "forvaltningsloven § 13", nn = "forvaltningslova § 13" }

A profile is read in one language: its models hold plain texts, whichever way they are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import ValidationError, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError

from planforms.models.fields import Line

_CODE = re.compile(r"[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class TextChoice:
    """Which texts of a profile to take; the context in which its models are validated.

    Attributes:
        language: the language wanted.
        own: the profile's own language, in which a text stands that is given once.
        strict: whether a text that lacks the language is a mistake; else it comes in the
            profile's own language or, lacking that too, in the one that stands first.
    """

    language: str | None = None
    own: str | None = None
    strict: bool = False


def _choose(
    value: Any,
    validate: ValidatorFunctionWrapHandler,
    info: ValidationInfo,
    *,
    same_everywhere: bool = False,
) -> str:
    choice = info.context if isinstance(info.context, TextChoice) else TextChoice()
    texts = _by_language(value, validate) if isinstance(value, Mapping) else {}
    texts = texts or {choice.own: validate(value)}
    wanted = choice.language or choice.own
    if wanted in texts:
        return texts[wanted]
    if choice.strict and not (same_everywhere and isinstance(value, str)):
        context = {"language": wanted}
        raise PydanticCustomError("language_missing", "no text in a language", context)
    return texts.get(choice.own) or next(iter(texts.values()))


def _by_language(
    table: Mapping[Any, Any], validate: ValidatorFunctionWrapHandler
) -> dict[str | None, str]:
    """The texts of a table by language; all of them are validated, whichever is wanted."""
    texts: dict[str | None, str] = {}
    errors: list[InitErrorDetails] = []
    for language, text in table.items():
        if not _CODE.fullmatch(language):
            wrong = PydanticCustomError("language_code", "not the code of a language")
            errors.append(InitErrorDetails(type=wrong, loc=(language,), input=text))
            continue
        try:
            texts[language] = validate(text)
        except ValidationError as error:
            errors += _within(error, language)
    if errors:
        raise ValidationError.from_exception_data("texts", errors)
    return texts


def _within(error: ValidationError, language: str) -> Iterator[InitErrorDetails]:
    """What is wrong with one text of a table, told at its language."""
    for found in error.errors(include_url=False):
        same = PydanticCustomError(found["type"], "not valid", found.get("ctx"))
        yield InitErrorDetails(type=same, loc=(language,), input=found["input"])


Translated = Annotated[Line, WrapValidator(_choose)]
"""Words in a language, such as the name of a law or of a body."""

ProperName = Annotated[Line, WrapValidator(partial(_choose, same_everywhere=True))]
"""A proper name; given once, it is the same in every language."""

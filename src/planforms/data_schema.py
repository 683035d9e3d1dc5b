"""The JSON schema of a kind's data, told so that a form or an OpenAPI document can be made of it.

It is JSON Schema 2020-12. What that has no words for stands under keys that begin with ``x-``:
``x-needed`` (a final document must have it), ``x-guarded`` (not printed for a protected identity),
``x-vocabulary`` (the value is a key) and, with a language, ``x-names`` (what the keys are called).
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from planforms.languages import Words, load_words
from planforms.models.documents import DocumentData
from planforms.models.fields import ByHand, Guarded, Needed
from planforms.models.migration import CURRENT
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.registry import KINDS, AnyKind
from planforms.setting import Folders, Setting, folder_paths, read_setting

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FORMS = {
    Form.LINE: "One line of text.",
    Form.TEXT: "Running text; an empty line parts paragraphs.",
    Form.DATE: "A day, YYYY-MM-DD.",
    Form.TIME: "A time of day, HH:MM.",
    Form.NUMBER: "A number.",
    Form.MONEY: "An amount in the currency of the country.",
    Form.CHOICE: "One of a few keys.",
    Form.FLAG: "True or false.",
}
_MARKS: dict[type[Any], str] = {
    Needed: "A final document must have it.",
    ByHand: "It may be written by hand on the finished paper.",
    Guarded: "It is not printed for a protected identity.",
}
_ATTRIBUTES = re.compile(r"\n\s*Attributes:\n(.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)
_CODE = re.compile(r":\w+:`([^`]*)`|``([^`]*)``")


def schema(
    kind: str,
    *,
    service: str | None = None,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> dict[str, Any]:
    """The JSON schema of a kind's data, as :func:`load` takes it and ``model_dump`` gives it.

    Args:
        kind: the kind of document.
        service: a service; its keys are then listed, and nothing else is valid.
        language: a language whose words name fields and keys; the service's own if not given,
            without a service none.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: there is no such kind, service, language or folder.
        TemplateError: the language lacks a word.
        ProfileError: a service or country profile has a mistake.
    """
    declared = KINDS.named(kind)
    setting, words = None, None
    if service:
        setting = read_setting(service, language, templates=templates, services=services)
        words = setting.words
    elif language:
        words = load_words(language, folder_paths(templates))

    class Described(_Schema):
        given = setting
        named = words

    found = declared.model.model_json_schema(schema_generator=Described)
    parts = [declared.name, str(CURRENT), service or "", words.code if words else ""]
    head = {"$schema": DIALECT, "$id": ":".join(["urn:planforms", *filter(None, parts)])}
    needed = _needed(declared, setting)
    required = dict.fromkeys(["kind", *found["required"]])
    return {**head, **found, "required": list(required), "x-needed-paths": needed}


def _needed(kind: AnyKind, setting: Setting | None) -> list[str]:
    """The paths that a final document of the kind must have beside those that fields mark."""
    own = setting.document(kind.name).needed if setting else ()
    return list(dict.fromkeys((*kind.model.needed, *own)))


class _Schema(GenerateJsonSchema):
    """The schema as pydantic makes it, with what the marks of the models say."""

    given: Setting | None = None
    named: Words | None = None

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """A part, its fields and what they mean."""
        found = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        about = _about(model)
        found["description"] = about.pop("", "")
        for name, shape in shapes_of(model).items():
            self._describe(found["properties"][name], shape, about.get(name, ""))
        if issubclass(model, DocumentData):
            found["properties"]["kind"].pop("default", None)
        return found

    def _describe(self, field: dict[str, Any], shape: Shape, about: str) -> None:
        """Say of a field what it is called, what stands in it, and how it is treated."""
        one = shape.item or shape
        if self.named and self.named.has("field", shape.label_key):
            field["title"] = self.named.term("field", shape.label_key)
        said = (about, _FORMS.get(one.form, ""), *(_MARKS[mark] for mark in _marks_of(shape)))
        field["description"] = " ".join(filter(None, said))
        field |= {"x-needed": True} if shape.mark(Needed) else {}
        field |= {"x-guarded": True} if shape.mark(Guarded) else {}
        if one.form is Form.CHOICE:
            self._list_keys(field, shape)

    def _list_keys(self, field: dict[str, Any], shape: Shape) -> None:
        """Say which keys a choice has, as far as they are known, and what they are called."""
        one, value = (shape.item, field["items"]) if shape.item else (shape, field)
        value["x-vocabulary"] = one.vocabulary
        keys = one.members
        if self.given:
            keys = self.given.options(one, ended=True)
            if not one.members:
                optional = value is field and "default" in field
                value["enum"] = [*keys, None] if optional else list(keys)
        if self.given or (self.named and one.members):
            value["x-names"] = {key: self._name(one, key) for key in keys}

    def _name(self, shape: Shape, key: str) -> str:
        if self.given:
            return self.given.name(shape.vocabulary, key)
        assert self.named is not None
        return self.named.term(shape.vocabulary, key)


def _marks_of(shape: Shape) -> list[type[Any]]:
    return [mark for mark in _MARKS if shape.mark(mark)]


def _about(model: type[BaseModel]) -> dict[str, str]:
    """What a model's words for developers say of it, under an empty name, and of its fields."""
    text = "\n".join(line.removeprefix("    ") for line in (model.__doc__ or "").splitlines())
    fields = _ATTRIBUTES.search(text)
    told = {name: _plain(words) for name, words in _ATTRIBUTE.findall(fields[1] if fields else "")}
    sentences = {name: words[:1].upper() + words[1:] for name, words in told.items()}
    return {"": _plain(_ATTRIBUTES.sub("", text)), **sentences}


def _plain(words: str) -> str:
    """Words without the marks of documentation, each paragraph in one line."""
    words = _CODE.sub(lambda found: found[1] or found[2], words)
    return "\n".join(" ".join(part.split()) for part in words.strip().split("\n\n"))

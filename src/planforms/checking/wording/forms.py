"""How easy the empty forms of a service read, where the service asks for more than all do.

The form is measured as :mod:`planforms.checking.wording.reading` measures templates: its running
text, with one short word for each field, and for each proper name or citation of the profiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.vocabulary import Profiles, read_profiles
from planforms.checking.wording.passages import FIELD
from planforms.checking.wording.reading import (
    advice,
    hardness,
    is_label,
    is_measured,
    lix,
    split_sentences,
)
from planforms.document import (
    Beside,
    Block,
    Box,
    BoxKind,
    Choices,
    DescriptionList,
    Emphasis,
    Fields,
    Inline,
    List,
    Paragraph,
    Pictured,
    Quote,
    Section,
    State,
    Strong,
    Table,
    Text,
)
from planforms.errors import PlanformsError
from planforms.languages import LOCALE_FILE
from planforms.registry import KINDS
from planforms.rendering import compose
from planforms.services import list_services, load_service
from planforms.services.profiles import ServiceProfile
from planforms.setting import Setting, read_setting

_KEY = re.compile(r"[a-z0-9_]*")


def check_forms(sources: Sources) -> Iterator[Finding]:
    """Empty forms that are harder to read than their service allows."""
    for service in list_services(sources.services):
        profile = load_service(service, sources.services)
        for kind in KINDS if profile.max_lix else ():
            yield from _check_form(sources, profile, kind)


def _check_form(sources: Sources, profile: ServiceProfile, kind: str) -> Iterator[Finding]:
    template = sources.template(sources.code(profile.language), kind)
    sentences = form_sentences(sources, profile, kind)
    limit = profile.max_lix or 0
    if template and is_measured(sentences) and lix(sentences) >= limit:
        start = max(sentences, key=hardness).split(FIELD)[0].strip()
        offset = max(template.content.find(start), 0)
        message = f"the form has LIX {lix(sentences):.0f}; {profile.name} needs under {limit}"
        yield template.finding("check.lix", offset, start, message, advice(sentences))


@dataclass(frozen=True, slots=True)
class EmptyForm:
    """One empty form of a service, equal to another that is made of the same files.

    Attributes:
        service: the key of the service.
        kind: the kind of document.
        profiles: all services.
        files: the words of its language, without the templates of other kinds.
        sources: where they lie.
    """

    service: str
    kind: str
    profiles: Profiles
    files: tuple[SourceFile, ...]
    sources: Sources = field(compare=False)

    def setting(self) -> Setting:
        """What it is made with."""
        folders, services = self.sources.folders, self.sources.services
        return read_setting(self.service, templates=folders, services=services)


def form_sentences(sources: Sources, profile: ServiceProfile, kind: str) -> tuple[str, ...]:
    """The sentences of a service's empty form; none if it cannot be rendered."""
    language, papers = sources.code(profile.language), KINDS.papers()
    files = tuple(
        file
        for file in sources.files.values()
        if file.language == language
        and (file.kind == kind or file.kind not in papers)
        and (file.path.suffix in (".html", ".po") or file.path.name == LOCALE_FILE)
    )
    profiles = read_profiles(sources.services)
    return _sentences(EmptyForm(profile.id, kind, profiles, files, sources))


@lru_cache(maxsize=1024)
def _sentences(form: EmptyForm) -> tuple[str, ...]:
    try:
        setting = form.setting()
        document = compose(form.kind, None, setting, State.BLANK)
    except PlanformsError:
        return ()  # another check tells why
    names = _proper_names([setting.service.model_dump(), setting.country.model_dump()])
    text = (names.sub(FIELD, line) for line in running_text(document.blocks))
    read = (line for line in text if not is_label(line))
    language = setting.words.settings
    return tuple(sentence for line in read for _, sentence in split_sentences(line, language))


def running_text(blocks: Iterable[Block]) -> Iterator[str]:
    """The paragraphs that are read as text: no headings, labels, signature lines or small print."""
    for block in blocks:
        match block:
            case Paragraph(children):
                yield _words(children)
            case Box(BoxKind.LAW):
                pass  # provisions are looked up
            case Box(_, inside) | Quote(inside) | Section(_, inside) | Pictured(_, _, inside):
                yield from running_text(inside)
            case Beside(parts):
                yield from running_text(inside for part in parts for inside in part)
            case Choices(question):
                yield _words(question)
            case List(_, items):
                yield from running_text(inside for item in items for inside in item)
            case DescriptionList(items) | Fields(items):
                yield from running_text(inside for item in items for inside in item.value)
            case Table(caption, _, _, rows):
                yield _words(caption)
                cells = (cell for row in rows for cell in row if not cell.header)
                yield from running_text(inside for cell in cells for inside in cell.children)


def _words(children: Iterable[Inline]) -> str:
    return "".join(map(_word, children))


def _word(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Strong(children) | Emphasis(children):
            return _words(children)
    return f" {FIELD} "


def _proper_names(values: list[dict[str, Any]]) -> re.Pattern[str]:
    """Finds every text of profiles that is printed as it stands there; keys are not."""
    names = sorted({name for value in values for name in _texts(value)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not _KEY.fullmatch(value):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)

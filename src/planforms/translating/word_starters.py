"""A Word template of one's own to begin with, made from a built-in template."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from planforms.checking.sources import Sources, read_sources
from planforms.document import Logo, Window
from planforms.errors import UsageError
from planforms.languages import Words, language_code, load_words, template_root
from planforms.models.documents import CaseDocument
from planforms.registry import KINDS
from planforms.services import load_service
from planforms.services.letterheads import EnvelopeWindow
from planforms.services.logos import logo_size
from planforms.services.profiles import ServiceProfile
from planforms.setting import Folders, folder_paths
from planforms.translating.copies import Copied, Existing
from planforms.translating.pruning import pruned
from planforms.translating.written_out import written_out
from planforms.word_templates.starting import Paper, start
from planforms.writing import replace_file


def word_template(
    kind: str, language: str, service: str | None = None, services: Folders = None
) -> bytes:
    """A Word template that says what the built-in template says, to be changed in Word.

    Args:
        kind: the kind of document.
        language: the language, by any of its names.
        service: the service whose letterhead it has; without it the built-in letterhead.
        services: folders that come before the built-in service profiles.

    Raises:
        UsageError: there is no such kind, language or service.
        ProfileError: the service's profile has a mistake.
        TemplateError: the service's letterhead cannot be used.
    """
    KINDS.named(kind)
    code = language_code(language)
    profile = load_service(service, folder_paths(services), code) if service else None
    return made_from(read_sources(), kind, code, profile)


def made_from(
    sources: Sources, kind: str, code: str, service: ServiceProfile | None = None
) -> bytes:
    """A Word template that says what the template of a kind says.

    Args:
        sources: the templates.
        kind: the kind of document.
        code: code of the language.
        service: the service whose letterhead it has.

    Raises:
        TemplateError: the template has a mistake, or the letterhead cannot be used.
    """
    words = load_words(code, sources.folders)
    parts = pruned(written_out(sources, code, kind), sources, code, kind)
    return start(parts, _paper(kind, words, service))


def _paper(kind: str, words: Words, service: ServiceProfile | None) -> Paper:
    letterhead = service.letterhead if service else None
    window = letterhead.window if letterhead else EnvelopeWindow()
    return Paper(
        kind=kind,
        language=words.tag,
        locale=words.word_locale,
        title=words.term("title", (service and service.document(kind).title) or kind),
        author=service.organisation.name if service else "",
        page=words.term("note", "page"),
        window=Window(**window.model_dump(exclude={"reports"})),
        described=partial(words.term, "pictogram"),
        shell=service.shell if service else None,
        logo=_logo(service) if service else None,
        landscape=KINDS[kind].landscape,
        of_case=issubclass(KINDS[kind].model, CaseDocument),
        **({"accent": letterhead.accent} if letterhead else {}),
    )


def _logo(service: ServiceProfile) -> Logo | None:
    png = service.logo
    return Logo(png, service.organisation.unit, *logo_size(png)) if png else None


def put_word_template(
    content: bytes, kind: str, language: str, folder: Path, existing: Existing = Existing.REFUSE
) -> Copied:
    """Put a Word template into a folder of one's own.

    Args:
        content: what :func:`word_template` made.
        kind: the kind of document.
        language: the language, by any of its names.
        folder: where to put ``<language>/<kind>.docx``; made if need be.
        existing: what to do with a file there that is not the same.

    Raises:
        UsageError: there is another file already, or the folder is the built-in one.
    """
    if folder.resolve() == template_root().resolve():
        hint = "name a folder of your own"
        raise UsageError.of("copy.built_in", str(folder), "is the built-in folder itself", hint)
    path = folder / language_code(language) / f"{kind}.docx"
    changed = path.exists() and path.read_bytes() != content
    if changed and existing is Existing.REFUSE:
        hint = "--replace throws away what you have changed in Word"
        raise UsageError.of("copy.changed", str(path), "is there already", hint)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)
    return Copied(path, written=True)

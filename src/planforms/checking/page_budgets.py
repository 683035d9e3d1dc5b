"""Whether the words of one's own make an empty form longer than its kind may be."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.units import Unit, units_of
from planforms.document import State
from planforms.errors import PlanformsError
from planforms.registry import KINDS
from planforms.rendering import compose
from planforms.services import list_services, load_service
from planforms.setting import Setting, read_setting


def check_page_budgets(sources: Sources) -> Iterator[Finding]:
    """A warning for each template that one has changed and whose form has too many pages.

    Each form is laid out, which takes a third of a second, for one service of the language.
    """
    for language in sources.languages:
        setting = _setting(sources, language)
        for unit in units_of(sources, language):
            changed = _changed(sources, unit)
            if setting and changed:
                yield from _check(unit, changed, setting)


def _setting(sources: Sources, language: str) -> Setting | None:
    """The first service that writes in a language; ``None`` if none does, or it has mistakes."""
    try:
        for name in list_services(sources.services):
            service = load_service(name, sources.services)
            if sources.code(service.language) == language:
                folders = {"templates": sources.folders, "services": sources.services}
                return read_setting(name, language, **folders)
    except PlanformsError:
        return None
    return None


def _changed(sources: Sources, unit: Unit) -> SourceFile | None:
    """The file of one's own that a form is made of: its template, else words that all share."""
    terms = sources.files.get((unit.document.language, "terms.po"))
    files = (unit.document, *unit.shared, *((terms,) if terms else ()))
    own = (file for file in files if any(file.path.is_relative_to(f) for f in sources.folders))
    return next(own, None)


def _check(unit: Unit, changed: SourceFile, setting: Setting) -> Iterator[Finding]:
    from planforms.writers.pdf import count_pages

    paper = unit.document.kind
    kind, easy = KINDS.of_paper(paper)
    most = kind.most_pages(blank=True, easy=easy)
    if most is None:
        return
    try:
        count = count_pages(compose(paper, None, setting, State.BLANK))
    except PlanformsError:
        return  # other checks tell what is wrong
    if count > most:
        hint = "say it in fewer words, or leave something out"
        what = f"the empty form {paper} has {count} pages, at most {most} are wanted"
        yield changed.finding("check.pages", 0, "", what, hint).as_warning()

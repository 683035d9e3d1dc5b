"""From data to a finished document: the one way that everything above takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from planforms.bilingual import in_two_languages
from planforms.document import (
    EASY_SIZE,
    TEXT_SIZE,
    Block,
    Document,
    FilledTemplate,
    Footer,
    Logo,
    Pictogram,
    State,
    Window,
    blanks_of,
    paths_in,
)
from planforms.errors import DataError, Problem, Severity, TemplateError, UsageError
from planforms.forms.prompts import PROMPTS
from planforms.languages import Words, language_code
from planforms.loading import Source, load_partly, looked_at
from planforms.markup import Given, read
from planforms.models.completeness import missing, too_long
from planforms.models.documents import PROTECTED, DocumentData, Status
from planforms.models.letters import INVISIBLE
from planforms.models.migration import CURRENT
from planforms.models.shapes import shapes_of
from planforms.models.values import beside, member, plain, value_at
from planforms.registry import KINDS
from planforms.rules.collection import (
    facts_of,
    problems_of,
    problems_of_issue,
    rule_names,
    warnings_of,
)
from planforms.rules.deadlines import deadlines_of
from planforms.rules.facts import Fact
from planforms.rules.milestones import with_milestones
from planforms.rules.periods import period_facts
from planforms.rules.release import unprintable_name
from planforms.services import logo_size
from planforms.services.profiles import ServiceProfile
from planforms.setting import Folders, Setting, folder_paths, read_setting, setting_for
from planforms.templating.environment import RENDERING, Facts, Key
from planforms.templating.filling import fill, require_template
from planforms.templating.values import Rendering, roots
from planforms.word_templates.finding import find_template, own_words
from planforms.writers.fonts import covered

D = TypeVar("D", bound=DocumentData)


def render(
    data: DocumentData,
    *,
    easy: bool = False,
    language: str | None = None,
    beside: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> Document:
    """The finished document of some data, as a draft or as final, whichever its status says.

    Args:
        data: what :func:`load` or :func:`revise` returned; another model is looked at first.
        easy: whether to make the easy sheet that explains the document, in its stead.
        language: language folder to use instead of the data's own.
        beside: the language whose words stand beside those of the document, which count.
        templates: folders that come before the built-in templates, first one first.
        services: folders that come before the built-in service and country profiles.

    Raises:
        DataError: the data is no document, a key is not of the service, or something that
            an issued document needs is missing from one that is to be final, or the document
            would be longer than some 250 pages, or its service or language is unknown.
        TemplateError: a template has a mistake.
        ProfileError: a service or country profile has one.
        UsageError: there is no such folder, or not the language that was asked for; or the one
            beside it is the same, or there is one beside an easy sheet; or the kind has no easy
            sheet.
    """
    given = looked_at(data)
    paper = _paper(given.kind, easy=easy, beside=beside)
    setting = setting_for(given, language, templates=templates, services=services)
    data = _with_preprinted(given, setting)
    final = data.status is Status.FINAL
    problems = [*_wrong(data, setting), *(_open(data, setting) if final else ())]
    if problems:
        raise DataError(problems)

    def made(setting: Setting) -> Document:
        data = _with_preprinted(given, setting)
        return compose(paper, data, setting, State.FINAL if final else State.DRAFT)

    return _in_languages(made, setting, beside, folder_paths(templates))


def _paper(kind: str, *, easy: bool, beside: str | None) -> str:
    """The name of the template that makes a document of a kind, or its easy sheet.

    Raises:
        UsageError: there is no such kind, or it has no easy sheet, or that would be in two
            languages.
    """
    if not easy:
        return KINDS.named(kind).name
    if beside is not None:
        what, hint = "cannot stand beside an easy sheet", "make a sheet in each language"
        raise UsageError.of("beside.easy", "beside", what, hint)
    return KINDS.easy_sheet(kind)


def _in_languages(
    made: Callable[[Setting], Document],
    setting: Setting,
    beside: str | None,
    templates: Sequence[Path],
) -> Document:
    """A document in its language, or in that and another.

    Raises:
        UsageError: there is no such other language, or it is the same.
    """
    if beside is None:
        return made(setting)
    code = language_code(beside, templates, place="beside")
    own = setting.words
    if code == own.code:
        what, hint = "is the language of the document itself", "name another one"
        raise UsageError.of("beside.same", "beside", what, hint)
    profiles = setting.profiles
    second = read_setting(setting.service.id, code, templates=templates, services=profiles)
    document, other = made(setting), made(second)
    counts = _counts(own, own, second.words), _counts(second.words, own, second.words)
    return in_two_languages(document, other, counts)


def _counts(told_in: Words, first: Words, second: Words) -> str:
    """Which of two languages counts, in one of them."""
    said = told_in.term("note", "counts").replace("{language}", told_in.name_of(first))
    return said.replace("{other}", told_in.name_of(second))


def validate(
    data: DocumentData,
    *,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> tuple[Problem, ...]:
    """All that keeps a document from being issued as final, whatever its status says now.

    An empty answer means that :func:`render` makes the final document. What follows from a value
    that is missing itself, such as the ground on which it goes to a receiver whom nobody has named,
    can be told only once that value is there.

    Args:
        data: what :func:`load` or :func:`revise` returned; another model is looked at first.
        language: language folder to use instead of the data's own.
        templates: folders that come before the built-in templates, first one first.
        services: folders that come before the built-in service and country profiles.

    Raises:
        DataError: the values are not one document, or its service or language is unknown.
        TemplateError: the language's words have a mistake.
        ProfileError: a service or country profile has one.
        UsageError: there is no such folder, or not the language that was asked for.
    """
    data = looked_at(data)
    setting = setting_for(data, language, templates=templates, services=services)
    data = _with_preprinted(data.model_copy(update={"status": Status.FINAL}), setting)
    return (*_wrong(data, setting), *_open(data, setting))


def _with_preprinted(data: D, setting: Setting) -> D:
    """The data together with what the service's profile says where it says nothing."""
    said = KINDS[data.kind].values_for(data, setting)
    return data.model_copy(update=said) if said else data


def _wrong(data: DocumentData, setting: Setting) -> list[Problem]:
    """What is wrong in a document, whether it is a draft or final."""
    return [*problems_of(data, setting), *too_long(data)]


def _open(data: DocumentData, setting: Setting) -> list[Problem]:
    """What a final document needs and this one lacks."""
    needed = setting.document(data.kind, data.variant).needed
    return [
        *missing(data, needed),
        *problems_of_issue(data, setting),
        *unprintable_name(data, printable_characters()),
    ]


def blank(
    kind: str,
    *,
    service: str,
    easy: bool = False,
    language: str | None = None,
    beside: str | None = None,
    data: Source | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> Document:
    """An empty form of a kind, to be printed and written on or filled in on a screen.

    Args:
        kind: the kind of document, one of :func:`kinds`.
        service: the service whose letterhead, measures and rules the form has.
        easy: whether to make the easy sheet that explains the form, in its stead.
        language: language folder; the service's own if not given.
        beside: the language whose words stand beside those of the form; there is one place for
            each answer.
        data: what is known already and stands in the form; it may lack anything.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: there is no such kind, language or service; or the language beside it is the
            same, or there is one beside an easy sheet; or the kind has no easy sheet.
        DataError: what is known cannot stand in such a document.
        TemplateError: a template has a mistake.
        ProfileError: a service or country profile has one.
    """
    found = KINDS.named(kind)
    paper = _paper(kind, easy=easy, beside=beside)
    setting = read_setting(service, language, templates=templates, services=services)
    known = None if data is None else plain(load_partly(data, found))

    def made(setting: Setting) -> Document:
        return compose(paper, None, setting, State.BLANK, known)

    document = _in_languages(made, setting, beside, folder_paths(templates))
    if known is None:
        return document
    which = {name: known[name] for name in (found.form_by,) if known.get(name)}
    if known.keys() <= {*which, "kind", "schema", "language", "status"}:
        return document
    empty = compose(paper, None, setting, State.BLANK, which)
    return replace(document, empty=empty.places)


def form_keys(kind: str, setting: Setting) -> tuple[str, ...]:
    """The keys that tell the forms of a kind apart in a service: its variants, or its lists.

    Raises:
        UsageError: there is no such kind.
    """
    found = KINDS.named(kind)
    if found.form_by == "variant":
        return tuple(setting.document(kind).variants)
    model: type[DocumentData] = found.model
    return setting.keys(shapes_of(model)[found.form_by].vocabulary)


def kinds() -> tuple[str, ...]:
    """The kinds of document there are."""
    return tuple(KINDS)


def compose(
    paper: str,
    data: DocumentData | None,
    setting: Setting,
    state: State,
    known: DocumentData | Mapping[str, Any] | None = None,
) -> Document:
    """The document of some data, which need not be complete; ``None`` for an empty form.

    Args:
        paper: the name of its template: its kind, or that of the kind's easy sheet.
        data: its data.
        setting: the service, country and language.
        state: what it is made for, whatever the data's status says.
        known: what stands in an empty form already.

    Raises:
        TemplateError: a template has a mistake.
    """
    given: dict[str, Any] = plain(known or {})
    told = data or given
    setting = setting.on(member(told, "issued_on"))
    service, words = setting.service, setting.words
    require_template(words.code, setting.folders, paper)
    found, easy = KINDS.of_paper(paper)
    kind = found.name
    profile = setting.document(kind, member(told, "variant"))
    explained = words.term("title", profile.title or kind)
    title = words.term("title", paper) if easy else explained
    protected = bool(value_at(told, PROTECTED))
    said = {} if data else found.values_for(None, setting)
    rendering = Rendering(
        setting,
        state,
        protected,
        printable_characters(),
        profile.left_out,
        profile.roles_on_forms,
        discreet=found.for_participant,
        known=given,
        said=plain(said),
    )
    whole = {**said, **beside(found.model, given, said)}
    names = template_names(found.model, data or whole, rendering)
    rules = tuple(sorted(rule_names(kind, setting)))
    facts = Facts(facts_of(kind, data, setting), rules, setting.rules_elsewhere)
    names |= {"facts": facts, "title": title} | ({"paper": explained} if easy else {})
    html = fill(words.code, setting.folders, paper, names)
    window = Window(**service.letterhead.window.model_dump(exclude={"reports"}))
    source = Given(
        rendering.marks, _logo(service), window, rendering.places, partial(_described, words)
    )
    blocks = read(html, words.code, source)
    footer = f"{data.reference} · {title}" if data else title
    if easy:
        _refuse_blanks(blocks, f"{words.code}/{paper}.html")
    own_word = None if easy else _own_word(kind, names, rendering, footer)
    printed = paths_in(blocks) | (own_word.paths if own_word else frozenset())
    if easy:  # no form
        printed = frozenset()
    return Document(
        kind=kind,
        language=words.tag,
        locale=words.word_locale,
        title=title,
        author=service.organisation.name,
        state=state,
        issued_on=data.issued_on if data else None,
        accent=service.letterhead.accent,
        footer=Footer(footer, words.term("note", "page")),
        blocks=blocks,
        shell=service.shell,
        warnings=(
            *rendering.warnings,
            *(warnings_of(data, setting) if data else ()),
            *(_PROTECTED if protected else ()),
            *((own_words(kind, words.code).as_warning(),) if own_word else ()),
        ),
        places={path: place for path, place in rendering.places.items() if path in printed},
        whole_words=found.for_participant,
        landscape=found.landscape and not easy,
        service=service.id,
        schema=CURRENT,
        variant=member(data or whole, found.form_by) or "",
        prompts=_prompts(words),
        keywords=_keywords(setting, data),
        text_size=EASY_SIZE if easy else TEXT_SIZE,
        own_word=own_word,
        easy=easy,
    )


def _own_word(
    kind: str, names: Mapping[str, Any], rendering: Rendering, footer: str
) -> FilledTemplate | None:
    """What the office's own Word template says, if there is one; each warning is given once."""
    path = find_template(rendering.setting.folders, kind)
    if path is None:
        return None
    from planforms.word_templates.filling import fill_word
    from planforms.word_templates.template import load_template

    filled = fill_word(load_template(path), names)
    rendering.warnings[:] = dict.fromkeys(rendering.warnings)
    return replace(filled, footer=footer)


def _described(words: Words, pictogram: Pictogram) -> str:
    return words.term("pictogram", pictogram)


def _refuse_blanks(blocks: tuple[Block, ...], place: str) -> None:
    """Let an easy sheet ask for nothing: the paper that it explains is the form.

    Raises:
        TemplateError: there is room to write in it, or a box to tick.
    """
    hint = "print a value only where there is one: {% if … != none %}"
    what = "an easy sheet has nothing to fill in"
    places = dict.fromkeys(getattr(blank, "origin", "") or place for blank in blanks_of(blocks))
    if places:
        raise TemplateError(Problem("template.easy", at, what, hint) for at in places)


def _keywords(setting: Setting, data: DocumentData | None) -> tuple[str, ...]:
    """What the service wants among the keywords of its files; an empty form has no case."""
    known = {"case_number": data.reference if data else "", "language": setting.words.tag}
    asked = setting.service.file_properties.keywords
    return tuple(filter(None, (known[name] for name in asked)))


def _prompts(words: Words) -> dict[str, str]:
    """What fillable forms say, with days and times as the language writes them."""
    shown = {
        "{date}": words.date(_EXAMPLE_DAY, "short"),
        "{time}": words.time(_EXAMPLE_TIME),
    }
    said = {}
    for key in PROMPTS:
        said[key] = words.term("prompt", key)
        for name, example in shown.items():
            said[key] = said[key].replace(name, example)
    return {**said, "date_pattern": words.settings.short_date}


def template_names(
    model: type[DocumentData], data: DocumentData | Mapping[str, Any] | None, rendering: Rendering
) -> dict[str, object]:
    """What a template can name, but for what follows from its kind: its title and its facts.

    Args:
        model: the model of the document.
        data: its data; for an empty form what its service prints on it, by field.
        rendering: the rendering that they belong to.
    """
    return {
        **roots(model, data, rendering),
        "service": rendering.setting.service,
        "country": rendering.setting.country,
        "state": Key("state", rendering.state.value, tuple(State)),
        RENDERING: rendering,
    }


_EXAMPLE_DAY, _EXAMPLE_TIME = date(2026, 6, 1), time(13, 30)
_PROTECTED = (
    Problem(
        "data.protected_identity",
        "case.participant",
        "the identity is protected; running texts are printed as they were written",
        "read them before the document leaves the house",
        Severity.WARNING,
    ),
)


def _logo(service: ServiceProfile) -> Logo | None:
    png = service.logo
    return Logo(png, "", *logo_size(png)) if png else None


def deadlines(
    data: DocumentData,
    *,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> tuple[Fact, ...]:
    """The deadlines of a document and its case, each with its source and its words in a language.

    A rule that runs from several days, such as the last days of several consents, has a fact for
    each. What ended before it fell due is left out; what has been met is not, since a document
    tells by when it was to be sent after that day too.

    Raises:
        DataError: the data names a service or a language that there is not.
        UsageError: there is no such folder, or not the language that was asked for.
        ProfileError: a service or country profile has a mistake.
        TemplateError: the language lacks a word.
    """
    data = looked_at(data)
    setting = setting_for(data, language, templates=templates, services=services)
    setting = setting.on(data.issued_on)
    kind = KINDS[data.kind]
    data = with_milestones(data, setting)
    return (
        *deadlines_of(data.kind, data, setting),
        *period_facts(data, setting),
        *(f for rule in kind.facts for f in rule(data, setting) if f.rule in kind.deadlines),
    )


@cache
def printable_characters() -> frozenset[str]:
    """The characters that documents can print: those of all fonts, and invisible ones."""
    return frozenset(map(chr, covered())) | INVISIBLE | {"\n", "\t"}

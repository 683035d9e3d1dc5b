"""The languages: words, dates and numbers as a reader of each expects them.

Everything that depends on a language folder goes through :class:`Words`. It refuses ``None``
where Babel would silently print today's date, and always names a territory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cached_property, lru_cache
from gettext import c2py
from pathlib import Path
from typing import Annotated, Any, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from babel.units import format_unit
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from planforms.errors import Problem, TemplateError, UsageError, suggestion
from planforms.files import MAX_WORDS_BYTES, parse_toml, read_text, reason_of
from planforms.models.fields import LanguageName
from planforms.models.letters import has_control, has_override, runs_left
from planforms.models.validation import problems_from
from planforms.registry import KINDS

NO_BREAK_SPACE = "\u00a0"
LOCALE_FILE = "locale.toml"
TERMS_FILE = "terms.po"
PROBLEMS_FILE = "problems.po"
MAX_FORMS = "6"
"""How many forms of number the languages of the world have at most (CLDR)."""
MAX_PROBLEMS = 50
_FORMS = re.compile(r"nplurals\s*=\s*(\d+)|^\s*(?:#~\s*)?msgstr\[(\d+)\]", re.MULTILINE)
_PACKAGED = Path(__file__).parent / "templates"
_CHECKOUT = Path(__file__).parents[2] / "templates"
_DECIMALS_OF_MONEY = re.compile(r"\.0+")
_FOLDER = re.compile(r"\w[\w-]{0,34}")
"""What most folders of languages are called; these need no look at all the others."""
_ROOT = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


_NOT_YET = "planforms cannot set such writing yet: its pages, its Word files and its fonts lack it"

_Example = Annotated[str, StringConstraints(max_length=50)]
_Word = Annotated[str, StringConstraints(min_length=1, max_length=50)]
_Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$")]
_Name = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.+-]{0,49})?$")]
"""A name of a locale, a dictionary or a package; or nothing."""
_DatePattern = Annotated[
    str, StringConstraints(pattern=r"^[^A-Za-z']{0,5}((d|M|y){1,4}[^A-Za-z']{0,5}){1,5}$")
]
"""Letters of CLDR for days, months and years, with something between them."""
_LongPattern = Annotated[
    str, StringConstraints(pattern=r"^([^A-Za-z']|d{1,2}|M{1,4}|y{1,4}|'[^']{1,20}'){0,20}$")
]
"""The same with words, in single quotation marks; or nothing."""
_TimePattern = Annotated[str, StringConstraints(pattern=r"^(HH?[.:]mm)?$")]
"""Letters of CLDR for hours and minutes, with a mark between them; or nothing."""


class Conventions(BaseModel):
    """How a language writes by hand what documents otherwise print by themselves, by example.

    Attributes:
        date: a date in digits, such as ``5.6.2014``.
        long_date: a date with the name of the month, such as ``5. juni 2014``.
        time: a time of day, with the word before it if there is one, such as ``kl. 13.00``.
        thousands: a number of five digits.
        decimals: a number with a decimal.
        per_cent: a number with its per cent sign.
        latest: the last day of something, such as ``senest den 5. juni``.
        period: from one date to another, such as ``5.6.2014–7.6.2014``.
        quotation: a word in quotation marks, such as ``«ord»``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: _Example = ""
    long_date: _Example = ""
    time: _Example = ""
    thousands: _Example = ""
    decimals: _Example = ""
    per_cent: _Example = ""
    latest: _Example = ""
    period: _Example = ""
    quotation: _Example = ""


class Commas(BaseModel):
    """Where a language has a comma whatever the sentence says.

    Attributes:
        before: words that a comma stands before, unless they begin something.
        not_after: words that take the comma away if they stand before one of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: tuple[_Word, ...] = ()
    not_after: tuple[_Word, ...] = ()


def _rows(table: Any) -> Any:
    return tuple(table.items()) if isinstance(table, dict) else table


_Table = Annotated[tuple[tuple[_Word, _Word], ...], BeforeValidator(_rows)]
"""A table of TOML as rows, which never change."""


class LocaleSettings(BaseModel):
    """What ``locale.toml`` of a language folder says.

    Attributes:
        tag: BCP 47 tag for output, such as ``nb``; hyphenation follows it.
        babel: locale with a territory, such as ``nb_NO``.
        short_date: pattern for dates in tables, in CLDR letters.
        long_date: pattern for dates with the name of the month; as ``babel`` has it if not given.
        short_time: pattern for times of day, in CLDR letters; as ``babel`` has it if not given.
        aliases: other names of the language, such as ``nb-NO``; capitals are as good.
        word_locale: what Word calls the language, such as ``nb-NO``; as ``babel`` if not given.
        dictionary: hunspell's dictionary, such as ``nb_NO``; as ``babel`` if not given.
        dictionary_package: the package of Debian and Ubuntu that holds the dictionary.
        abbreviations: words whose full stop ends no sentence, without that full stop.
        closing: those of them that may be the last word of a sentence; the next one begins with a
            capital letter.
        day_words: words that somebody may write before a day, such as ``den``; without full stop.
        year_words: words that somebody may write behind the year of a day, likewise.
        time_words: words that somebody may write before a time of day, such as ``kl``; likewise.
        conventions: how the language writes dates, times and numbers, where somebody types them.
        commas: where it has a comma whatever the sentence says.
        unbroken: words that no end of a line parts from the number beside them, such as ``§``.
        statements: words of the language that somebody may write where a template needs ``if`` or
            another word that is never translated, with that word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tag: _Tag
    babel: _Name
    short_date: _DatePattern
    long_date: _LongPattern = ""
    short_time: _TimePattern = ""
    aliases: tuple[LanguageName, ...] = ()
    word_locale: _Tag | Literal[""] = ""
    dictionary: _Name = ""
    dictionary_package: _Name = ""
    abbreviations: tuple[_Word, ...] = ()
    closing: tuple[_Word, ...] = ()
    day_words: tuple[_Word, ...] = ()
    year_words: tuple[_Word, ...] = ()
    time_words: tuple[_Word, ...] = ()
    conventions: Conventions = Conventions()
    commas: Commas = Commas()
    unbroken: tuple[_Word, ...] = ()
    statements: _Table = ()

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months."""
        return tuple(Locale.parse(self.babel).months["format"]["wide"].values())

    @property
    def months_alone(self) -> tuple[str, ...]:
        """The names of the months where no day stands before them, which may be in another case."""
        return tuple(Locale.parse(self.babel).months["stand-alone"]["wide"].values())

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The names of the days of the week, Monday first."""
        names = Locale.parse(self.babel).days["format"]["wide"]
        return tuple(names[number] for number in range(7))


def template_root() -> Path:
    """The built-in template folder: inside the installed package, else in a source checkout."""
    return _ROOT


def list_languages(folders: Sequence[Path] = ()) -> list[str]:
    """The codes of all languages that have a folder, in alphabetical order."""
    roots = _roots(folders)
    return sorted({path.parent.name for root in roots for path in root.glob(f"*/{LOCALE_FILE}")})


def language_code(name: str, folders: Sequence[Path] = (), *, place: str = "language") -> str:
    """The folder of a language; an alias such as ``nb-NO`` is as good, and so are capitals.

    Args:
        name: what the language is called.
        folders: where its folder may lie, beside the built-in ones.
        place: where somebody wrote that name.

    Raises:
        UsageError: no folder has this name, or several have this alias. The name is not repeated:
            it may come from the data.
    """
    if _FOLDER.fullmatch(name) and any(
        (root / name / LOCALE_FILE).is_file() for root in _roots(folders)
    ):
        return name
    known = list_languages(folders)
    if name in known:
        return name
    wanted = name.casefold()
    named = [code for code in known if code.casefold() == wanted]
    found = named or [code for code in known if wanted in _aliases(code, folders)]
    if len(found) == 1:
        return found[0]
    if found:
        hint, names = "write one of: {known}", ", ".join(found)
        raise UsageError.of(
            "language.ambiguous", place, "names several languages", hint, known=names
        )
    hint, params = suggestion(name, known)
    raise UsageError.of("language.unknown", place, "no templates in this language", hint, **params)


def _aliases(code: str, folders: Sequence[Path]) -> set[str]:
    """The other names of a language; none if its settings have mistakes: it tells when used."""
    paths = (folder / LOCALE_FILE for folder in _folders_of(code, folders))
    path = next(path for path in paths if path.is_file())
    try:
        settings = _read_settings((path, path.stat().st_mtime_ns))
    except TemplateError:
        return set()
    return {alias.casefold() for alias in settings.aliases}


def language_folders(language: str, folders: Sequence[Path] = ()) -> list[Path]:
    """Where files of a language are looked for: one's own folders before the built-in one.

    Raises:
        UsageError: there is no such language.
    """
    return _folders_of(language_code(language, folders), folders)


def _folders_of(code: str, folders: Sequence[Path]) -> list[Path]:
    return [root / code for root in _roots(folders) if (root / code).is_dir()]


def _roots(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Where language folders lie: one's own first, those of kinds from other packages last."""
    return (*folders, template_root(), *KINDS.template_folders())


TermKey = tuple[str, str]
"""The context and the key of a term."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a ``terms.po``.

    Attributes:
        key: its context and its key.
        forms: its words: one text or, of a counted term, one for each form of number.
        is_counted: whether it has forms of number.
        is_fuzzy: whether it is marked as not finished.
        line: where its key stands, from 1.
    """

    key: TermKey
    forms: tuple[str, ...]
    is_counted: bool
    is_fuzzy: bool
    line: int

    @property
    def is_usable(self) -> bool:
        """Whether it has words that documents can print."""
        return all(self.forms) and not self.is_fuzzy

    @property
    def is_foreign(self) -> bool:
        """Whether letters stand in it that no text may hold."""
        refused = (has_control, has_override, runs_left)
        return any(has(text) for has in refused for text in (*self.key, *self.forms))

    def letters_problem(self, place: str) -> Problem:
        """What is wrong with a term that holds such letters."""
        what = "a term holds control characters, or overrides of the direction of writing"
        hint = "take them out; they may be invisible"
        if any(map(runs_left, self.forms)):
            what, hint = "a term has letters that run from right to left", _NOT_YET
        return Problem("terms.letters", place, what, hint)

    def forms_problem(self, place: str, forms: int) -> Problem:
        """What is wrong with a counted term whose forms are not as many as the language has."""
        what, hint = "has not the forms of number of its language", f"it has {forms}"
        return Problem("terms.forms", place, what, hint)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language, and its ways with dates and numbers.

    Attributes:
        code: the folder of the language.
        settings: what its ``locale.toml`` says.
        locale: the same for Babel.
        terms: the words of all keys; of a counted term, one text for each form of number.
        form_of: which form a number takes, from nought.
    """

    code: str
    settings: LocaleSettings
    locale: Locale
    terms: Mapping[TermKey, tuple[str, ...]]
    form_of: Callable[[int], int]

    @property
    def tag(self) -> str:
        """BCP 47 tag, such as ``nb``."""
        return self.settings.tag

    @property
    def word_locale(self) -> str:
        """What Word calls the language, such as ``nb-NO``."""
        return self.settings.word_locale or self.settings.babel.replace("_", "-")

    def name_of(self, other: Words) -> str:
        """What a language is called in this one, such as ``svensk``; its tag if that is unknown."""
        name: str = self.locale.languages.get(other.locale.language, other.tag)
        return name

    @cached_property
    def deadlines(self) -> frozenset[str]:
        """The rules of deadlines that there are words for."""
        return frozenset(key for context, key in self.terms if context == "deadline")

    def has(self, context: str, key: str) -> bool:
        """Whether ``terms.po`` names this key."""
        return (context, key) in self.terms

    def term(self, context: str, key: str) -> str:
        """The word for a key of ``terms.po``.

        Raises:
            TemplateError: the key has no word in this language.
        """
        return self._form(context, key, 1)

    def _form(self, context: str, key: str, count: int) -> str:
        """The words of a term for a number; a term that is not counted has the same for all."""
        forms = self.terms.get((context, key))
        if forms is None:
            place = f"{self.code}/terms.po"
            hint = f'add an entry with msgctxt "{context}" and msgid "{key}"'
            raise TemplateError.of("terms.missing", place, f"no word for {context} {key}", hint)
        return forms[self.form_of(count)] if len(forms) > 1 else forms[0]

    def plural(self, context: str, key: str, count: int) -> str:
        """A counted phrase: ``{count}`` in the form that fits the number.

        Raises:
            TemplateError: the key has no word in this language.
        """
        return self._form(context, key, count).replace("{count}", self.number(count))

    def date(self, day: date, style: str = "long") -> str:
        """A date in words (``2. mars 2026``); never broken.

        Args:
            day: the date.
            style: ``short`` for digits, ``day`` where the year stands elsewhere (``2. mars``).
        """
        if style == "day":
            written = format_skeleton("MMMd", day, locale=self.locale)
        else:
            long = self.settings.long_date or "long"
            pattern = self.settings.short_date if style == "short" else long
            written = format_date(day, pattern, self.locale)
        return written.replace(" ", NO_BREAK_SPACE)

    def number(self, value: int | Decimal) -> str:
        """A number with the language's decimal mark and grouping; a lone point zero is dropped."""
        return format_decimal(value, locale=self.locale)

    def time(self, value: time) -> str:
        """A time of day in digits (``09.00``), without a word before it."""
        return format_time(value, self.settings.short_time or "short", locale=self.locale)

    def money(self, value: int | Decimal, currency: str) -> str:
        """An amount with its currency (``1 250 kr``); whole ones have no decimals; never broken.

        Args:
            value: the amount.
            currency: ISO 4217 code, such as ``NOK``.
        """
        pattern = self.locale.currency_formats["standard"].pattern
        if value == value // 1:
            pattern = _DECIMALS_OF_MONEY.sub("", pattern)
        written = format_currency(value, currency, pattern, self.locale, currency_digits=False)
        return written.replace(" ", NO_BREAK_SPACE)

    def money_names(self, currency: str) -> frozenset[str]:
        """Patterns of what somebody may write beside an amount, in small letters."""
        names = (get_currency_symbol(currency, self.locale), currency)
        return frozenset(re.escape(name.casefold().rstrip(".")) for name in names)

    @property
    def hour_names(self) -> frozenset[str]:
        """What somebody may write behind a number of hours, in small letters."""
        lengths: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
        written = (
            format_unit(count, "duration-hour", length, locale=self.locale)
            for count in (1, 2)
            for length in lengths
        )
        return frozenset(text.strip(f"12.{NO_BREAK_SPACE} ").casefold() for text in written)

    def join(self, parts: Iterable[str]) -> str:
        """Several words as a list in a sentence: ``a, b og c``."""
        return format_list(list(parts), locale=self.locale)


def load_words(language: str, folders: Sequence[Path] = ()) -> Words:
    """The words of a language; terms in one's own folders come before the built-in ones.

    Raises:
        UsageError: there is no folder for this language.
        TemplateError: ``terms.po`` or ``locale.toml`` cannot be read.
    """
    code = language_code(language, folders)
    names = (TERMS_FILE, LOCALE_FILE)
    files = [folder / name for folder in _folders_of(code, folders) for name in names]
    stamps = tuple((path, path.stat().st_mtime_ns) for path in files if path.is_file())
    return _load_words(code, stamps)


@lru_cache(maxsize=32)
def _load_words(code: str, stamps: tuple[tuple[Path, int], ...]) -> Words:
    paths = [path for path, _ in stamps]
    settings = _read_settings(next(stamp for stamp in stamps if stamp[0].name == LOCALE_FILE))
    terms: dict[TermKey, tuple[str, ...]] = {}
    for path in reversed([path for path in paths if path.name == TERMS_FILE]):
        found = read_terms(path, settings.babel)
        terms |= {term.key: term.forms for term in found if term.is_usable}
    form_of = c2py(get_plural(settings.babel).plural_expr)
    return Words(code, settings, Locale.parse(settings.babel), terms, form_of)


@lru_cache(maxsize=32)
def _read_settings(stamp: tuple[Path, int]) -> LocaleSettings:
    path, _ = stamp
    place = f"{path.parent.name}/{path.name}"
    try:
        content = read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError.of("locale.syntax", place, "cannot be read", reason_of(error)) from None
    return parse_settings(content, place)


def parse_settings(content: str, place: str) -> LocaleSettings:
    """What a ``locale.toml`` says.

    Args:
        content: its text.
        place: what messages call it.

    Raises:
        TemplateError: it has mistakes; all of them are told.
    """
    try:
        settings = LocaleSettings.model_validate(parse_toml(content))
    except ValidationError as error:
        raise TemplateError(
            problems_from(error, LocaleSettings, code="locale", prefix=f"{place}: ", show_keys=True)
        ) from None
    except ValueError as error:
        raise TemplateError.of("locale.syntax", place, "cannot be read", str(error)) from None
    if _runs_left(settings.babel):
        what = "the language is written from right to left"
        raise TemplateError.of("locale.direction", place, what, _NOT_YET)
    if not _is_known(settings):
        hint = "write a locale with its territory that CLDR knows, such as nb_NO"
        raise TemplateError.of("locale.syntax", place, "babel is no such locale", hint)
    return settings


def _runs_left(babel: str) -> bool:
    """Whether a locale is written from right to left; not if Babel cannot read it at all."""
    try:
        order: str = Locale.parse(babel).character_order
    except (ValueError, UnknownLocaleError):
        return False
    return order == "right-to-left"


def _is_known(settings: LocaleSettings) -> bool:
    """Whether Babel knows the locale, with all that documents print by it.

    Whatever it lacks of one, Babel tells by any sort of error.
    """
    try:
        locale = Locale.parse(settings.babel)
        words = Words("", settings, locale, {}, int)
        tried = [words.number(1), words.join(("a", "b", "c")), *settings.months]
        tried += [words.date(date(2026, 1, 31), style) for style in ("long", "short")]
        tried += [words.time(time(9)), words.money(1, "EUR")]
        return all(tried)
    except Exception:
        return False


def read_terms(path: Path, locale: str | None = None) -> list[Term]:
    """The entries of a file of terms, as :func:`parse_terms` gives them.

    Raises:
        TemplateError: it cannot be read.
    """
    place = f"{path.parent.name}/{path.name}"
    try:
        terms = parse_terms(read_text(path, MAX_WORDS_BYTES), locale)
    except (OSError, ValueError) as error:
        raise TemplateError.of("terms.syntax", place, "cannot be read", reason_of(error)) from None
    problems = [one.letters_problem(f"{place}:{one.line}") for one in terms if one.is_foreign]
    if locale:
        forms = get_plural(locale).num_plurals
        counted = (one for one in terms if one.is_counted and one.is_usable)
        wrong = (one for one in counted if len(one.forms) != forms)
        problems += [one.forms_problem(f"{place}:{one.line}", forms) for one in wrong]
    if problems:
        raise TemplateError(problems[:MAX_PROBLEMS])
    return terms


def parse_terms(content: str, locale: str | None = None) -> list[Term]:
    """The entries of a ``terms.po``, without its head.

    Args:
        content: its text.
        locale: tells the forms of number, where the head does not.

    Raises:
        ValueError: it is not written as it must be.
    """
    if any(len(forms := a or b) > 1 or forms > MAX_FORMS for a, b in _FORMS.findall(content)):
        raise ValueError("there are more forms of number than any language has")
    try:
        catalog = read_po(io.StringIO(content), locale=locale, abort_invalid=True)
        return [_term(message) for message in catalog if message.id]
    except Exception as error:
        said = str(error) if isinstance(error, PoFileError) else "its entries or its head are torn"
        raise ValueError(said) from None


def _term(message: Message) -> Term:
    key = message.id if isinstance(message.id, str) else message.id[0]
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    counted, line = bool(message.pluralizable), message.lineno or 1
    return Term((message.context or "", key), forms, counted, message.fuzzy, line)

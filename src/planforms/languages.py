"""The languages: words, dates and numbers as a reader of each expects them.

Everything that depends on a language folder goes through :class:`Words`. It refuses ``None``
where Babel would silently print today's date, and always names a territory.
"""

from __future__ import annotations

import gettext
import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from babel.units import format_unit
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from planforms.errors import TemplateError, UsageError, suggestion
from planforms.files import read_text, reason_of
from planforms.models.fields import LanguageName
from planforms.models.validation import problems_from
from planforms.registry import KINDS

NO_BREAK_SPACE = "\u00a0"
LOCALE_FILE = "locale.toml"
TERMS_FILE = "terms.po"
PROBLEMS_FILE = "problems.po"
_PACKAGED = Path(__file__).parent / "templates"
_CHECKOUT = Path(__file__).parents[2] / "templates"
_FOLDER = re.compile(r"\w[\w-]{0,34}")
"""What most folders of languages are called; these need no look at all the others."""
_ROOT = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


class Conventions(BaseModel):
    """How a language writes by hand what documents otherwise print by themselves, by example.

    Attributes:
        date: a date in digits, such as ``5.6.2014``.
        long_date: a date with the name of the month, such as ``5. juni 2014``.
        time: a time of day, with the word before it if there is one, such as ``kl. 13.00``.
        thousands: a number of five digits.
        decimals: a number with a decimal.
        per_cent: a number with its per cent sign.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: str = ""
    long_date: str = ""
    time: str = ""
    thousands: str = ""
    decimals: str = ""
    per_cent: str = ""


def _rows(table: Any) -> Any:
    return tuple(table.items()) if isinstance(table, dict) else table


_Table = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_rows)]
"""A table of TOML as rows, which never change."""


class LocaleSettings(BaseModel):
    """What ``locale.toml`` of a language folder says.

    Attributes:
        tag: BCP 47 tag for output, such as ``nb``; hyphenation follows it.
        babel: locale with a territory, such as ``nb_NO``.
        short_date: pattern for dates in tables, in CLDR letters.
        aliases: other names of the language, such as ``nb-NO``; capitals are as good.
        word_locale: what Word calls the language, such as ``nb-NO``; as ``babel`` if not given.
        dictionary: hunspell's dictionary, such as ``nb_NO``; as ``babel`` if not given.
        dictionary_package: the package of Debian and Ubuntu that holds the dictionary.
        abbreviations: words whose full stop ends no sentence, without that full stop.
        day_words: words that somebody may write before a day, such as ``den``; without full stop.
        conventions: how the language writes dates, times and numbers, where somebody types them.
        statements: words of the language that somebody may write where a template needs ``if`` or
            another word that is never translated, with that word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tag: str
    babel: str
    short_date: str
    aliases: tuple[LanguageName, ...] = ()
    word_locale: str = ""
    dictionary: str = ""
    dictionary_package: str = ""
    abbreviations: tuple[str, ...] = ()
    day_words: tuple[str, ...] = ()
    conventions: Conventions = Conventions()
    statements: _Table = ()

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months."""
        return tuple(Locale.parse(self.babel).months["format"]["wide"].values())

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


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language, and its ways with dates and numbers.

    Attributes:
        code: the folder of the language.
        settings: what its ``locale.toml`` says.
        locale: the same for Babel.
        translations: what knows the forms of counted terms.
        terms: the words of all keys; of a counted term, those for one.
    """

    code: str
    settings: LocaleSettings
    locale: Locale
    translations: gettext.GNUTranslations
    terms: Mapping[TermKey, str]

    @property
    def tag(self) -> str:
        """BCP 47 tag, such as ``nb``."""
        return self.settings.tag

    @property
    def word_locale(self) -> str:
        """What Word calls the language, such as ``nb-NO``."""
        return self.settings.word_locale or self.settings.babel.replace("_", "-")

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
        word = self.terms.get((context, key))
        if word is None:
            place = f"{self.code}/terms.po"
            hint = f'add an entry with msgctxt "{context}" and msgid "{key}"'
            raise TemplateError.of("terms.missing", place, f"no word for {context} {key}", hint)
        return word

    def plural(self, context: str, key: str, count: int) -> str:
        """A counted phrase: ``{count}`` in the form that fits the number.

        Raises:
            TemplateError: the key has no word in this language.
        """
        self.term(context, key)
        phrase = self.translations.npgettext(context, key, key, count)
        return phrase.replace("{count}", self.number(count))

    def date(self, day: date, style: str = "long") -> str:
        """A date in words (``2. mars 2026``) or, with style ``short``, in digits; never broken."""
        pattern = self.settings.short_date if style == "short" else "long"
        return format_date(day, pattern, self.locale).replace(" ", NO_BREAK_SPACE)

    def number(self, value: int | Decimal) -> str:
        """A number with the language's decimal mark and grouping; a lone point zero is dropped."""
        return format_decimal(value, locale=self.locale)

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
    catalog = Catalog(locale=settings.babel)
    terms: dict[TermKey, Term] = {}
    for path in reversed([path for path in paths if path.name == TERMS_FILE]):
        found = read_terms(path, settings.babel)
        terms |= {term.key: term for term in found if term.is_usable}
    for (context, key), term in terms.items():
        if term.is_counted:
            catalog.add((key, key), term.forms, context=context)
        else:
            catalog.add(key, term.forms[0], context=context)
    translations = _compile(catalog)
    words = {key: translations.pgettext(*key) for key in terms}
    return Words(code, settings, Locale.parse(settings.babel), translations, words)


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
        settings = LocaleSettings.model_validate(tomllib.loads(content))
        Locale.parse(settings.babel)
    except ValidationError as error:
        raise TemplateError(
            problems_from(error, LocaleSettings, code="locale", prefix=f"{place}: ", show_keys=True)
        ) from None
    except (ValueError, LookupError, UnknownLocaleError, RecursionError) as error:
        raise TemplateError.of("locale.syntax", place, "cannot be read", reason_of(error)) from None
    return settings


def read_terms(path: Path, locale: str | None = None) -> list[Term]:
    """The entries of a file of terms, as :func:`parse_terms` gives them.

    Raises:
        TemplateError: it cannot be read.
    """
    place = f"{path.parent.name}/{path.name}"
    try:
        return parse_terms(read_text(path), locale)
    except (PoFileError, OSError, ValueError, IndexError) as error:
        raise TemplateError.of("terms.syntax", place, "cannot be read", reason_of(error)) from None


def parse_terms(content: str, locale: str | None = None) -> list[Term]:
    """The entries of a ``terms.po``, without its head.

    Args:
        content: its text.
        locale: tells the forms of number, where the head does not.

    Raises:
        PoFileError: it is not written as it must be; so say ``ValueError`` and ``IndexError``.
    """
    catalog = read_po(io.StringIO(content), locale=locale, abort_invalid=True)
    return [_term(message) for message in catalog if message.id]


def _term(message: Message) -> Term:
    key = message.id if isinstance(message.id, str) else message.id[0]
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    counted, line = bool(message.pluralizable), message.lineno or 1
    return Term((message.context or "", key), forms, counted, message.fuzzy, line)


def _compile(catalog: Catalog) -> gettext.GNUTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)

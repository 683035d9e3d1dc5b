"""A case of each sort: what is handed in, and what planforms does with it.

A case ends in an answer or in an error of planforms; whatever else happens is a fault.
"""

from __future__ import annotations

import atexit
import copy
import json
import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path

import planforms as pf
from planforms.checking.checks import Check
from planforms.checking.locales import check_locales
from planforms.checking.paths import check_paths
from planforms.checking.sources import read_sources
from planforms.checking.states import check_states
from planforms.checking.syntax import check_syntax
from planforms.checking.term_lists import check_terms
from planforms.checking.wording.termbase import read_term_base
from planforms.errors import PlanformsError
from planforms.languages import load_words, template_root
from planforms.registry import KINDS
from planforms.services.reading import BUILT_IN as PROFILES
from planforms.setting import read_setting
from planforms.writers.docx import to_docx
from planforms.writers.shell import BUILT_IN as LETTERHEAD
from planforms.writers.shell import load_shell
from tests.fuzz.growing import ODD, Grower
from tests.fuzz.mangling import (
    SECRET,
    WORDS,
    mangled_bytes,
    mangled_data,
    mangled_text,
)
from tests.reports import EXAMPLES
from tests.writers.sample import sample

RENDERED = 0.1
"""The share of data that is rendered too, and of forms that are made of a profile."""
CHECKED = 0.02
"""The share of templates that the check looks at too."""


@cache
def _folder() -> Path:
    """A folder for the files of one process."""
    folder = Path(tempfile.mkdtemp(prefix="planforms-fuzz-"))
    atexit.register(shutil.rmtree, folder)
    return folder


_TIMES = count(1)


def _saved(place: str, content: str) -> Path:
    """A file in a folder of its own, which nobody takes for the one that stood there before."""
    path = _folder() / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    time = next(_TIMES) * 1_000_000_000
    os.utime(path, ns=(time, time))
    return path


# --- data -------------------------------------------------------------------------------------


@cache
def _example(path: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return data


def data(chance: random.Random) -> None:
    """Load case data; render what can be loaded, now and then."""
    given = mangled_data(copy.deepcopy(_example(chance.choice(EXAMPLES))), chance)
    source: object = given
    if chance.random() < 0.5:
        source = json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")
        if chance.random() < 0.3:
            source = mangled_bytes(source, chance)
    loaded = pf.load(source)  # type: ignore[call-overload]
    if chance.random() < RENDERED:
        pf.to_html(pf.render(loaded))


# --- templates --------------------------------------------------------------------------------

PIECES = (
    *("{{", "}}", "{%", "%}", "{#", "#}", "<p>", "</p>", "<", ">", "<a ", "&", "&#xE000;", "“"),
    *("{% if x %}", "{% if case.participant %}", "{% endif %}", "{% else %}", "{% endfor %}"),
    *("{% for a in activities %}", "{% for a in a %}", "{% for s in signatures %}", "{{ a }}"),
    *("|date", "|text", "|boxes", "|box(1)", "|options", "|label", "|tick(case)", "|lines(99)"),
    *("|beyond(copies)", "|box_of(team)", "|legend", "|line", "|nothing", '|box("x", title)'),
    *("case", "signatures", "facts", "loop", "service", "country", "title", "state", "none"),
    *(".participant", ".name", ".__class__", ".raw", ".send_by", ".index", ".date", "[0]", "()"),
    *("==", "!=", "not ", " and ", " or ", "(", ")", '"', "'", "\\ud800", "9" * 50, "1.5", "~"),
    *("{% macro m(x) %}", "{% macro m(x, x) %}", "{% endmacro %}", "{{ m(m) }}", "{{ m(a=1) }}"),
    *("{% set x = case %}", "{% set case = title %}", "{% with x = title %}", "{% endwith %}"),
    *("{{ conclusion }}", "{{ issued_on }}", "{{ title }}", "<h1>x</h1>", "<ul><li>", "</li>"),
    *("<table>", "<tr>", "<td>", '<th scope="col">', '<p class="choices">', "<dl>", "<dt>x</dt>"),
    '{% from "_parts.html" import letterhead with context %}',
    '{% from "final_report.html" import m with context %}',
    *WORDS,
)


def templates(chance: random.Random) -> None:
    """Render a template that was grown, broken or made of pieces; check it, now and then."""
    kind = chance.choice(sorted(KINDS))
    how = chance.random()
    if how < 0.6:
        text = Grower(chance).template()
        if how < 0.15:
            text = mangled_text(text, chance, (*PIECES, *ODD), 2)
    elif how < 0.8:
        text = (template_root() / "no" / f"{kind}.html").read_text(encoding="utf-8")
        text = mangled_text(text, chance, PIECES)
    else:
        text = "<h1>x</h1>" + "".join(chance.choices(PIECES, k=chance.randint(1, 30)))
    path = _saved(f"templates/no/{kind}.html", text)
    try:
        _render(kind, path.parents[1])
        if chance.random() < CHECKED:
            _check(path, check_syntax, check_paths, check_states)
    finally:
        path.unlink()


def _render(kind: str, folder: Path) -> None:
    found = (path for path in EXAMPLES if _example(path).get("kind", "final_report") == kind)
    pf.render(pf.load(next(found)), language="no", templates=folder)


def _check(path: Path, *checks: Check) -> None:
    sources = read_sources([path.parents[1]])
    names = {path.name, "_parts.html", "terms.po", "locale.toml"}
    own = {key: one for key, one in sources.files.items() if key[0] == "no" and key[1] in names}
    for check in checks:
        list(check(replace(sources, files=own)))


# --- profiles ---------------------------------------------------------------------------------

TOML = (
    *("[", "]", "=", '"', "'''", "\n", "{", "}", ",", ".", "#", "[[", "]]", "a.b.c = 1\n", "1979"),
    *('= { no = "x" }', "= [1, [2]]", "= 9999-99-99", "= inf", "= true", '= ""', "[service]\n"),
    *("a" + ".a" * 60 + " = 1\n", "= [" * 40, "\\u202e", "\\ud800", *WORDS),
)


def mangled_toml(text: str, chance: random.Random) -> str:
    """A text in TOML, broken anywhere or, as often, with other values behind a few keys."""
    if chance.random() < 0.5:
        return mangled_text(text, chance, TOML)
    lines = text.split("\n")
    keys = [number for number, line in enumerate(lines) if " = " in line]
    for number in chance.sample(keys, min(len(keys), chance.randint(1, 3))):
        lines[number] = f"{lines[number].partition(' = ')[0]} = {chance.choice(TOML_VALUES)}"
    return "\n".join(lines)


TOML_VALUES = (
    *("1", "-1", "0", "true", "1.5", "inf", "nan", '""', '"x"', "[]", "[1]", "{}", "1979-05-27"),
    *('"\\u202e"', '"\\ue000"', '"\\u0000"', f'"{"x" * 5000}"', '"../x"', '"a b"', "07:32:00"),
    *(
        '{ no = "x", sv = 1 }',
        '{ x = "y" }',
        '["x", "x"]',
        '["a", 1]',
        "[[1]]",
        "9" * 5000,
        "1e400",
    ),
    *('"nb_NO"', '"xx_XX"', '"%d.%m"', '"dd.MM"', '"yyyyyyyy"', '"(((("', '"*"', '"a*b*c*d*e"'),
)


def profiles(chance: random.Random) -> None:
    """Read a broken profile of a service, a country or an instrument; make a form, now and then."""
    beside = ("countries", "instruments")
    roots = (PROFILES, *(PROFILES.parent / name for name in beside))
    root = chance.choice(roots)
    found = chance.choice(sorted(root.glob("*.toml")))
    text = mangled_toml(found.read_text(encoding="utf-8"), chance)
    place = found.name if root == PROFILES else f"{root.name}/{found.name}"
    path = _saved(f"profiles/{place}", text)
    services = [path.stem] if root == PROFILES else ["molde", "team_work", "vivirk"]
    try:
        setting = read_setting(services[0], services=_folder() / "profiles")
        for service in services[1:]:
            read_setting(service, services=_folder() / "profiles")
        if chance.random() < RENDERED:
            kind = chance.choice(sorted(KINDS))
            pf.blank(kind, service=setting.service.id, services=_folder() / "profiles")
    finally:
        path.unlink()


# --- words ------------------------------------------------------------------------------------

PO = (
    *('msgid ""', 'msgstr ""', 'msgctxt "x"', "msgstr[0]", "msgstr[9]", "msgid_plural", "#~ ", '"'),
    *(
        "#, fuzzy\n",
        "\\",
        "\\n",
        "nplurals=3",
        "nplurals=999999999",
        "charset=x",
        "plural=(((n",
        "\n",
    ),
    *("Language: xx", "Content-Type: x", "{count}", *WORDS),
)


def words(chance: random.Random) -> None:
    """Read a broken list of terms, settings of a language or term base, and check it."""
    name = chance.choice(("terms.po", "terms.po", "locale.toml", "termbase.toml"))
    text = (template_root() / "no" / name).read_text(encoding="utf-8")
    is_po = name == "terms.po"
    text = mangled_text(text, chance, PO) if is_po else mangled_toml(text, chance)
    path = _saved(f"words/no/{name}", text)
    try:
        if name == "termbase.toml":
            read_term_base("no", [path.parent])
            return
        _check(path, check_terms if name == "terms.po" else check_locales)
        load_words("no", [path.parents[1]])
    finally:
        path.unlink()


# --- letterheads ------------------------------------------------------------------------------

XML = (
    *("<w:p/>", "<w:p>", "</w:p>", "<w:r><w:object/></w:r>", '<w:altChunk r:id="x"/>', "{{", "}}"),
    *("{{ title }}", "{% if x %}", '<w:fldSimple w:instr=" DDE x "/>', "&a;", "<!DOCTYPE x>", '"'),
    *(
        'r:link="x"',
        'w:w="1cm"',
        'TargetMode="External"',
        "<x:y/>",
        "Target",
        "rId",
        "http://x.test",
    ),
    *("<w:instrText>PAGE</w:instrText>", '<w:pgSz w:w="-1"/>', 'w:val="', "1", "-9", "0", *WORDS),
)


@cache
def _entries() -> dict[str, bytes]:
    with zipfile.ZipFile(LETTERHEAD) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def letterheads(chance: random.Random) -> None:
    """Read a broken letterhead, and write a document on it if it can be used."""
    entries = dict(_entries())
    for _ in range(chance.randint(1, 2)):
        name = chance.choice(sorted(entries))
        text = mangled_text(entries[name].decode("utf-8", "replace"), chance, XML, 2)
        entries[name] = text.encode("utf-8", "surrogatepass")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    content = buffer.getvalue()
    if chance.random() < 0.2:
        content = mangled_bytes(content, chance)
    load_shell(content)
    to_docx(replace(sample(), shell=content))


# --- all of them ------------------------------------------------------------------------------

Case = Callable[[random.Random], None]
SORTS: dict[str, tuple[Case, int]] = {
    "data": (data, 50_000),
    "templates": (templates, 5_000),
    "profiles": (profiles, 2_000),
    "words": (words, 2_000),
    "letterheads": (letterheads, 2_000),
}
"""Each sort of case, and how many of it are tried."""


def fault_of(sort: str, number: int) -> BaseException | None:
    """What a case ends in that is no error of planforms, or says a value of the data."""
    case, _ = SORTS[sort]
    try:
        case(random.Random(f"{sort} {number}"))
    except PlanformsError as error:
        said = str([problem.to_dict() for problem in error.problems]) + str(error)
        if not error.problems:
            return AssertionError("an error without a problem")
        if sort == "data" and SECRET in said:
            return AssertionError(f"an error says a value: {[p.code for p in error.problems]}")
        return None
    except Exception as error:
        return error
    return None

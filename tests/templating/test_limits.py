"""Files of strangers end what uses them within bounds, by an error that is planforms' own.

Each case is tried in a process with little memory and little of a processor, a copy of one that
has rendered and checked before.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.confined import run_confined

PROGRAM = """
    import os
    import resource
    import sys
    from dataclasses import replace
    from itertools import islice
    from pathlib import Path
    import planforms as pf
    from planforms.checking.checks import CHECKS
    from planforms.checking.sources import read_sources
    from planforms.checking.wording import check_wording

    data = pf.load(Path("examples/molde/complete_signed_electronically.json"))

    def rendered(folder):
        try:
            pf.render(data, templates=folder)
        except (pf.TemplateError, pf.ProfileError, pf.UsageError) as error:
            assert error.problems and all(problem.message for problem in error.problems)
            return "refused"
        return "rendered"

    def checked(folder):
        sources = read_sources([folder] if folder else [])
        own = {key: file for key, file in sources.files.items() if key[0] == "no"}
        shared = ("_parts.html", "terms.po", "locale.toml")
        if folder and any((folder / "no" / name).exists() for name in shared):
            # all other templates would be tried with them
            own = {key: file for key, file in own.items() if key[1] in shared}
        sources = replace(sources, files=own)
        checks = [check for check in CHECKS if check is not check_wording]  # asks hunspell
        found = [one for check in checks for one in islice(check(sources), 2_000)]
        return any(str(folder) in one.file and one.is_error for one in found)

    def tried(folder):
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        print(rendered(folder), "found" if checked(folder) else "passed", flush=True)

    assert rendered(None) == "rendered"
    assert not checked(None)
    for name in sys.argv[1:]:
        print(Path(name).name, flush=True)
        child = os.fork()
        if not child:
            tried(Path(name))
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            print("was ended", flush=True)
"""
LOCALE = Path("templates/no/locale.toml").read_text(encoding="utf-8")
TERMS = Path("templates/no/terms.po").read_text(encoding="utf-8")

Files = dict[str, str]


def template(text: str, **others: str) -> Files:
    return {"final_report.html": text, **{f"{name}.html": one for name, one in others.items()}}


def doubling_imports(levels: int) -> Files:
    files: Files = {}
    for level in range(levels):
        name = "final_report" if level == 0 else f"a{level}"
        twice = "".join(
            f'{{% from "a{level + 1}.html" import m as m{n} with context %}}' for n in (1, 2)
        )
        files[f"{name}.html"] = f"{twice}{{% macro m() %}}x{{% endmacro %}}<h1>x</h1>"
    files[f"a{levels}.html"] = "{% macro m() %}x{% endmacro %}"
    return files


def loops(depth: int, inside: str) -> str:
    opened = "".join(f"{{% for a{level} in activities %}}" for level in range(depth))
    return f"<h1>x</h1>{opened}{inside}{'{% endfor %}' * depth}"


def locale(**changes: str) -> Files:
    lines = [
        next((f"{k} = {v}" for k, v in changes.items() if line.startswith(f"{k} =")), line)
        for line in LOCALE.split("\n")
    ]
    return {"locale.toml": "\n".join(lines)}


def terms(old: str, new: str) -> Files:
    assert old in TERMS
    return {"terms.po": TERMS.replace(old, new, 1)}


PO = 'msgctxt "title"\nmsgid "final_report"\n'
REFUSED: dict[str, Files] = {
    # what Python or Jinja say of it
    "25 loops": template(loops(25, "<p>x</p>")),
    "10 loops": template(loops(10, "<p>x</p>")),
    "a number of 5,000 digits": template(
        "<h1>x</h1>{% if title == " + "9" * 5000 + " %}{% endif %}"
    ),
    "a number beyond all": template("<h1>x</h1>{% if title == 1e999 %}{% endif %}"),
    "a value given twice": template("{% macro m(a) %}{% endmacro %}<h1>x</h1>{{ m(a=1, a=2) }}"),
    "a name twice": template("{% macro m(a, a) %}{% endmacro %}<h1>x</h1>"),
    "a name of Python": template("{% macro m(a) %}{% endmacro %}<h1>x</h1>{{ m(__debug__=1) }}"),
    "two spellings of a name": template("{% macro m(fi, ﬁ) %}{% endmacro %}<h1>x</h1>"),
    "a file that is a number": template("{% from 5 import m with context %}<h1>x</h1>"),
    "a file of a long name": template(
        '{% from "' + "x" * 5000 + '.html" import m with context %}<h1>x</h1>'
    ),
    "not of not": template("<h1>x</h1>{% if " + "not " * 900 + "title %}{% endif %}"),
    "field of field": template("<h1>x</h1>{{ case" + ".x" * 3000 + " }}"),
    "many names": template("".join(f"{{% set a{n} = title %}}" for n in range(20_000))),
    # marks and letters
    "a mark by numbers": template("<h1>x</h1><p>&#xE000;99&#xE001;</p>"),
    "a mark in pieces": template(
        "<h1>x</h1><p>&#xE0{% if title %}{% endif %}00;0&#xE0{% if title %}{% endif %}01;</p>"
    ),
    "a mark in quotes": template(
        '{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}<h1>x</h1>{{ m("\\ue0005\\ue001") }}'
    ),
    "a mark of strange digits": template("<h1>x</h1><p>&#xE000;\u0663&#xE001;</p>"),
    "a mark in a term": terms(PO + 'msgstr "', PO + 'msgstr "\ue0007\ue001'),
    "an override in a template": template("<h1>x</h1><p>\u202eabc</p>"),
    "an override by number": template("<h1>x</h1><p>&#x202e;abc</p>"),
    "an override in a term": terms(PO + 'msgstr "', PO + 'msgstr "\u2067'),
    "a reference of 5,000 digits": template(f"<h1>x</h1><p>&#{'9' * 5000};</p>"),
    "half a letter": template(
        '{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}<h1>x</h1>{{ m("\\ud800") }}'
    ),
    "a field in a tag": template('<header><img src="logo" alt="{{ case.number }}"></header>'),
    # time and memory
    "imports that double": doubling_imports(20),
    "imports in a ring": template(
        '{% from "a.html" import m with context %}<h1>x</h1>',
        a='{% from "final_report.html" import m with context %}',
    ),
    "three loops of much": template(loops(3, f"<p>{'x' * 100_000}</p>")),
    "three loops of much in a macro": template(
        "{% macro m() %}" + loops(3, f"<p>{'x' * 100_000}</p>") + "{% endmacro %}{{ m() }}"
    ),
    "a macro's text again and again": template(
        "{% macro m() %}"
        + "x" * 400_000
        + "{% endmacro %}{% set x = m() %}<h1>x</h1><p>"
        + "{% for a in activities %}"
        + "{{ x }}" * 100
        + "{% endfor %}</p>"
    ),
    "loops of conditions": template(loops(3, "{% if title == case.number %}{% endif %}" * 1000)),
    "loops of boxes": template(loops(3, "<p>{{ next_step.direction|boxes }}</p>" * 300)),
    "loops of long texts": template(loops(8, "<p>{{ conclusion }}</p>")),
    "loops of comparisons": template(loops(4, "{% if activities != workplaces %}{% endif %}" * 40)),
    "open tags": template("<h1>x</h1>" + "<a " * 100_000),
    "open tags and quotes": template("<h1>x</h1>" + "<a '\"" * 60_000),
    "open comments": template("<h1>x</h1>" + "<!--" * 100_000),
    "half references": template("<h1>x</h1><p>" + "&#" * 200_000),
    "spaces in tags": template("<h1>x</h1><p " + " " * 400_000 + "=" + ">"),
    "tags that nobody knows": template("<h1>x</h1>" + "<qqqq>" * 80_000),
    "tags that end nothing": template("<h1>x</h1>" + "</p>" * 100_000),
    "paragraphs that never end": template("<h1>x</h1>" + "<p>" * 100_000),
    "lists that never end": template("<h1>x</h1>" + "<ul><li>" * 50_000),
    "lists that end as others": template("<h1>x</h1>" + "<ul><li></ol>" * 30_000),
    "a table of broken rows": template(
        '<h1>x</h1><table><caption>x</caption><thead><tr><th scope="col">x</th></tr></thead><tbody>'
        + "<tr><td>x</td><td>y</td></tr>" * 10_000
        + "</tbody></table>"
    ),
    "a table of many columns": template(
        "<h1>x</h1><table><caption>x</caption><thead><tr>"
        + '<th scope="col" width="1%">x</th>' * 10_000
        + "</tr></thead><tbody><tr></tr></tbody></table>"
    ),
    # term lists
    "a thousand million forms": terms("nplurals=2", "nplurals=1000000000"),
    "a form of a large number": terms("msgstr[1]", "msgstr[1000000000]"),
    "a form without a number": terms("msgstr[1]", "msgstr[x]"),
    "a form that is missing": {"terms.po": TERMS.replace("nplurals=2", "nplurals=1")},
    "a list without a beginning": {"terms.po": '"x"\n'},
    "dates of another world": terms('"Language: nb', '"POT-Creation-Date: x\\n"\n"Language: nb'),
    "a list too long": {"terms.po": TERMS + "# x\n" * 400_000},
    # locale.toml
    "a pattern of hours": locale(short_date='"HH:mm"'),
    "a pattern of five thousand": locale(short_date='"' + "y" * 5000 + '"'),
    "a pattern of nothing": locale(short_date='""'),
    "a locale that is a path": locale(babel='"../../../etc/passwd"'),
    "a locale of nothing": locale(babel='""'),
    "a tag that ends an attribute": locale(tag='"nb\\" onload=\\""'),
    "a dictionary that is an option": locale(dictionary='"-D"'),
    "a word for Word of control": locale(word_locale='"nb\\u0001"'),
    "a key of many parts": {"locale.toml": LOCALE + "\n" + "a." * 100_000 + "a = 1"},
    "lists in lists": {"locale.toml": LOCALE + "\na = " + "[" * 50_000},
    "a number of many digits": {"locale.toml": "a = " + "9" * 5000},
}
TAKEN: dict[str, Files] = {
    "a charset that nobody knows": terms("charset=UTF-8", "charset=x-unknown"),
    "a list of a torn head": {"terms.po": 'msgid ""\nmsgstr[0] "Plural-Forms: x"\n'},
    "a locale of a root": locale(babel='"root"'),
    "as much as may be": template("<h1>x</h1>" + "<p>x</p>" * 4_000),
}
"""What is harmless, since nothing of it is used."""


GROUPS = 2


def outcomes(folder: Path, cases: dict[str, Files]) -> dict[str, str]:
    """What comes of rendering and checking with each of some cases, each within limits."""
    for name, files in cases.items():
        (folder / name / "no").mkdir(parents=True)
        for file, content in files.items():
            (folder / name / "no" / file).write_text(content, encoding="utf-8")
    done = run_confined(PROGRAM, *(str(folder / name) for name in cases), seconds=60)
    assert done.returncode == 0, (done.stdout.split("\n")[-2:], done.stderr[-2000:])
    lines = done.stdout.split("\n")
    return dict(zip(lines[::2], lines[1::2], strict=False))


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.long
def test_what_strangers_wrote_is_refused_within_bounds(tmp_path: Path, group: int) -> None:
    names = list(REFUSED)[group::GROUPS]
    found = outcomes(tmp_path, {name: REFUSED[name] for name in names})
    assert found == dict.fromkeys(names, "refused found")


def test_what_is_harmless_is_rendered(tmp_path: Path) -> None:
    found = outcomes(tmp_path, TAKEN)
    assert {name: words.split()[0] for name, words in found.items()} == dict.fromkeys(
        TAKEN, "rendered"
    )

"""Everything is there: templates in all languages, and on the page what must be on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import planforms as pf
from planforms.checking.completeness import check_completeness
from planforms.checking.sources import Sources, read_sources
from planforms.models.completeness import missing
from planforms.models.documents import DocumentData
from planforms.models.shapes import Form, resolve
from planforms.registry import KINDS
from planforms.services import list_services
from tests.checking.changes import added, changed
from tests.reports import LANGUAGES, ROOT

REPORT = "final_report.html"


def told(sources: Sources) -> list[tuple[str, str, str]]:
    """Code, language and file, and message of each finding."""
    return [
        (found.code, "/".join(Path(found.file).parts[-2:]), found.message)
        for found in check_completeness(sources)
    ]


def without(sources: Sources, *names: tuple[str, str]) -> Sources:
    return replace(sources, files={k: file for k, file in sources.files.items() if k not in names})


def in_all_languages(name: str, old: str, new: str) -> Sources:
    sources = read_sources()
    for language in LANGUAGES:
        sources = changed(language, name, old, new, base=sources)
    return sources


def test_the_built_in_templates_are_complete() -> None:
    assert told(read_sources()) == []


@pytest.mark.parametrize("name", [f"{kind}.html" for kind in KINDS] + ["terms.po"])
def test_every_kind_and_the_term_list_is_needed_in_every_language(name: str) -> None:
    message = f"there is no {name} in this language"
    assert told(without(read_sources(), ("sv", name))) == [("check.file", f"sv/{name}", message)]


def test_a_new_language_is_told_all_that_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "fo").mkdir()
    settings = 'tag = "fo"\nbabel = "fo_FO"\nshort_date = "dd.MM.yyyy"\n'
    (tmp_path / "fo" / "locale.toml").write_text(settings, encoding="utf-8")
    found = told(read_sources([tmp_path]))
    assert {place for _, place, _ in found} == {
        "fo/terms.po",
        *(f"fo/{paper}.html" for paper in KINDS.papers()),
    }


def test_a_new_language_that_has_a_kind_is_told_once_which_ones_it_lacks(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "brought" / "en", tmp_path / "en")
    [(_, _, message)] = told(read_sources([tmp_path]))
    assert message == f"{len(KINDS.papers()) - 1} documents cannot be made in this language"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("{{ conclusion }}", "", "conclusion"),
        ("{{ question.answer }}", "", "assignment.questions.answer"),
        ("{{ case.closure.category }}", "", "case.closure.category"),
        ("<td>{{ use.setting }}", "<td>", "instruments.setting"),
    ],
)
def test_a_needed_field_that_no_language_prints_is_told(old: str, new: str, path: str) -> None:
    message = f"the field {path} is missing from empty forms and issued documents"
    assert told(in_all_languages(REPORT, old, new)) == [
        ("check.needed", f"{language}/{REPORT}", message) for language in sorted(LANGUAGES)
    ]


def test_the_hint_says_what_to_print() -> None:
    finding = next(check_completeness(in_all_languages(REPORT, "{{ conclusion }}", "")))
    assert finding.hint == "print it: {{ conclusion }}"


@pytest.mark.parametrize(
    ("condition", "papers"),
    [
        ('state != "blank"', "empty forms"),
        ('state == "blank"', "issued documents"),
        ("conclusion == none", "issued documents"),
        ('state == "draft"', "empty forms and issued documents"),
    ],
)
def test_a_needed_field_must_be_on_empty_forms_and_in_issued_documents(
    condition: str, papers: str
) -> None:
    new = f"{{% if {condition} %}}{{{{ conclusion }}}}{{% endif %}}"
    found = told(in_all_languages(REPORT, "{{ conclusion }}", new))
    assert {message for _, _, message in found} == {
        f"the field conclusion is missing from {papers}"
    }


@pytest.mark.parametrize("condition", ["conclusion", 'state != "draft"', "closing_meeting"])
def test_conditions_that_issued_documents_can_meet_hide_nothing(condition: str) -> None:
    new = f"{{% if {condition} %}}{{{{ conclusion }}}}{{% endif %}}"
    assert told(in_all_languages(REPORT, "{{ conclusion }}", new)) == []


def test_of_a_part_that_is_not_printed_nothing_is_needed() -> None:
    sources = read_sources()
    for language in LANGUAGES:
        content = sources.files[language, REPORT].content
        gone = re.sub(r"{% if attendance %}.*?{% endif %}", "", content, flags=re.DOTALL)
        assert gone != content
        sources = added(language, REPORT, gone, base=sources)
    assert told(sources) == []


def test_a_field_that_decides_what_is_printed_needs_not_be_printed_itself() -> None:
    new = '{% if measure.key == "smia" %}<dd>Smia</dd>{% endif %}'
    assert told(in_all_languages(REPORT, "<dd>{{ measure.key }}</dd>", new)) == []


def test_what_another_language_prints_is_left_to_the_check_of_parity() -> None:
    assert told(changed("no", REPORT, "{{ conclusion }}", "")) == []


def test_no_reason_excuses_a_needed_field() -> None:
    reason = (
        '[[difference]]\nkind = "final_report"\nsection = "conclusion"\n'
        "what = 'lacks {{ conclusion }}'\nreason = \"We conclude nothing.\"\n"
    )
    sources = changed("no", REPORT, "{{ conclusion }}", "")
    [(code, _, message)] = told(added("no", "differences.toml", reason, base=sources))
    assert code == "check.needed"
    assert message.startswith("the field conclusion is missing")


def test_an_easy_sheet_says_which_paper_it_explains() -> None:
    sources = changed("no", "rights_easy.html", "{{ explains_paper() }}\n", "")
    [finding] = check_completeness(sources)
    assert finding.code == "check.needed"
    assert "which paper it explains" in finding.message
    assert "{{ paper }}" in finding.hint


def test_a_deadline_that_a_service_has_must_be_told() -> None:
    found = told(in_all_languages(REPORT, "{{ facts.send_by.words }}", ""))
    assert {message for _, _, message in found} == {
        "the deadline send_by is missing from the document"
    }


def test_what_a_service_needs_beyond_the_model_must_be_printed(tmp_path: Path) -> None:
    profile = Path(pf.__file__).parent / "services" / "molde.toml"
    text = profile.read_text(encoding="utf-8")
    needed = text.replace('needed = ["workplaces"]', 'needed = ["workplaces", "case.referred_on"]')
    assert needed != text
    (tmp_path / "molde.toml").write_text(needed, encoding="utf-8")
    (tmp_path / "molde.png").write_bytes(profile.with_suffix(".png").read_bytes())
    found = told(replace(read_sources(), services=(tmp_path,)))
    assert {message for _, _, message in found} == {
        "the field case.referred_on is missing from empty forms and issued documents"
    }


# --- the same, seen on pages ----------------------------------------------------------------


def printed(documents: Iterable[pf.Document]) -> set[str]:
    """The paths of all fields and boxes, items of lists alike."""
    paths = set()
    for document in documents:
        paths |= {
            re.sub(r"\[\d+\]", "", path) for path in re.findall(r"path='([^']+)'", repr(document))
        }
    return paths


DECIDES = {"complainant.capacity"}
"""Decides what a reply may tell, and is not printed."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_an_empty_issued_document_would_lack_is_on_the_empty_forms(
    kind: str, language: str
) -> None:
    model = KINDS[kind].model
    places = {problem.place for problem in missing(model.model_construct(kind=kind))}
    lacking = {path for path in places if not is_part(model, path)}
    lacking -= {*DECIDES, KINDS[kind].form_by}  # which form it is, the form says
    assert lacking or kind == "survey"  # which form it is says all that it needs
    found = printed(pf.blank(kind, service=name, language=language) for name in list_services())
    assert {
        path for path in lacking if not any(f"{p}.".startswith(f"{path}.") for p in found)
    } == set()


def is_part(model: type[DocumentData], path: str) -> bool:
    shape = resolve(model, path)
    return shape is not None and shape.form is Form.PART

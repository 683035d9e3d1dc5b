"""Loading: typed models in, or every problem at once, none of which repeats a value."""

from __future__ import annotations

import io
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.loading import MAX_DATA_BYTES, load_for
from planforms.models.documents import CaseDocument, Status
from planforms.models.validation import MAX_PROBLEMS
from planforms.registry import KINDS
from planforms.setting import service_finder
from tests.reports import EXAMPLES, GONE, problems_of, report_data

SECRET = "Zyxwvut"
ATTENDED_MORE = ("data.number_order", "attendance.attended_days")


def problems_in(changes: dict[str, Any]) -> tuple[pf.Problem, ...]:
    with pytest.raises(pf.DataError) as caught:
        pf.load(report_data(changes))
    return caught.value.problems


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_loads_as_its_kind(path: Path) -> None:
    document = pf.load(path)
    assert type(document) is KINDS[document.kind].model
    assert document.service_key == path.parent.name


def test_json_a_path_open_files_a_mapping_and_a_model_load_alike(tmp_path: Path) -> None:
    data = report_data()
    path = tmp_path / "report.json"
    text = json.dumps(data, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    model = pf.load(data)
    content = path.read_bytes()
    assert pf.load(path) == pf.load(model) == model
    for one in (text, content, bytearray(content), memoryview(content), f"\ufeff \n{text}"):
        assert pf.load(one) == model
    assert pf.load(io.BytesIO(content)) == pf.load(io.StringIO(text)) == model
    with path.open(encoding="utf-8") as words, path.open("rb", buffering=0) as raw:
        assert pf.load(words) == pf.load(raw) == model


def test_an_open_file_may_give_a_little_at_a_time() -> None:
    content = json.dumps(report_data()).encode()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 7))

    assert pf.load(Slow(content)) == pf.load(report_data())


def test_a_text_is_never_opened_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.json").write_text(json.dumps(report_data()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for text in ("report.json", str(tmp_path / "report.json"), SECRET, "", '"report.json"'):
        with pytest.raises(pf.DataError) as caught:
            pf.load(text)
        [problem] = caught.value.problems
        assert (problem.code, problem.place) == ("data.json", "the data")
        assert "give a Path" in problem.hint
        assert not text or text not in str(problem)


def test_json_text_that_is_wrong_never_stands_in_a_problem() -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(json.dumps(report_data({"conclusion": SECRET}))[:-1])
    assert SECRET not in str(caught.value)
    with pytest.raises(pf.DataError) as caught:
        pf.load('{"kind": "\ud800"}')
    assert [problem.code for problem in caught.value.problems] == ["data.encoding"]


def test_what_is_no_source_is_refused_by_its_type_alone() -> None:
    sources: list[Any] = [7, None, [SECRET], {SECRET}, 1.5, object(), pf.FinalReport]
    for source in sources:
        with pytest.raises(pf.UsageError) as caught:
            pf.load(source)
        assert problems_of(caught.value) == {("source.type", "the source")}
        assert SECRET not in str(caught.value)


def test_an_open_file_that_cannot_be_read_is_a_wrong_call(tmp_path: Path) -> None:
    closed = io.BytesIO(b"{}")
    closed.close()

    class Odd:
        def read(self, _size: int) -> Any:
            return [SECRET]

    class Broken:
        def read(self, _size: int) -> bytes:
            raise ConnectionResetError(104, SECRET)

    with (tmp_path / "new").open("wb") as written:
        for stream in (closed, Odd(), Broken(), written):
            with pytest.raises(pf.UsageError) as caught:
                pf.load(stream)
            assert problems_of(caught.value) == {("file.unreadable", "the stream")}
            assert SECRET not in str(caught.value)


def test_a_text_stream_that_is_not_utf8_is_told_as_data() -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(io.TextIOWrapper(io.BytesIO(b'{"kind": "\xff"}'), encoding="utf-8"))
    assert [problem.code for problem in caught.value.problems] == ["data.encoding"]


def test_the_wanted_class_comes_back_or_a_problem() -> None:
    report: pf.FinalReport = pf.load(report_data(), pf.FinalReport)
    assert report.conclusion == report_data()["conclusion"]
    assert pf.load(report_data(), CaseDocument) == report
    with pytest.raises(pf.DataError) as caught:
        pf.load(report_data(), pf.Complaint)
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("data.kind", "kind")
    assert problem.hint == "wanted: complaint"


def test_a_model_is_looked_at_again_with_all_that_was_put_into_it() -> None:
    model = pf.load(report_data())
    wrong = model.model_copy(update={"status": "finl", "conlcusion": SECRET, "issued_on": "soon"})
    with pytest.raises(pf.DataError) as caught:
        pf.load(wrong)
    assert problems_of(caught.value) == {
        ("data.enum", "status"),
        ("data.unknown_field", "the data"),
        ("data.date_form", "issued_on"),
    }
    assert SECRET not in str(caught.value)
    assert pf.load(model.model_copy(update={"status": "draft"})).status is Status.DRAFT


def test_more_values_than_a_document_can_hold_are_refused_before_they_are_looked_at() -> None:
    numbers = json.dumps(report_data({"activities": [1] * 600_000}))
    cycle = report_data()
    cycle["case"]["more"] = cycle
    for source in (numbers, {**report_data(), "activities": [[1] * 1000] * 900}, cycle):
        with pytest.raises(pf.DataError) as caught:
            pf.load(source)
        assert problems_of(caught.value) == {("data.size", "the data")}


def test_a_byte_order_mark_is_no_obstacle() -> None:
    content = b"\xef\xbb\xbf" + json.dumps(report_data()).encode()
    assert pf.load(io.BytesIO(content)) == pf.load(report_data())


def test_all_problems_come_at_once() -> None:
    found = problems_in(
        {
            "case.number": GONE,
            "case.participant.birth_date": "17.05.1979",
            "extent.planned": "many",
            "measure.started_on": "2026-12-24",
            "signatures.0.state": SECRET,
            "attendance.planned_days": 1.5,
        }
    )
    assert {(problem.code, problem.place) for problem in found} == {
        ("data.missing", "case.number"),
        ("data.date_form", "case.participant.birth_date"),
        ("data.decimal_parsing", "extent.planned"),
        ("data.date_order", "measure.started_on"),
        ("data.enum", "signatures[0].state"),
        ("data.int_type", "attendance.planned_days"),
    }
    assert all(problem.message for problem in found)


def test_an_unknown_key_is_counted_and_never_quoted() -> None:
    [problem] = problems_in({f"case.participant.{SECRET}": "x"})
    assert problem.code == "data.unknown_field"
    assert problem.place == "case.participant"
    assert "no. 1" in problem.message
    assert SECRET not in str(problem)


def test_unknown_keys_are_numbered_one_by_one() -> None:
    found = problems_in({"case.participant.aaa": 1, "case.participant.bbb": 2, "ccc": 3})
    assert [(problem.place, problem.message) for problem in found] == [
        ("case.participant", "unknown field no. 1"),
        ("case.participant", "unknown field no. 2"),
        ("the data", "unknown field no. 1"),
    ]


def test_a_file_of_nothing_but_mistakes_is_told_in_short() -> None:
    found = problems_in({f"unknown{number}": number for number in range(100_000)})
    assert len(found) == MAX_PROBLEMS + 1
    assert (found[-1].code, found[-1].message) == ("data.more", "has 99800 more problems")


def test_a_misspelt_key_gets_the_right_one_as_a_hint() -> None:
    [problem] = problems_in({"case.participant.brith_date": "1979-05-17"})
    assert problem.hint == "did you mean birth_date?"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("conclusion", "a\x00b", "data.control_character"),
        ("conclusion", "a\x1bb", "data.control_character"),
        ("conclusion", "a\ud800b", "data.string_unicode"),
        ("conclusion", "a\u202eb", "data.direction_override"),
        ("conclusion", "x" * 20_001, "data.string_too_long"),
        ("conclusion", " ", "data.string_too_short"),
        ("conclusion", 7, "data.string_type"),
        ("case.participant.name", "two\nlines", "data.single_line"),
        ("case.participant.name", "x" * 201, "data.string_too_long"),
        ("case.number", "../../etc", "data.string_pattern_mismatch"),
        ("issued_on", "2026-02-30", "data.date_from_datetime_parsing"),
        ("issued_on", "2026-11-06T10:00:00", "data.date_form"),
        ("issued_on", 20_000, "data.date_form"),
        ("extent.planned", -1, "data.greater_than_equal"),
        ("extent.planned", 101, "data.less_than_equal"),
        ("case.participant", [], "data.model_type"),
        ("activities", {}, "data.tuple_type"),
        ("language", f"../{SECRET}", "data.string_pattern_mismatch"),
        ("language", SECRET * 10, "data.string_pattern_mismatch"),
        ("language", 7, "data.string_type"),
        ("schema", 3, "data.literal_error"),
    ],
)
def test_a_wrong_value_is_named_by_place_and_not_repeated(path: str, value: Any, code: str) -> None:
    [problem] = problems_in({path: value})
    assert (problem.code, problem.place) == (code, path)
    assert SECRET not in str(problem)


def test_every_message_is_our_own_and_has_a_hint() -> None:
    found = problems_in({"conclusion": 7, "issued_on": "x", "case.number": GONE, "language": "x x"})
    assert all(problem.hint and "Input should" not in problem.message for problem in found)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "data.json"),
        (b"[]", "data.json"),
        (b"\xff\xfe", "data.encoding"),
        (b"[" * 100_000, "data.json"),
        (b'{"kind": "final_report", "kind": "x"}', "data.duplicate_key"),
        (b'{"kind": "x"}', "data.kind"),
        (b"{}", "data.kind"),
        (b" " * (MAX_DATA_BYTES + 1), "data.size"),
    ],
)
def test_what_is_not_one_document_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(io.BytesIO(content))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    with pytest.raises(pf.UsageError) as caught:
        pf.load(Path("no/such/file.json"))
    assert problems_of(caught.value) == {("file.unreadable", "no/such/file.json")}
    with pytest.raises(pf.UsageError, match="is no name of a file"):
        pf.load(Path("a\0b"))


def test_an_unknown_kind_does_not_show_its_value() -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load({"kind": SECRET})
    assert SECRET not in str(caught.value)


def test_a_problem_says_its_severity_place_and_hint_as_plain_values() -> None:
    [problem] = problems_in({"issued_on": "soon"})
    assert problem.to_dict() == {
        "code": "data.date_form",
        "severity": "error",
        "place": "issued_on",
        "path": ["issued_on"],
        "pointer": "/issued_on",
        "message": "is not a date",
        "hint": "write it as YYYY-MM-DD",
        "params": {},
    }


@pytest.mark.parametrize("day", ["0026-03-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_another_century_is_refused(day: str) -> None:
    for path in ("measure.started_on", "case.participant.birth_date"):
        [problem] = problems_in({path: day})
        assert (problem.code, problem.place) == ("data.date_range", path)
        assert day not in str(problem)


@pytest.mark.parametrize("day", ["2098-01-01", "2024-06-01"])
def test_a_birth_lies_before_every_other_day(day: str) -> None:
    changes = {"case.participant.birth_date": day, "case.enrolled_on": "2024-06-01"}
    [problem] = [one for one in problems_in(changes) if one.place == "case.participant.birth_date"]
    assert (problem.code, problem.message) == (
        "data.date_order",
        "does not lie before case.enrolled_on",
    )
    assert pf.load(report_data({"case.participant.birth_date": "1926-01-01"}))


def test_nobody_attends_more_days_than_were_planned() -> None:
    days = {"attendance": {"planned_days": 5, "attended_days": 7}}
    [problem] = problems_in(days)
    assert (problem.code, problem.place) == ("data.number_order", "attendance.attended_days")
    assert problem.message == "is more than attendance.planned_days"
    assert pf.load(report_data({"attendance": {"planned_days": 5, "attended_days": 5}}))
    found = problems_in({"attendance": {"planned_days": "5", "attended_days": 7}})
    assert [one.code for one in found] == ["data.int_type"]


def test_a_revised_document_is_of_its_class_and_the_other_stays_as_it_was() -> None:
    draft = pf.load(report_data({"status": "draft"}), pf.FinalReport)
    final: pf.FinalReport = pf.revise(draft, status="final", conclusion="Ja\u200b, a\u030a")
    assert (final.status, draft.status) == (Status.FINAL, Status.DRAFT)
    assert final.conclusion == "Ja\u200b, å"
    assert final.case == draft.case
    assert pf.render(final).state.value == "final"
    again = pf.revise(final, case=final.case, conclusion=draft.conclusion)
    assert again == pf.load(report_data())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stauts": "final"}, ("data.unknown_field", "the data")),
        ({"status": "finl"}, ("data.enum", "status")),
        ({"issued_on": "6.11.2026"}, ("data.date_form", "issued_on")),
        ({"kind": "complaint"}, ("data.kind", "kind")),
        ({"attendance": {"planned_days": 1, "attended_days": 2}}, ATTENDED_MORE),
        ({"conclusion": SECRET * 9999}, ("data.string_too_long", "conclusion")),
    ],
)
def test_a_revision_that_is_no_document_is_told(
    changes: dict[str, Any], told: tuple[str, str]
) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.revise(pf.load(report_data()), **changes)
    assert problems_of(caught.value) == {told}
    assert SECRET not in str(caught.value)


def test_a_part_that_nobody_looked_at_is_looked_at_with_the_document() -> None:
    report = pf.load(report_data(), pf.FinalReport)
    person = report.case.participant.model_copy(update={"name": ["\u200b"], "nmae": SECRET})
    case = report.case.model_copy(update={"participant": person})
    wanted = {
        ("data.string_type", "case.participant.name"),
        ("data.unknown_field", "case.participant"),
    }
    for call in (
        lambda: pf.revise(report, case=case),
        lambda: pf.load({**report_data(), "case": case}),
        lambda: pf.render(report.model_copy(update={"case": case})),
        lambda: pf.deadlines(report.model_copy(update={"case": case})),
    ):
        with pytest.raises(pf.DataError) as caught:
            call()
        assert problems_of(caught.value) == wanted
        assert SECRET not in str(caught.value)


def test_what_was_not_loaded_is_looked_at_when_it_is_rendered() -> None:
    """A status put in as a word made a draft of what said final."""
    draft = pf.load(report_data({"status": "draft"}))
    assert pf.render(draft.model_copy(update={"status": "final"})).state.value == "final"
    for update, told in (
        ({"status": "finl"}, ("data.enum", "status")),
        ({"conlcusion": "x"}, ("data.unknown_field", "the data")),
        ({"issued_on": "soon"}, ("data.date_form", "issued_on")),
        ({"kind": "nothing"}, ("data.kind", "kind")),
    ):
        with pytest.raises(pf.DataError) as caught:
            pf.render(draft.model_copy(update=update))
        assert problems_of(caught.value) == {told}
    made = pf.FinalReport(**report_data({"schema": 2}))
    assert pf.render(made) == pf.render(pf.load(report_data()))
    assert pf.render(pickle.loads(pickle.dumps(made))) == pf.render(made)
    whole = pf.FinalReport.model_construct(**{**vars(made), "conclusion": "\u202ex"})
    with pytest.raises(pf.DataError) as caught:
        pf.render(whole)
    assert problems_of(caught.value) == {("data.direction_override", "conclusion")}


def test_a_loaded_document_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = pf.load(report_data())
    monkeypatch.setattr(pf.FinalReport, "model_validate", None)
    assert pf.render(loaded)


def test_parts_within_parts_without_end_are_refused() -> None:
    deep: Any = []
    for _ in range(50_000):
        deep = [deep]
    with pytest.raises(pf.DataError) as caught:
        pf.load({**report_data(), "activities": deep})
    assert problems_of(caught.value) == {("data.size", "the data")}
    report = pf.load(report_data(), pf.FinalReport)
    person = report.case.participant.model_copy(update={"name": deep})
    round_and_round: dict[str, Any] = {}
    round_and_round["case"] = round_and_round
    for case in (report.case.model_copy(update={"participant": person}), round_and_round):
        for call in (
            lambda: pf.revise(report, case=case),  # noqa: B023  # called at once
            lambda: pf.render(report.model_copy(update={"case": case})),  # noqa: B023
            lambda: pf.load(report.model_copy(update={"case": case})),  # noqa: B023
        ):
            with pytest.raises(pf.DataError) as caught:
                call()
            assert problems_of(caught.value) == {("data.size", "the data")}


def test_a_service_that_there_is_not_is_told_with_all_other_problems() -> None:
    find = service_finder()
    good, wrong = report_data(), report_data({"case.service": "nowhere", "issued_on": "soon"})
    assert load_for(good, find) == pf.load(good)
    with pytest.raises(pf.DataError) as caught:
        load_for(wrong, find)
    told = {(problem.code, problem.place) for problem in caught.value.problems}
    assert {place for _, place in told} == {"issued_on", "case.service"}
    assert ("service.unknown", "case.service") in told
    with pytest.raises(pf.DataError) as caught:
        load_for(report_data({"case.service": "Ola Nordmann !", "issued_on": "soon"}), find)
    assert sorted(problem.place for problem in caught.value.problems) == [
        "case.service",
        "issued_on",
    ]

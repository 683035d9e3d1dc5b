"""Names of files: safe, telling nobody's name, and never two of one."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from planforms.batching.names import number_of, numbered, stem
from planforms.models.fields import CaseNumber
from planforms.models.letters import folded
from tests.batching.inputs import codes, digests, manifest, outcomes, reports, run, write_lines
from tests.reports import report_data

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}

CASE_NUMBERS = st.from_regex(r"[A-Za-zÆØÅæøåÄÖäö0-9][\w./ \-]{0,39}", fullmatch=True)


@given(CASE_NUMBERS)
def test_any_case_number_gives_a_name_that_is_safe_on_every_file_system(number: str) -> None:
    name = f"{stem(number, 'final_report', 'no')}.pdf"
    assert re.fullmatch(r"[\w-]+_final_report_no\.pdf", name)
    assert not name.startswith(("-", "."))
    assert name.partition(".")[0].casefold() not in RESERVED
    assert len(name.encode()) <= 255


@pytest.mark.parametrize("number", ["../../etc/x", "..", "a/../../b", "CON", "a:b", "a\0b", "~"])
def test_a_name_never_leaves_its_folder(number: str, tmp_path: Path) -> None:
    name = stem(number, "final_report", "no")
    assert (tmp_path / f"{name}.pdf").resolve().parent == tmp_path.resolve()


def test_the_pattern_of_case_numbers_here_is_the_models() -> None:
    accept = TypeAdapter(CaseNumber).validate_python
    for number in ("2026/0158 A-1._b", "TW-K 2026-07", "T 1", "2026/7 b", "Sak 12", "NH-2026/77"):
        assert accept(number) == number


def test_a_name_is_made_of_case_number_kind_language_and_copy(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [report_data({"case.number": "2026/7 b"})])
    run(source, tmp_path / "a", language="sv")
    run(source, tmp_path / "b", copies=True)
    assert set(digests(tmp_path / "a")) == {"2026-7-b_final_report_sv.html"}
    assert set(digests(tmp_path / "b")) == {
        f"2026-7-b_final_report_no_copy{number}.html" for number in (1, 2)
    }


def test_a_copy_tells_its_number_on_every_page(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(1))
    run(source, tmp_path / "out", copies=True, formats=["docx"])
    for number in (1, 2):
        path = tmp_path / "out" / f"2026-0001_final_report_no_copy{number}.docx"
        with ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist() if "footer" in name]
        assert f"Eksemplar {number} av 2".encode() in b"".join(parts)


@pytest.mark.parametrize("numbers", [("A/1", "A-1"), ("A1", "a1"), ("B 2", "B 2"), ("Ø", "ø")])
def test_two_records_of_one_name_are_both_told_and_neither_is_written(
    numbers: tuple[str, str], tmp_path: Path
) -> None:
    records = [report_data({"case.number": number}) for number in (*numbers, "other")]
    done = run(write_lines(tmp_path / "in", records), tmp_path / "out")
    told = {"line 1": ["batch.name"], "line 2": ["batch.name"], "line 3": []}
    assert codes(done) == told
    assert "see line 2" in str(next(item for item in done.items if item.place == "line 1"))
    assert set(digests(tmp_path / "out")) == {"other_final_report_no.html"}


def test_a_record_does_not_take_the_name_that_an_earlier_run_gave_to_another(
    tmp_path: Path,
) -> None:
    def with_number(number: str) -> Path:
        return write_lines(tmp_path / "in", [report_data({"case.number": number})])

    run(with_number("A/1"), tmp_path / "out")
    before = digests(tmp_path / "out")
    for _ in range(2):
        assert codes(run(with_number("A-1"), tmp_path / "out")) == {"line 1": ["batch.name"]}
    assert digests(tmp_path / "out") == before
    assert outcomes(run(with_number("A/1"), tmp_path / "out")) == {
        "A-1_final_report_no": "unchanged"
    }


def test_capitals_are_folded_as_file_systems_do() -> None:
    assert folded("ÅSE-1") == folded("åse-1") == folded("a\u030ase-1")


def test_names_by_number_tell_no_case_number_in_files_messages_or_manifest(
    tmp_path: Path,
) -> None:
    records = [*reports(3), {**reports(1)[0], "status": "draft"}]
    records[3]["case"]["number"] = "2026/0009"
    done = run(write_lines(tmp_path / "in", records), tmp_path / "out", names="sequence")
    assert outcomes(done) == {
        "0000001": "rendered",
        "0000002": "rendered",
        "0000003": "rendered",
        "0000004": "blocked",
    }
    text = (tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8")
    assert "2026" not in text.replace('"due":"2026', "")
    assert "2026" not in str([item.problems for item in done.items])
    assert (tmp_path / "out" / ".planforms.key").stat().st_mode & 0o077 == 0


def test_a_number_is_kept_from_run_to_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    one, two, three = reports(3)
    run(write_lines(tmp_path / "in", [two]), out, names="sequence")
    run(write_lines(tmp_path / "in", [one, two]), out, names="sequence", copies=True)
    two["conclusion"] = "Noe nytt."
    done = run(write_lines(tmp_path / "in", [three, two, one]), out, names="sequence")
    places = {item.place: (item.name, str(item.outcome)) for item in done.items}
    assert places == {
        "line 1": ("0000003", "rendered"),
        "line 2": ("0000001", "rendered"),
        "line 3": ("0000002", "rendered"),
    }
    assert len({line["case"] for line in manifest(out)}) == 3


def test_a_number_is_noted_before_any_file_has_it(tmp_path: Path) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    source = write_lines(tmp_path / "in", reports(3))
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "out", names="sequence", progress=stop)
    numbers = {line["case"]: line["name"] for line in manifest(tmp_path / "out")}
    run(source, tmp_path / "out", names="sequence")
    assert {line["case"]: line["name"] for line in manifest(tmp_path / "out")} == numbers
    assert len(digests(tmp_path / "out")) == len(numbers) == 3


def test_two_records_of_one_case_have_one_number_and_are_both_told(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [*reports(1), *reports(2)])
    done = run(source, tmp_path / "out", names="sequence")
    assert codes(done) == {"line 1": ["batch.name"], "line 2": ["batch.name"], "line 3": []}


@given(st.integers(1, 10**9))
def test_a_number_is_read_from_its_name_again(number: int) -> None:
    assert number_of(numbered(number)) == number_of(f"{numbered(number)}_copy2") == number
    assert number_of(stem(str(number), "final_report", "no")) is None

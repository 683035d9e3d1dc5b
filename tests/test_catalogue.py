"""What there is to choose from, and the JSON schema of the data."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

import planforms as pf
from planforms.models.shapes import Form, resolve
from planforms.models.walking import walk_shapes
from planforms.registry import BUILT_IN, KINDS
from planforms.services import load_service
from tests.commands import call
from tests.generated import data_of
from tests.reports import EXAMPLES, LANGUAGES, SERVICES, report_data


@cache
def validator(kind: str, service: str | None = None) -> Draft202012Validator:
    found = pf.schema(kind, service=service)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=FormatChecker())


def wrong(document: dict[str, Any], service: str | None = None) -> list[str]:
    """Where a document does not agree with the schema of its kind."""
    errors = validator(document["kind"], service).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in errors]


# --- services, choices, labels ----------------------------------------------------------------


def test_services_are_named() -> None:
    assert pf.service_names().keys() == SERVICES.keys()
    assert pf.service_names()["vivirk"] == "ViVirk'R"


def test_the_command_lists_what_the_function_does() -> None:
    answer = call("services", "--json")
    assert json.loads(answer.stdout) == pf.service_names()
    lines = [line.split("\t") for line in call("services").stdout.splitlines()]
    assert dict(lines) == pf.service_names()


def test_choices_are_those_of_the_service_in_its_language() -> None:
    found = pf.choices("case.closure.category", service="hjortmossen")
    assert list(found) == list(load_service("hjortmossen").closures)
    assert found["studies"] == "Studier"
    assert pf.choices("case.closure.category", service="hjortmossen", language="da") != found


def test_a_choice_is_found_by_any_way_of_writing_its_path() -> None:
    role = pf.choices("signatures[].role", service="molde")
    assert role["coach"] == "oppfølgingskontakt"
    assert pf.choices("signatures[0].role", service="molde") == role
    assert pf.choices("signatures.role", service="molde") == role
    assert pf.choices("status", service="vivirk") == {"draft": "Udkast", "final": "Færdig"}


def test_an_ended_measure_is_not_offered(tmp_path: Path) -> None:
    measures = pf.choices("measure.key", service="molde")
    built_in = Path(pf.__file__).parent / "services" / "molde.toml"
    ended = f'ended_measures = ["smia"]\n{built_in.read_text(encoding="utf-8")}'
    (tmp_path / "molde.toml").write_text(ended.replace("logo = ", "# logo = "), encoding="utf-8")
    assert pf.choices("measure.key", service="molde", services=tmp_path).keys() == (
        measures.keys() - {"smia"}
    )
    valid = pf.schema("final_report", service="molde", services=tmp_path)
    assert "smia" in valid["$defs"]["Measure"]["properties"]["key"]["enum"]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_every_kind_has_names(service: str, language: str) -> None:
    for kind in BUILT_IN:
        for path, shape in walk_shapes(KINDS[kind].model):
            if shape.form is Form.CHOICE:
                found = pf.choices(path, service=service, language=language)
                assert all(found.values()), path


@pytest.mark.parametrize(
    ("path", "said"),
    [("conclusion", "is not a choice"), ("nowhere", "no document has such a field")],
)
def test_what_is_no_choice_is_refused(path: str, said: str) -> None:
    with pytest.raises(pf.UsageError, match=said):
        pf.choices(path, service="molde")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BUILT_IN)
def test_every_field_has_a_label(kind: str, language: str) -> None:
    found = pf.labels(kind, language)
    paths = {path for path, _ in walk_shapes(KINDS[kind].model) if not path.endswith("[]")}
    assert found.keys() == paths
    assert all(found.values())
    assert all(resolve(KINDS[kind].model, path) for path in found)


def test_labels_are_in_the_language() -> None:
    assert pf.labels("final_report", "nb-NO")["measure.ended_on"] == "Sluttdato"
    assert pf.labels("final_report", "sv")["measure.ended_on"] == "Slutdatum"


# --- the schema -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_a_model_gives_agrees_with_its_schema(path: Path) -> None:
    document = pf.load(path)
    dumped = document.model_dump(mode="json")
    for service in (None, document.service_key):
        assert wrong(dumped, service) == []
        assert wrong(json.loads(document.model_dump_json(exclude_none=True)), service) == []
    assert pf.load(dumped) == document


@settings(max_examples=10, deadline=None)
@pytest.mark.parametrize("kind", BUILT_IN)
@given(data=st.data())
def test_what_any_document_gives_agrees_with_its_schema(kind: str, data: st.DataObject) -> None:
    document = pf.load(data.draw(data_of(kind)))
    assert wrong(document.model_dump(mode="json")) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"issued_on": "6.11.2026"},
        {"conlcusion": "x"},
        {"status": "done"},
        {"kind": "rights"},
        {"measure.key": "elsewhere"},
        {"extent.planned": 200},
        {"signatures.0.role": "nobody"},
        {"case.consents.0.exchange": ["give", "give", "give"]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_refused_does_not_agree_with_the_schema(changes: dict[str, object]) -> None:
    data = pf.load(report_data()).model_dump(mode="json")
    assert wrong(data, "molde") == []
    assert list(validator("final_report", "molde").iter_errors(changed(data, changes)))


def changed(data: dict[str, Any], changes: dict[str, object]) -> dict[str, Any]:
    """Data with other values at some dotted paths."""
    for place, value in changes.items():
        *parents, last = place.split(".")
        holder: Any = data
        for step in parents:
            holder = holder[int(step) if step.isdigit() else step]
        holder[last] = value
    return data


def test_the_schema_tells_what_forms_need_to_know() -> None:
    found = pf.schema("final_report", service="molde")
    assert found["$id"] == "urn:planforms:final_report:2:molde:no"
    assert found["$schema"].endswith("/2020-12/schema")
    assert found["required"] == ["kind", "language", "case"]
    assert "workplaces" in found["x-needed-paths"]
    measure = found["$defs"]["Measure"]["properties"]["key"]
    assert measure["x-vocabulary"] == "measure" and measure["x-needed"] is True
    assert measure["x-names"]["smia"] == "Smia" and measure["title"] == "Tiltak"
    workplace = found["$defs"]["Workplace"]["properties"]["name"]
    assert workplace["x-guarded"] is True and "x-needed" not in workplace
    assert "protected identity" in workplace["description"]
    role = found["$defs"]["Signature"]["properties"]["role"]
    assert role["x-names"]["coach"] == "oppfølgingskontakt"


def test_without_a_service_no_key_of_a_service_is_demanded() -> None:
    plain = pf.schema("final_report")
    assert plain["$id"] == "urn:planforms:final_report:2"
    measure = plain["$defs"]["Measure"]["properties"]["key"]
    assert "enum" not in measure and "x-names" not in measure
    assert pf.schema("final_report", language="da")["properties"]["issued_on"]["title"] == "Dato"


@pytest.mark.parametrize("kind", BUILT_IN)
def test_every_field_is_described_in_plain_words(kind: str) -> None:
    found = pf.schema(kind)
    parts = [found, *(part for part in found["$defs"].values() if "properties" in part)]
    for part in parts:
        assert part["description"], part["title"]
        for text in (part["description"], *(f["description"] for f in part["properties"].values())):
            assert not any(mark in text for mark in ("``", ":class:", "Attributes:", "  "))
        leaves = [f for f in part["properties"].values() if "$ref" not in str(f)]
        assert all(field["description"] for field in leaves if "const" not in field)


def test_schemas_of_all_kinds_have_names_of_their_own() -> None:
    names = [pf.schema(kind)["$id"] for kind in BUILT_IN]
    assert len(set(names)) == len(BUILT_IN)


def test_the_command_prints_what_the_function_gives() -> None:
    answer = call("schema", "final_report", "--service", "vivirk", "-l", "sv")
    assert json.loads(answer.stdout) == pf.schema("final_report", service="vivirk", language="sv")
    assert json.loads(call("schema", "rights").stdout) == pf.schema("rights")

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from planforms.document import (
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    CheckBox,
    DescriptionList,
    Emphasis,
    FieldType,
    Heading,
    Letterhead,
    List,
    Logo,
    Strong,
    Table,
    Text,
)
from planforms.errors import ProfileError
from planforms.writers.html import to_html
from tests.reading.comparison import first_difference
from tests.reading.html import html_text
from tests.writers.sample import (
    blank,
    document_of,
    entry,
    filled,
    logo,
    option,
    paragraph,
    sample,
    signing_table,
)

HOSTILE = "\"><script>alert('1')</script>&amp; <b>"


def page_of(*blocks: Block) -> HtmlElement:
    return html.document_fromstring(to_html(document_of(*blocks)))


def all_of(page: HtmlElement, path: str) -> list[HtmlElement]:
    return [found for found in page.xpath(path) if isinstance(found, HtmlElement)]


def only(page: HtmlElement, path: str) -> HtmlElement:
    (found,) = all_of(page, path)
    return found


def strings(page: HtmlElement, path: str) -> list[str]:
    return [found for found in page.xpath(path) if isinstance(found, str)]


def style_of(text: str) -> str:
    return text.partition("<style>")[2].partition("</style>")[0]


def test_the_page_says_what_the_document_says() -> None:
    assert first_difference(sample().text(), html_text(to_html(sample()))) is None


def test_the_page_names_its_language_title_and_author() -> None:
    page = html.document_fromstring(to_html(sample()))
    assert page.get("lang") == "nb"
    assert only(page, "//title").text == "Sluttrapport"
    assert only(page, "//meta[@name='author']").get("content") == "Lillevik kommune"
    assert "width=device-width" in only(page, "//meta[@name='viewport']").get("content")


def test_the_policy_allows_exactly_the_style_in_the_page() -> None:
    text = to_html(sample())
    policy = only(html.document_fromstring(text), "//meta[@http-equiv]").get("content")
    digest = base64.b64encode(hashlib.sha256(style_of(text).encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_in_the_page_needs_the_network_or_runs() -> None:
    page = html.document_fromstring(to_html(sample()))
    addresses = strings(page, "//@src | //@href | //@srcset | //@action")
    assert {address.partition(":")[0] for address in addresses} == {"data"}
    assert set(re.findall(r"url\((\w+):", style_of(to_html(sample())))) == {"data"}
    assert page.xpath("//script | //link | //@style | //@*[starts-with(name(), 'on')]") == []


def test_data_cannot_become_markup() -> None:
    table = Table(
        caption=(Text(HOSTILE),),
        widths=(100,),
        head=(Cell((paragraph(HOSTILE),), header=True),),
        rows=((Cell((paragraph(filled("x", HOSTILE)),)),),),
    )
    letterhead = Letterhead(replace(logo(), alt=HOSTILE), (paragraph(HOSTILE),))
    option = paragraph(CheckBox("x", "x", HOSTILE, checked=False))
    values = DescriptionList((entry(HOSTILE, HOSTILE),))
    blocks = (letterhead, option, values, table, signing_table(HOSTILE, HOSTILE))
    document = replace(document_of(*blocks), title=HOSTILE, author=HOSTILE, blocks=blocks)
    page = html.document_fromstring(to_html(document))
    assert page.xpath("//script | //b") == []
    assert first_difference(document.text(), html_text(to_html(document))) is None
    assert only(page, "//img").get("alt") == HOSTILE
    assert only(page, "//title").text == HOSTILE


@pytest.mark.parametrize("accent", ["red", "#12345", "#123456}body{display:none", "#12345g"])
def test_a_colour_cannot_become_style(accent: str) -> None:
    with pytest.raises(ProfileError, match=r"letterhead\.accent"):
        to_html(replace(sample(), accent=accent))


def test_a_page_in_norwegian_stays_small() -> None:
    text = to_html(document_of(paragraph("Blåbær ", Emphasis((Text("og"),)), " Čáhppe")))
    assert len(text.encode()) < 180_000


def test_italics_travel_only_with_a_document_that_has_them() -> None:
    assert "font-style:italic" not in to_html(document_of(paragraph("rett")))
    assert "font-style:italic" in to_html(document_of(paragraph(Emphasis((Text("skrå"),)))))


def test_other_alphabets_travel_only_with_a_document_that_has_them() -> None:
    assert to_html(document_of(paragraph("Łódź"))).count("@font-face") == 2
    assert to_html(document_of(paragraph("Київ"))).count("@font-face") == 4


def test_the_letterhead_is_the_banner_before_the_main_part() -> None:
    body = only(html.document_fromstring(to_html(sample())), "//body")
    assert [child.tag for child in body] == ["header", "main"]
    assert only(body, "header//img").get("alt") == "Lillevik kommune"
    assert len(all_of(body, "main//h1")) == 1


def test_the_running_footer_of_the_paper_is_not_in_the_page() -> None:
    assert "Side " not in html_text(to_html(sample()))


def test_labels_and_values_are_a_description_list() -> None:
    page = page_of(DescriptionList((entry("Navn", "Kari"), entry("Sted", "Lillevik"))))
    pairs = [[part.text_content() for part in group] for group in only(page, "//dl")]
    assert pairs == [["Navn", "Kari"], ["Sted", "Lillevik"]]
    assert [part.tag for part in only(page, "//dl")[0]] == ["dt", "dd"]


def test_a_table_has_its_caption_headers_and_widths() -> None:
    page = html.document_fromstring(to_html(sample()))
    table = only(page, "(//table)[last() - 1]")
    assert [child.tag for child in table] == ["caption", "colgroup", "thead", "tbody"]
    assert table.xpath("thead/tr/th/@scope") == ["col"] * 4
    assert table.xpath("tbody/tr/th/@scope") == ["row"] * 30
    assert table.xpath("colgroup/col/@class") == ["w14", "w46", "w12", "w28"]
    assert ".w46{width:46%}" in style_of(to_html(sample()))


def test_a_wide_table_scrolls_within_a_region_that_the_keyboard_reaches() -> None:
    page = html.document_fromstring(to_html(sample()))
    region = only(page, "(//div[@role='region'])[last() - 1]")
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Oppmøte uke for uke")
    assert [child.tag for child in region] == ["table"]


def test_an_empty_field_offers_as_many_lines_as_it_asks_for_and_no_words() -> None:
    page = page_of(paragraph(blank("Begrunnelse", 4, FieldType.TEXT)))
    lines = only(page, "//*[@class='lines']")
    assert [child.get("class") for child in lines] == ["line"] * 4
    assert lines.text_content() == ""


def test_an_empty_field_within_a_sentence_stands_in_its_line() -> None:
    page = page_of(paragraph("Møtet er ", blank("Dato", kind=FieldType.DATE), " på kontoret."))
    assert only(page, "//main/p").text_content() == "Møtet er  på kontoret."
    assert only(page, "//main/p/span").get("class") == "blank date"


def test_a_value_of_several_lines_keeps_them() -> None:
    page = page_of(paragraph(filled("Adresse", "Strandgata 4\n9999 Lillevik")))
    assert [child.tag for child in only(page, "//main/p")] == ["br"]
    assert html_text(to_html(sample())).count("Per Eksempel\nNAV Lillevik\n") == 1


@pytest.mark.parametrize("kind", [FieldType.DATE, FieldType.NUMBER])
def test_dates_and_numbers_are_never_broken(kind: FieldType) -> None:
    page = page_of(paragraph(filled("x", "12 000", kind)))
    assert only(page, "//*[@class='unbroken']").text_content() == "12 000"


def test_a_check_box_is_a_character_before_its_label() -> None:
    page = page_of(
        paragraph(CheckBox("x", "a", "Arbeid", checked=True)),
        paragraph(CheckBox("x", "b", "Skole", checked=False)),
    )
    assert [p.text_content() for p in all_of(page, "//main/p")] == ["☑ Arbeid", "☐ Skole"]


def test_options_stand_below_one_another_each_with_its_box() -> None:
    one, other = (CheckBox("x", key, label, checked=False) for key, label in ("aA", "bB"))
    page = page_of(paragraph(one, Break(), other, Break(), "fordi"))
    options = all_of(page, "//main/p[@class='option']")
    assert [option.text_content() for option in options] == ["☐ A", "☐ Bfordi"]


@pytest.mark.parametrize(
    ("count", "label", "place"),
    [(9, "Helse", "short"), (13, "Helse", "long"), (2, "a" * 70, "long")],
)
def test_a_choice_stands_beside_its_label_while_its_lines_are_short(
    count: int, label: str, place: str
) -> None:
    box = CheckBox("x", "a", label, checked=False)
    options = (box, *(Break(), box) * (count - 1))
    page = page_of(DescriptionList((entry("Opplysninger", paragraph(*options)),)))
    assert only(page, "//dl/div").get("class") == f"entry {place} choice"


def test_a_list_of_short_lines_stands_beside_its_label() -> None:
    names = filled("x", "\n".join(["Utdanning og arbeid"] * 9))
    page = page_of(DescriptionList((entry("Opplysninger", paragraph(names)),)))
    assert only(page, "//dl/div").get("class") == "entry short"


def test_a_list_of_options_has_its_boxes_for_bullets() -> None:
    page = page_of(List(ordered=False, items=((option("Ja", checked=True),), (option("Nei"),))))
    assert only(page, "//ul").get("class") == "options"


def test_each_row_of_a_signing_table_is_named_by_who_signs() -> None:
    page = page_of(signing_table("Kari Eksempel", "Ola Eksempel"))
    assert [head.text_content() for head in page.xpath("//th[@scope='row']")] == [
        "Deltaker",
        "Veileder",
    ]


def test_strong_and_stressed_words_are_marked_up_as_such() -> None:
    page = page_of(paragraph(Strong((Text("viktig"),)), " og ", Emphasis((Text("sitert"),))))
    assert [only(page, f"//{tag}").text for tag in ("strong", "em")] == ["viktig", "sitert"]


def test_a_box_tells_its_kind() -> None:
    page = page_of(Box(BoxKind.SUMMARY, (Heading(2, (Text("Kort sagt"),)),)))
    assert only(page, "//div[@class='box summary']/h2").text == "Kort sagt"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("x" * 40, [40]),
        ("x" * 41, [40, 1]),
        ("x" * 100, [40, 40, 20]),
        ("x" * 39 + "e\u0301" * 3, [41, 4]),
    ],
)
def test_an_endless_word_may_break_every_forty_letters(word: str, parts: list[int]) -> None:
    written = only(page_of(paragraph("se ", word, " der")), "//main/p")
    assert written.text_content() == f"se {word} der"
    found = [len(part) for part in written.itertext() if part.strip() not in ("se", "der")]
    assert found == parts if len(parts) > 1 else not all_of(written, "wbr")


def test_an_address_is_not_hyphenated() -> None:
    page = page_of(paragraph("Skriv til post@lillevik.test eller les https://lillevik.test/om"))
    assert [span.text for span in all_of(page, "//main//span[@class='whole-word']")] == [
        "post@lillevik.test",
        "https://lillevik.test/om",
    ]


def test_the_picture_in_the_letterhead_is_the_one_that_was_given() -> None:
    given: Logo = logo()
    source = only(page_of(Letterhead(given, ())), "//img").get("src")
    assert base64.b64decode(source.removeprefix("data:image/png;base64,")) == given.png

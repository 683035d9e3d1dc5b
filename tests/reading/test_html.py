from tests.reading.html import html_text


def page(body: str) -> str:
    return f"<!DOCTYPE html><html lang='nb'><head><title>Unread</title></head>{body}</html>"


def test_words_of_one_line_stay_together() -> None:
    body = "<p>Hei <strong>på</strong> de<em>g</em>,\n  og <span>takk</span>.</p>"
    assert html_text(page(body)) == "Hei på deg, og takk."


def test_blocks_and_line_breaks_begin_a_new_line() -> None:
    body = "<h1>Tittel</h1><p>en<br>to</p><dl><div><dt>Navn</dt><dd>Ola</dd></div></dl>"
    assert html_text(page(body)) == "Tittel\nen\nto\nNavn\nOla"


def test_lists_are_numbered_as_a_browser_does() -> None:
    body = "<ol><li>en</li><li><p>to</p><ul><li>x</li></ul></li></ol><ol start='7'><li>syv</ol>"
    assert html_text(page(body)).split() == ["1.", "en", "2.", "to", "•", "x", "7.", "syv"]


def test_an_option_has_its_check_box_for_a_bullet() -> None:
    assert html_text(page("<ul><li><p><span>☐</span> Ja</p></li></ul>")) == "☐ Ja"


def test_tables_are_read_row_by_row() -> None:
    row = "<tr><th scope='row'>Smia</th><td>10</td></tr>"
    body = f"<table><caption>Plasser</caption><thead><tr><th>Tiltak<th>Antall</thead>{row}</table>"
    assert html_text(page(body)).split("\n") == ["Plasser", "Tiltak", "Antall", "Smia", "10"]


def test_a_picture_is_read_by_its_description() -> None:
    assert html_text(page("<p>Fra <img src='x' alt='Molde kommune'></p>")) == "Fra\nMolde kommune"


def test_a_drawing_in_the_page_is_read_by_its_name() -> None:
    drawn = "<svg role='img' aria-label='Penn'><path d='M1 2L3 4'/></svg>"
    assert html_text(page(f"<div>{drawn}<div><p>Skriv</p></div></div>")) == "Penn\nSkriv"


def test_a_place_where_a_word_may_break_is_not_a_gap() -> None:
    assert html_text(page("<p>arbeids<wbr>praksis</p>")) == "arbeidspraksis"
    assert html_text(page(f"<p>{'x<wbr>' * 500}</p>")) == "x" * 500


def test_what_nobody_sees_is_not_read() -> None:
    body = "<p hidden>skjult</p><!-- note --><script>1</script><style>p{}</style><p>synlig</p>"
    assert html_text(page(body)) == "synlig"

import pytest

from tests.reading.comparison import first_difference


@pytest.mark.parametrize(
    ("expected", "read"),
    [
        ("Hei på deg", "Hei\npå   deg\n"),
        ("IFO/AME og 2026-03-02", "IFO/\nAME og 2026-\n03-\n02"),
        ("arbets- och livssituation", "arbets-\noch livssituation"),
        ("x" * 60, "x" * 50 + "\n" + "x" * 10),
        ("arbeidspraksis", "arbeids-\nprak-\nsis"),
        ("arbeids-praksis", "arbeids-\nprak\N{HYPHEN}\nsis"),
        ("\N{LATIN SMALL LETTER A WITH RING ABOVE}", "a\N{COMBINING RING ABOVE}"),
        ("null\u200bbredde", "null\nbredde"),
        ("null\u200bbredde \u200b to", "nullbredde to"),
        ("", ""),
    ],
)
def test_the_same_words_are_the_same(expected: str, read: str) -> None:
    assert first_difference(expected, read) is None


@pytest.mark.parametrize(
    ("expected", "read"),
    [
        ("Hei på deg", "Hei pådeg"),
        ("Hei på deg", "Hei på"),
        ("Hei på", "Hei på deg"),
        ("arbeidspraksis", "arbeids\npraksis"),
        ("IFO/AME", "IFO/ AME"),
        ("arbeidspraksis", "arbeids- praksis"),
        ("arbeidspraksis", "arbeids-praksis"),
        ("IFO", "IF-\nX"),
        ("x" * 60, "x" * 50 + " " + "x" * 10),
        ("en to", "to en"),
        ("IFO/AME", "IFO/"),
        ("null\u200bbredde", "nul\nlbredde"),
    ],
)
def test_other_words_gaps_or_orders_differ(expected: str, read: str) -> None:
    assert first_difference(expected, read) is not None


def test_a_difference_is_told_with_the_words_around_it() -> None:
    told = first_difference("a b c d e f", "a b c x e f")
    assert told == "after “a b c”: expected “d e f”, read “x e f”"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.archive.words import cut, html_unescaped, names, one_line, unescaped


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("By Ana Ruiz and Ben Okoro", ("Ana Ruiz", "Ben Okoro")),
        ("Ana Ruiz (now), Ben Okoro (earlier) and Cleo Marsh", ("Ana Ruiz", "Ben Okoro", "Cleo Marsh")),
        ("Ana Ruiz, Political Editor", ("Ana Ruiz, Political Editor",)),
        ("Von Eva Brandt und Max Stein", ("Eva Brandt", "Max Stein")),
        ("Ana Ruiz; Ben Okoro", ("Ana Ruiz", "Ben Okoro")),
        ("<a href='/x'>Ana&nbsp;Ruiz</a>", ("Ana Ruiz",)),
        ("https://x.example/ana", ()),
        ("", ()),
    ],
)
def test_bylines_become_names(byline: str, found: tuple[str, ...]) -> None:
    assert names([byline]) == found


def test_escapes_are_undone_however_deep() -> None:
    assert unescaped("Tom &amp;amp; Ana&amp;#39;s") == "Tom & Ana's"
    assert unescaped("AT&T and R&D; done") == "AT&T and R&D; done"
    assert html_unescaped("<p>a &amp;quot;b&amp;quot; &amp; c</p>") == "<p>a &quot;b&quot; &amp; c</p>"


def test_one_line_has_no_tags_and_no_controls() -> None:
    assert one_line("<b>The</b>\n gate\u202e is\x00 shut &amp; safe") == "The gate is shut & safe"


@given(st.text(max_size=300), st.integers(2, 50))
def test_cut_never_exceeds(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
    if len(text) <= most:
        assert cut(text, most) == text

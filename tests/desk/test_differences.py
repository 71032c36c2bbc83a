"""Differences between two texts: pure."""

from hypothesis import given
from hypothesis import strategies as st

from stoppress.desk.differences import Piece, pieces

WORDS = st.lists(st.sampled_from(["gate", "wall", "held.", "2,400", "ö", "\n", " "]), max_size=30).map(
    " ".join
)


def test_words_are_compared_not_letters() -> None:
    assert pieces("2,400 people", "4,200 people") == [
        Piece("gone", "2,400"),
        Piece("new", "4,200"),
        Piece("same", " people"),
    ]


def test_equal_texts_have_no_pieces() -> None:
    assert pieces("The same.", "The same.") == []


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_pieces(older: str, newer: str) -> None:
    parts = pieces(older, newer)
    if older == newer:
        assert parts == []
        return
    assert "".join(part.text for part in parts if part.kind != "gone") == newer
    assert "".join(part.text for part in parts if part.kind != "new") == older


def test_a_long_unchanged_stretch_is_cut_to_what_stands_next_to_a_change() -> None:
    middle = " ".join(f"w{number}" for number in range(300))
    parts = pieces(f"{middle} old {middle}", f"{middle} new {middle}")
    assert [part.kind for part in parts] == ["same", "gone", "new", "same"]
    assert parts[0].text.startswith("…")
    assert parts[0].text.endswith("w299 ")
    assert parts[-1].text.endswith("…")
    assert len(parts[0].text) < 200

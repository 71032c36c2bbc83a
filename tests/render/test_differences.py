"""Differences in words: they lead from one text to the other, and read as a person would have marked them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.lib import limits
from stoppress.render.annotations import Quote, quotes
from stoppress.render.differences import Change, applied, changes, pieces, tokens

WORDS = st.lists(
    st.sampled_from(
        ["the", "gate", "is", "shut", "two", "metres.", "(3.1", "m)", "\n", " ", "  ", "—", "e\u0301", "🇺🇦"]
    ),
    max_size=30,
)
TEXTS = WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=40)


def told(older: str, newer: str) -> str:
    """As an editor would write it: -taken out- +put in+."""
    marks = {"same": "", "gone": "-", "new": "+"}
    return "".join(
        f"{marks[piece.kind]}{piece.text}{marks[piece.kind]}"
        for piece in pieces(older, changes(older, newer))
    )


@given(TEXTS, TEXTS)
def test_the_older_text_with_its_changes_is_the_newer(older: str, newer: str) -> None:
    found = changes(older, newer)
    assert applied(older, found) == newer
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert bool(found) == (older != newer)


@given(TEXTS)
def test_tokens_together_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("older", "newer", "marked"),
    [
        ("Two metres.", "Three metres.", "-Two-+Three+ metres."),
        ("It is 3,100 m.", "It is 3,200 m.", "It is -3,100-+3,200+ m."),
        ("The gate is shut.", "The north gate is shut.", "The +north +gate is shut."),
        ("The gate is shut now.", "The gate is shut.", "The gate is shut- now-."),
        ("a\nb\nc", "a\nB\nc", "a\n-b-+B+\nc"),
        (
            "All boats stay in port",
            "No ferries stay in harbour",
            "-All boats-+No ferries+ stay in -port-+harbour+",
        ),
        ("red one blue", "green one black", "-red one blue-+green one black+"),
        ("", "New words.", "+New words.+"),
        ("a  b c", "a b c", "a - -b c"),
        (
            "Quay Street and the fish market are closed, and the port asks all to stay off the pier.",
            "Quay Street is closed; the port asks all to stay off the pier.",
            "Quay Street -and the fish market are closed, and-+is closed;+ the port asks all to stay off the pier.",
        ),
        ("“Shut,” she said", "“Open,” she said", "“-Shut-+Open+,” she said"),
    ],
)
def test_differences_read_well(older: str, newer: str, marked: str) -> None:
    assert told(older, newer) == marked


def test_no_word_is_cut_in_two() -> None:
    assert told("Portside is closed", "Portsmouth is closed") == "-Portside-+Portsmouth+ is closed"


def test_a_line_among_many_costs_little() -> None:
    lines = [f"Line {number} of a very long post, with words in it." for number in range(800)]
    older, newer = "\n".join(lines), "\n".join([*lines[:400], "A new line.", *lines[400:]])
    assert len(changes(older, newer)) == 1


@pytest.mark.parametrize("older", ["a " * 20_000, "ab ba " * 5_000, "x\n" * 5_000])
def test_what_would_cost_much_is_one_change(older: str) -> None:
    newer = older[::-1].upper() + "end"
    before = time.process_time()
    found = changes(older, newer)
    assert time.process_time() - before < 2
    assert applied(older, found) == newer
    assert len(found) == 1


# --- quotes -------------------------------------------------------------------------------------------


def replayed(text: str, found: tuple[Quote, ...]) -> str:
    """The text after the quoted changes, made as a stranger would: each quote looked for in the old text."""
    made = []
    for quote in found:
        around = quote.prefix + quote.exact + quote.suffix
        assert text.count(around) == 1
        start = text.index(around) + len(quote.prefix)
        made.append(Change(start, start + len(quote.exact), quote.words))
    return applied(text, sorted(made, key=lambda change: change.start))


@given(TEXTS, TEXTS)
def test_quotes_are_found_in_one_place_and_lead_to_the_newer_text(older: str, newer: str) -> None:
    found = quotes(older, newer)
    assert replayed(older, found) == newer
    if older.strip():
        assert all(quote.exact.strip() for quote in found)


def test_a_quote_takes_as_much_along_as_makes_it_unique() -> None:
    older = "The gate is shut. " * 10
    newer = older.replace("shut", "open", 1)
    (quote,) = quotes(older, newer)
    assert (quote.exact, quote.words, quote.prefix) == ("shut", "open", "The gate is ")
    assert len(quote.suffix) > limits.QUOTE_CHARS


def test_put_in_words_take_a_neighbour_along() -> None:
    (quote,) = quotes("The gate is shut.", "The north gate is shut.")
    assert (quote.exact, quote.words) == ("The ", "The north ")


def test_quotes_of_a_text_that_repeats_itself_stay_small() -> None:
    older = "shut " * 3_000
    newer = " ".join("open" if number % 50 == 0 else "shut" for number in range(3_000)) + " "
    found = quotes(older, newer)
    assert sum(len(quote.prefix) + len(quote.suffix) for quote in found) <= 2 * len(older)
    assert replayed(older, found) == newer

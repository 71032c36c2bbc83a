"""What a search is asked and how what it found is shown: pure functions, whatever is typed and written."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from stoppress.edge.asked import FIELDS, Asked, asked
from stoppress.edge.snippet import marked, snippet
from stoppress.lib import limits
from stoppress.lib.folding import words_apart

_MARK = re.compile(r"</?mark>")
typed = st.text(max_size=60)


@given(text=typed, words=typed)
def test_marks_add_nothing_to_the_text(text: str, words: str) -> None:
    html = marked(text, words_apart(words))
    assert "<" not in _MARK.sub("", html)
    plain = _MARK.sub("", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == text


@given(text=st.text(max_size=900), words=typed)
def test_a_snippet_is_bounded(text: str, words: str) -> None:
    shown = unescape(_MARK.sub("", snippet(text, words_apart(words))))
    assert len(shown) <= limits.FOUND_SNIPPET_CHARS + 4


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=300)))
def test_what_was_asked_can_be_asked_again(fields: dict[str, str]) -> None:
    one = asked(fields)
    again = asked(dict(parse_qsl(urlsplit(one.path(one.page)).query)))
    assert again == one
    assert len(one.words) <= limits.SEARCH_WORDS
    assert all(re.fullmatch(r"[^\W_]+", word) for word in one.words)


def test_days_are_of_the_titles_calendar() -> None:
    day = Asked(since=date(2026, 3, 29), until=date(2026, 3, 29))
    assert day.after("Europe/Kyiv") == "2026-03-28 21:59:59.999999+00"
    assert day.before("Europe/Kyiv") == "2026-03-29 20:59:59.999999+00"  # that day has 23 hours


def test_a_snippet_begins_shortly_before_what_was_found() -> None:
    text = "Far away " * 60 + "the Sluice was shut. " + "And on " * 60
    assert "<mark>Sluice</mark>" in snippet(text, ["sluic"])
    assert snippet(text, ["sluic"]).startswith("… ")
    assert snippet("Short.", []) == "Short."

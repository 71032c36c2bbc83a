"""A post's history, the lines of the correction log, and the same as Web Annotations."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.document.strategies import PATIENT, documents, texts
from tests.liveblogs.newsdesk import paragraphs
from tests.render.elements import Elements
from tests.render.test_differences import replayed

from stoppress.document.schema import Document
from stoppress.render.annotations import Quote, annotation_items
from stoppress.render.corrections import correction_lines, withdrawal_line
from stoppress.render.facts import (
    BlogFacts,
    CorrectionFacts,
    HistoryFacts,
    PostFacts,
    RevisionFacts,
    SiteFacts,
    TombstoneFacts,
)
from stoppress.render.history import history_html, version_text

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
LATER = timedelta(minutes=10)
BLOG = BlogFacts(
    site=SiteFacts("https://gazette.example", "Gazette"),
    slug="surge",
    headline="Storm surge",
    standfirst="",
    status="live",
    timezone="Europe/Kyiv",
    language="en",
)
POST_ID = "06f2k9a1xq8v3zt0m4hd"
# Of https://www.w3.org/TR/annotation-model/, what is used here; nothing else may stand there.
SCHEMA = {
    "type": "object",
    "required": ["id", "type", "motivation", "created", "body", "target"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"const": "editing"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$"},
        "creator": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["type", "name"],
                "additionalProperties": False,
                "properties": {"type": {"const": "Person"}, "name": {"type": "string", "minLength": 1}},
            },
        },
        "body": {
            "type": "object",
            "required": ["type", "value", "format", "language", "purpose"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "format": {"const": "text/plain"},
                "language": {"type": "string"},
                "purpose": {"enum": ["editing", "commenting"]},
            },
        },
        "target": {
            "type": "object",
            "required": ["source", "state"],
            "additionalProperties": False,
            "properties": {
                "source": {"type": "string", "pattern": "^https://gazette.example/live/surge/posts/"},
                "state": {
                    "type": "object",
                    "required": ["type", "sourceDate", "version"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TimeState"},
                        "sourceDate": {"type": "string"},
                        "version": {"type": "integer", "minimum": 1},
                    },
                },
                "selector": {
                    "type": "object",
                    "required": ["type", "exact", "prefix", "suffix"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string"},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                },
            },
        },
    },
}


def version(number: int, document: Document, headline: str = "", **more: object) -> RevisionFacts:
    facts = RevisionFacts(number, headline, "", ("Marit Oldenkamp",), document, AT + LATER * (number - 1))
    return replace(facts, **more)  # type: ignore[arg-type]  # fields of its own


def said(*texts: str) -> HistoryFacts:
    return HistoryFacts(tuple(version(number, paragraphs(text)) for number, text in enumerate(texts, 1)))


def post_of(history: HistoryFacts, *notes: CorrectionFacts) -> PostFacts:
    """The post whose newest version is the last one."""
    newest = history.versions[-1]
    return PostFacts(
        id=POST_ID,
        headline=newest.headline,
        dateline=newest.dateline,
        byline=newest.byline,
        document=newest.document,
        key_event=False,
        summary=False,
        revision=newest.number,
        first_published_at=AT,
        last_changed_at=newest.at,
        corrections=notes,
    )


def shown(history: HistoryFacts, *notes: CorrectionFacts) -> str:
    return history_html(post_of(history, *notes), history, "Europe/Kyiv", "en")


class Marked(HTMLParser):
    """The words of each difference as an editor would write them: -out- +in+. Hidden words are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag == "span" and ("class", "for-listeners") in attrs
        self.text += {"del": "-", "ins": "+", "p": "|"}.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "span" and self.hidden > 0
        self.text += {"del": "-", "ins": "+"}.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def test_a_post_that_never_changed_has_no_history() -> None:
    assert shown(said("The gate is shut.")) == ""


def test_the_newest_version_is_first_and_says_what_changed_in_it() -> None:
    html = shown(said("Two metres.", "Three metres.", "Three metres at noon."))
    assert html.count('<li class="version">') == 3
    marked = Marked(html).text
    assert (
        marked.index("|Three metres+ at noon+.")
        < marked.index("|-Two- +Three+ metres.")
        < marked.index("|Two metres.")
    )


def test_listeners_are_told_in_words() -> None:
    text = Elements(shown(said("Two metres.", "Three metres."))).text
    assert "[taken out: Two] [put in: Three] metres." in text


def test_a_correction_stands_with_its_version() -> None:
    history = said("Two metres.", "Three metres.")
    html = shown(history, CorrectionFacts("It was three & not two.", AT + LATER, 2))
    newest, oldest = html.split('<li class="version">')[1:]
    assert "It was three &amp; not two." in newest
    assert "Corrected" in newest
    assert "First published" in oldest
    assert "Correction" not in oldest


def test_a_correction_without_a_version_of_its_own_stands_with_the_one_in_force() -> None:
    note = CorrectionFacts("The photo was older.", AT + 3 * LATER, 0)
    html = shown(said("The photo."), note)
    assert "The photo was older." in html
    assert '<time datetime="2026-11-22T18:35:00Z"' in html


def test_who_wrote_a_version_is_printed_as_then() -> None:
    one, two = said("One.", "Two.").versions
    html = shown(HistoryFacts((one, replace(two, byline=("Ana & Co",)))))
    assert html.index("Ana &amp; Co") < html.index("Marit Oldenkamp")


def test_pictures_are_told_and_not_shown() -> None:
    picture = Document(
        {
            "type": "doc",
            "content": [
                {"type": "image", "attrs": {"src": "/media/0123456789abcdefghjk/480.webp", "alt": "A gate"}}
            ],
        }
    )
    there = shown(HistoryFacts((version(1, picture), version(2, paragraphs("No picture.")))))
    back = shown(HistoryFacts((version(1, paragraphs("x")), version(2, picture))))
    assert "A picture was taken out." in there
    assert "A picture was put in." in back
    assert "/media/" not in there + back


def test_a_change_of_form_alone_is_said() -> None:
    assert "No words changed" in shown(said("Same.", "Same."))


def test_many_versions_are_counted() -> None:
    history = replace(said("One.", "Two."), left_out=7)
    assert "not shown one by one: 7." in shown(history)


def test_an_imported_change_without_its_words_is_no_claim_that_nothing_changed() -> None:
    history = said("It says now.")
    post = replace(post_of(history), last_changed_at=AT + LATER)
    assert "not kept here" in history_html(post, history, "UTC", "en")


def test_long_unchanged_stretches_are_cut() -> None:
    same = "word " * 200
    html = shown(said(f"{same}two.", f"{same}three."))
    newest = html.split('<li class="version">')[1]
    assert len(newest) < 900
    assert " … " in newest


@pytest.mark.long
@PATIENT
@given(documents(), documents(), texts(), texts())
def test_no_words_become_markup(one: Document, two: Document, headline: str, note: str) -> None:
    history = HistoryFacts((version(1, one, headline), version(2, two)))
    tags = {tag for tag, _ in Elements(shown(history, CorrectionFacts(note, AT + LATER, 2))).tags}
    assert tags <= {"p", "del", "ins", "ol", "li", "h3", "span", "time", "div", "strong", "bdi"}


LINES = st.lists(st.sampled_from(["two", "metres", "gate", "<b>", "is", "shut."]), min_size=1, max_size=9)


@given(LINES, LINES)
def test_without_what_was_put_in_it_is_the_older_text_and_the_other_way_round(
    one: list[str], two: list[str]
) -> None:
    newest = shown(said(" ".join(one), " ".join(two))).split('<li class="version">')[1].split('"words">')[1]
    if one != two:
        marked = Marked(newest).text.lstrip("|")
        assert re.sub(r"\+[^+]*\+", "", marked).replace("-", "").split() == one
        assert re.sub(r"-[^-]*-", "", marked).replace("+", "").split() == two


# --- correction log ---------------------------------------------------------------------------------


def test_a_line_names_the_post_and_leads_to_what_changed() -> None:
    history = said("Two metres.", "Three metres.")
    post = post_of(history, CorrectionFacts("It was three.", AT + LATER, 2))
    (line,) = correction_lines(post, BLOG)
    assert line.at == AT + LATER
    assert f'<a href="/live/surge/posts/{POST_ID}">Three metres.</a>' in line.html
    assert f'<a href="/live/surge/posts/{POST_ID}/history">' in line.html
    assert "It was three." in line.html


def test_a_post_without_words_is_named_by_its_time() -> None:
    history = HistoryFacts((version(1, Document({"type": "doc", "content": [{"type": "paragraph"}]})),))
    (line,) = correction_lines(post_of(history, CorrectionFacts("Wrong picture.", AT)), BLOG)
    assert ">Post of 22 November 2026, 20:05 EET</a>" in line.html


def test_the_line_of_a_withdrawn_post_has_its_reason() -> None:
    line = withdrawal_line(TombstoneFacts(POST_ID, AT, AT + LATER, "Not <confirmed>."), BLOG)
    assert line.at == AT + LATER
    assert "Not &lt;confirmed&gt;." in line.html
    assert "/history" not in line.html


# --- annotations ------------------------------------------------------------------------------------


def items(history: HistoryFacts, *notes: CorrectionFacts) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(f"[{annotation_items(post_of(history, *notes), history, BLOG)}]")
    return found


def test_a_change_quotes_the_old_words_and_says_the_new() -> None:
    (one,) = items(said("The water stood at two metres.", "The water stood at three metres."))
    assert one["motivation"] == "editing"
    assert one["creator"] == [{"type": "Person", "name": "Marit Oldenkamp"}]
    assert one["created"] == "2026-11-22T18:15:00Z"
    assert one["body"]["value"] == "three"
    assert one["target"] == {
        "source": f"https://gazette.example/live/surge/posts/{POST_ID}",
        "state": {"type": "TimeState", "sourceDate": "2026-11-22T18:05:00Z", "version": 1},
        "selector": {
            "type": "TextQuoteSelector",
            "exact": "two",
            "prefix": "The water stood at ",
            "suffix": " metres.",
        },
    }


def test_a_correction_is_an_annotation_of_the_version_it_came_with() -> None:
    found = items(said("Two.", "Three."), CorrectionFacts("Three, not two.", AT + LATER, 2))
    assert found[-1]["body"] == {
        "type": "TextualBody",
        "value": "Three, not two.",
        "format": "text/plain",
        "language": "en",
        "purpose": "commenting",
    }
    assert found[-1]["target"]["state"]["version"] == 2


def test_a_post_that_never_changed_has_none() -> None:
    assert annotation_items(post_of(said("One.")), said("One."), BLOG) == ""


@pytest.mark.long
@PATIENT
@given(st.lists(st.tuples(documents(), texts()), min_size=1, max_size=4), texts())
def test_replayed_over_the_first_version_they_give_the_present_text(
    contents: list[tuple[Document, str]], note: str
) -> None:
    history = HistoryFacts(
        tuple(version(number, document, headline) for number, (document, headline) in enumerate(contents, 1))
    )
    found = items(history, CorrectionFacts(note, AT, 1))
    validator = Draft202012Validator(SCHEMA)
    text = version_text(history.versions[0])
    for before in history.versions[:-1]:
        quoted = [
            Quote(
                **{name: one["target"]["selector"][name] for name in ("exact", "prefix", "suffix")},
                words=str(one["body"]["value"]),
            )
            for one in found
            if "selector" in one["target"] and int(one["target"]["state"]["version"]) == before.number
        ]
        text = replayed(text, tuple(quoted))
    assert text == version_text(history.versions[-1])
    for annotation in found:
        validator.validate(annotation)
    assert len({str(one["id"]) for one in found}) == len(found)

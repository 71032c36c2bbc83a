"""A post's bytes: what the script, the style sheet and listeners rely on; and that nothing in them is markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.render.elements import Elements

from stoppress.document.schema import Document
from stoppress.lib.languages import words_in
from stoppress.render.facts import CorrectionFacts, PostFacts, TombstoneFacts
from stoppress.render.post import credit_html, post_html, tombstone_html

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
ENGLISH = words_in("en")
POST = PostFacts(
    id="06f2k9a1xq8v3zt0m4hd",
    headline="The gate is shut",
    dateline="Hael Barrier",
    byline=("Marit Oldenkamp", "Tomas Reker"),
    document=Document(
        {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "At last."}]}]}
    ),
    key_event=False,
    summary=False,
    revision=1,
    first_published_at=AT,
    last_changed_at=AT,
)


def rendered(post: PostFacts = POST) -> Elements:
    return Elements(post_html(post, "surge", "Europe/Kyiv", "en"))


def gone(reason: str = "It was not true.") -> Elements:
    tombstone = TombstoneFacts(POST.id, AT, AT + timedelta(minutes=9), reason)
    return Elements(tombstone_html(tombstone, "surge", "Europe/Kyiv", "en"))


def test_the_element_is_what_the_script_looks_for() -> None:
    tag, attrs = rendered().tags[0]
    assert tag == "article"
    assert attrs == {
        "class": "post",
        "id": f"post-{POST.id}",
        "data-post": POST.id,
        "role": "article",
        "tabindex": "-1",
        "aria-labelledby": f"post-{POST.id}-label",
    }


def test_a_tombstone_is_the_same_element() -> None:
    assert gone().tags[0][1] == {**rendered().tags[0][1], "class": "post withdrawn"}


def test_marks_are_classes_and_words() -> None:
    page = rendered(replace(POST, key_event=True, summary=True))
    assert page.tags[0][1]["class"] == "post key-event summary"
    assert "Key event, Summary" in page.text


def test_the_label_is_there_with_and_without_a_headline() -> None:
    for page in (rendered(), rendered(replace(POST, headline="")), gone()):
        assert page.tags[0][1]["aria-labelledby"] in page.ids()
        assert len(page.ids()) == len(set(page.ids()))


def test_every_post_has_one_heading_of_the_second_level() -> None:
    for page in (rendered(), rendered(replace(POST, headline="")), gone()):
        assert [tag for tag, _ in page.tags if tag in {"h1", "h2"}] == ["h2"]


def test_the_first_time_is_that_of_first_publication() -> None:
    changed = replace(
        POST,
        last_changed_at=AT + timedelta(hours=1),
        corrections=(CorrectionFacts("It was gate four.", AT + timedelta(hours=1)),),
    )
    for page in (rendered(changed), gone()):
        first = next(attrs for tag, attrs in page.tags if tag == "time")
        assert first["datetime"] == "2026-11-22T18:05:00Z"
        assert first["data-zone"] == "Europe/Kyiv"


def test_the_permalink_is_a_path_of_its_own() -> None:
    (link,) = rendered().with_class("permalink")
    assert link["href"] == f"/live/surge/posts/{POST.id}"


def test_the_time_is_the_events_and_says_so() -> None:
    assert "20:05 EET 22 November 2026" in rendered().text


def test_an_unchanged_post_says_nothing_of_updates() -> None:
    assert "Updated" not in rendered().text


def test_an_update_of_the_same_day_says_when() -> None:
    page = rendered(replace(POST, last_changed_at=AT + timedelta(minutes=12)))
    assert "Updated at 20:17 EET" in page.text


def test_an_update_of_another_day_there_says_which() -> None:
    # 22:10 UTC is ten past midnight in Kyiv.
    page = rendered(replace(POST, last_changed_at=AT.replace(hour=22, minute=10)))
    assert "Updated at 23 November 2026, 00:10 EET" in page.text


def test_corrections_stand_in_order_with_their_times() -> None:
    corrections = tuple(
        CorrectionFacts(words, AT + timedelta(minutes=minutes))
        for minutes, words in ((5, "One."), (9, "Two."))
    )
    page = rendered(replace(POST, corrections=corrections))
    assert len(page.with_class("correction")) == 2
    assert "Correction 20:10 EET One.Correction 20:14 EET Two." in page.text


def test_a_tombstone_says_when_and_why_and_no_more() -> None:
    assert gone().text == (
        "20:05 EET 22 November 2026WithdrawnThis post was withdrawn on 22 November 2026, 20:14 EET."
        "It was not true."
    )
    assert gone("").text.endswith("EET.")


def test_positions_in_the_feed_are_not_in_the_bytes() -> None:
    html = post_html(POST, "surge", "Europe/Kyiv", "en")
    assert "aria-posinset" not in html
    assert "style=" not in html


def test_names_are_joined_as_people_are() -> None:
    assert credit_html((), ENGLISH) == ""
    assert credit_html(("A",), ENGLISH) == "<bdi>A</bdi>"
    assert credit_html(("A", "B"), ENGLISH) == "<bdi>A</bdi> and <bdi>B</bdi>"
    assert credit_html(("A", "B", "{C} & D"), ENGLISH) == (
        "<bdi>A</bdi>, <bdi>B</bdi> and <bdi>{C} &amp; D</bdi>"
    )


@given(
    st.text(min_size=1), st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1, max_size=3), st.text()
)
def test_no_words_become_markup(headline: str, dateline: str, byline: list[str], correction: str) -> None:
    post = replace(
        POST,
        headline=headline,
        dateline=dateline,
        byline=tuple(byline),
        corrections=(CorrectionFacts(correction, AT),),
    )
    plain = rendered(replace(post, headline="h", dateline="d", byline=("b",) * len(byline)))
    assert rendered(post).shape() == plain.shape()


@given(st.text(min_size=1))
def test_no_reason_becomes_markup(reason: str) -> None:
    assert gone(reason).shape() == gone("why").shape()

"""Posts over the API: written, looked at, changed, withdrawn."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.api.caller import BASE, POSTS, Caller, Reply, caller, open_surge
from tests.liveblogs.newsdesk import paragraphs
from tests.people import People

from stoppress.lib import clock
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.models import Correction, Event, PagePost, Post

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def editor(people: People) -> Caller:
    by = people("editor")
    open_surge(by)
    return caller(by)


def test_a_post_is_published(editor: Caller) -> None:
    reply = editor.post(
        POSTS,
        {
            "headline": "Gate shut",
            "markdown": "The **harbour gate** is shut.",
            "key_event": True,
            "summary": True,
            "dateline": "Port Verrin",
            "byline": ["Ada Holm", "Ben Roe"],
        },
    )
    assert reply.status == 201
    assert set(reply.json) == {"id", "seq", "url", "revision", "state"}
    assert reply["url"] == f"http://testserver/live/surge/posts/{reply['id']}"
    assert reply.header("Location") == f"http://testserver{POSTS}/{reply['id']}"
    assert reply.header("ETag") == '"1"'
    row = PagePost.objects.get()
    assert row.changed_seq == reply["seq"]
    assert "<strong>harbour gate</strong>" in row.html
    post = editor.look(reply["id"])
    assert (post["headline"], post["dateline"], post["byline"]) == (
        "Gate shut",
        "Port Verrin",
        ["Ada Holm", "Ben Roe"],
    )
    assert (post["state"], post["key_event"], post["summary"]) == ("published", True, True)


def test_a_document_instead_of_markdown(editor: Caller) -> None:
    root = paragraphs("One.", "Two.").root
    written = editor.post(POSTS, {"document": root})
    assert written.status == 201
    assert editor.look(written["id"])["document"] == root


def test_a_byline_may_be_one_name_and_defaults_to_the_writer(editor: Caller) -> None:
    assert editor.look(editor.publish(byline="Ada Holm")["id"])["byline"] == ["Ada Holm"]
    assert editor.look(editor.publish()["id"])["byline"] == ["Editor One"]


def test_drafts_are_saved_and_published(editor: Caller) -> None:
    draft = editor.publish("First words.", draft=True)
    assert (draft["state"], PagePost.objects.count()) == ("draft", 0)
    path = f"{POSTS}/{draft['id']}"
    saved = editor.patch(path, {"markdown": "Better words.", "key_event": True}, If_Match='"1"')
    assert (saved.status, saved["revision"], saved["state"]) == (200, 2, "draft")
    assert PagePost.objects.count() == 0
    shown = editor.patch(path, {"headline": "Now", "draft": False})
    assert (shown["state"], shown["revision"], shown.header("ETag")) == ("published", 3, '"3"')
    assert "Better words." in PagePost.objects.get().html
    assert editor.look(draft["id"])["key_event"] is True


def test_scheduled_posts(editor: Caller) -> None:
    soon, later = (rfc3339(clock.now() + timedelta(hours=hours)) for hours in (1, 2))
    put_off = editor.publish(publish_at=soon)
    path = f"{POSTS}/{put_off['id']}"
    assert (put_off["state"], editor.look(put_off["id"])["publish_at"]) == ("scheduled", soon)
    assert editor.patch(path, {"publish_at": later})["state"] == "scheduled"
    assert editor.look(put_off["id"])["publish_at"] == later
    assert editor.patch(path, {"publish_at": None})["state"] == "draft"
    assert editor.patch(path, {"publish_at": None})["state"] == "draft"
    assert editor.patch(path, {"publish_at": soon})["state"] == "scheduled"
    assert editor.patch(path, {"draft": False})["state"] == "published"
    assert editor.look(put_off["id"])["publish_at"] is None


def test_an_earlier_place_in_the_order_of_the_day(editor: Caller) -> None:
    post = editor.publish(first_published_at="2026-11-01T20:05:00.123456+02:00")
    assert editor.look(post["id"])["first_published_at"] == "2026-11-01T18:05:00.123Z"


def test_amending_keeps_what_was_not_sent(editor: Caller) -> None:
    post = editor.publish("Old text.", headline="Head", dateline="Quay", byline=["Ada Holm"])
    changed = editor.patch(f"{POSTS}/{post['id']}", {"markdown": "New text."})
    assert (changed.status, changed["revision"], changed["seq"]) == (
        200,
        2,
        PagePost.objects.get().changed_seq,
    )
    now = editor.look(post["id"])
    assert (now["headline"], now["dateline"], now["byline"]) == ("Head", "Quay", ["Ada Holm"])
    assert now["corrections"] == []
    assert "New text." in PagePost.objects.get().html


def test_row_32_a_post_has_a_language_of_its_own(editor: Caller) -> None:
    reply = editor.post(POSTS, {"markdown": "بلغت المياه الرصيف.", "language": "ar"})
    html = '<div class="post-body" lang="ar" dir="rtl">'
    assert html in PagePost.objects.get().html
    editor.patch(f"{POSTS}/{reply['id']}", {"headline": "المياه", "markdown": "انحسرت المياه."})
    assert html in PagePost.objects.get().html  # what was not sent is kept
    assert editor.look(reply["id"])["document"]["attrs"] == {"language": "ar"}
    assert editor.patch(f"{POSTS}/{reply['id']}", {"language": ""}).status == 200
    assert " lang=" not in PagePost.objects.get().html
    refused = editor.post(POSTS, {"markdown": "x", "language": "Arabic, I think"})
    assert (refused.status, "language tag" in refused["detail"]) == (422, True)


def test_a_correction_is_public(editor: Caller) -> None:
    post = editor.publish("Two are hurt.")
    note = "An earlier version said two were hurt; it was one."
    changed = editor.patch(f"{POSTS}/{post['id']}", {"markdown": "One is hurt.", "correction": note})
    told = editor.look(post["id"])["corrections"]
    assert [(each["text"], each["revision"]) for each in told] == [(note, 2)]
    assert Correction.objects.get().text == note
    assert note in PagePost.objects.get().html
    assert changed["revision"] == 2


def test_marks_change_without_a_revision(editor: Caller) -> None:
    post = editor.publish()
    changed = editor.patch(f"{POSTS}/{post['id']}", {"key_event": True})
    assert (changed["revision"], editor.look(post["id"])["key_event"]) == (1, True)
    assert editor.patch(f"{POSTS}/{post['id']}", {"key_event": False, "summary": True})["revision"] == 1
    now = editor.look(post["id"])
    assert (now["key_event"], now["summary"]) == (False, True)


def test_nothing_asked_is_nothing_done(editor: Caller) -> None:
    post = editor.publish()
    events = Event.objects.count()
    same = editor.patch(f"{POSTS}/{post['id']}", {})
    assert (same.status, same["revision"], same["state"]) == (200, 1, "published")
    assert Event.objects.count() == events


def test_all_of_a_change_or_nothing(editor: Caller) -> None:
    post = editor.publish("Old text.")
    refused = editor.patch(f"{POSTS}/{post['id']}", {"markdown": "New text.", "draft": True})
    assert refused.status == 409
    assert (Post.objects.get().revision, "Old text." in PagePost.objects.get().html) == (1, True)


@pytest.mark.parametrize(
    ("match", "status"),
    [
        ('"1"', 200),
        ("*", 200),
        ('"7", "1"', 200),
        ("1", 200),
        ("", 200),
        ('"2"', 412),
        ('"0"', 412),
        ('W/"1"', 412),
        ('W/"1", "2"', 412),
        ('"x"', 412),
        ("one", 400),
        ('"1', 400),
        (",", 400),
        (", ".join(['"9"'] * 30), 400),
    ],
)
def test_if_match(editor: Caller, match: str, status: int) -> None:
    post = editor.publish()
    path = f"{POSTS}/{post['id']}"
    for body in ({"markdown": "New text."}, {"key_event": True}):
        reply = editor.patch(path, body, If_Match=match)
        assert reply.status == status
        if status == 412:
            assert (reply["current_revision"], reply.header("ETag")) == (1, '"1"')
        if status != 200:
            assert Post.objects.get().revision == 1
        else:
            break


def test_the_second_of_two_writers_is_told(editor: Caller) -> None:
    path = f"{POSTS}/{editor.publish()['id']}"
    seen = editor.get(path).header("ETag")
    assert editor.patch(path, {"markdown": "Mine."}, If_Match=seen).status == 200
    late = editor.patch(path, {"markdown": "Yours."}, If_Match=seen)
    assert (late.status, late["current_revision"]) == (412, 2)
    merged = editor.patch(path, {"markdown": "Ours."}, If_Match=late.header("ETag"))
    assert (merged.status, merged["revision"]) == (200, 3)


def test_a_withdrawn_post_has_no_text_left(editor: Caller) -> None:
    post = editor.publish("CANARY text", headline="CANARY headline", dateline="CANARY place")
    editor.patch(f"{POSTS}/{post['id']}", {"markdown": "CANARY 2", "correction": "CANARY note"})
    gone = editor.post(f"{POSTS}/{post['id']}/withdraw", {"reason": "The caller was not there."})
    assert (gone.status, gone["state"], gone["seq"]) == (200, "withdrawn", PagePost.objects.get().changed_seq)
    told = editor.look(post["id"])
    assert (told["state"], told["document"], told["withdrawn_reason"]) == (
        "withdrawn",
        None,
        "The caller was not there.",
    )
    for reply in (
        editor.get(f"{POSTS}/{post['id']}"),
        editor.get(POSTS),
        editor.get(f"{BASE}/liveblogs/surge"),
    ):
        assert b"CANARY" not in reply.raw.content
    assert editor.post(f"{POSTS}/{post['id']}/withdraw", {"reason": "Again."}).status == 200
    for body in ({"markdown": "Back."}, {"key_event": True}, {"draft": False}, {"draft": True}):
        assert editor.patch(f"{POSTS}/{post['id']}", body).status == 409


def test_a_closed_live_blog_takes_corrections_but_no_posts(editor: Caller, people: People) -> None:
    post = editor.publish()
    close_liveblog(by=people("editor"), slug="surge", at=clock.now())
    refused = editor.post(POSTS, {"markdown": "One more."})
    assert (refused.status, refused["type"].rsplit("/", 1)[1]) == (409, "blog-closed")
    assert (
        editor.patch(f"{POSTS}/{post['id']}", {"markdown": "Right.", "correction": "It was wrong."}).status
        == 200
    )
    assert editor.post(f"{POSTS}/{post['id']}/withdraw", {"reason": "Wrong."}).status == 200


def test_lists_in_parts(editor: Caller) -> None:
    ids = [editor.publish(f"Post {number}.")["id"] for number in range(5)][::-1]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        part = editor.get(f"{POSTS}?limit=2&cursor={cursor}")
        seen += [post["id"] for post in part["items"]]
        cursor = part["next_cursor"]
    assert seen == ids
    assert editor.get(f"{POSTS}?limit=5")["next_cursor"] is None
    for query in ("limit=0", "limit=101", "limit=x", "cursor=%00", "cursor=../", "cursor=zzz"):
        assert editor.get(f"{POSTS}?{query}").status == 422, query


def test_drafts_of_others_are_for_those_who_lead(editor: Caller, people: People) -> None:
    draft = editor.publish("Not yet.", draft=True)
    reporter = caller(people("reporter"))
    assert reporter.get(f"{POSTS}/{draft['id']}").status == 404
    assert reporter.get(POSTS)["items"] == []
    own = reporter.publish("Mine.", draft=True)
    assert [post["id"] for post in reporter.get(POSTS)["items"]] == [own["id"]]
    assert len(editor.get(POSTS)["items"]) == 2


def test_a_post_of_another_live_blog_is_not_here(editor: Caller) -> None:
    post = editor.publish()
    editor.post(f"{BASE}/liveblogs", {"headline": "Other", "slug": "other"})
    other = f"{BASE}/liveblogs/other/posts/{post['id']}"
    assert editor.get(other).status == 404
    assert editor.patch(other, {"markdown": "x"}).status == 404
    assert editor.post(f"{other}/withdraw", {"reason": "x"}).status == 404


INVALID: list[tuple[object, str]] = [
    ({}, "document"),
    ({"markdown": ""}, "document"),
    ({"markdown": 7}, "markdown"),
    ({"markdown": "x", "document": {"type": "doc"}}, "body"),
    ({"document": {"type": "nonsense"}}, "document"),
    ({"document": "text"}, "document"),
    ({"document": []}, "document"),
    ({"markdown": "x", "colour": "red"}, "colour"),
    ({"markdown": "x", "id": "mine"}, "id"),
    ({"markdown": "x", "seq": 1}, "seq"),
    ({"markdown": "x", "headline": "h" * 201}, "headline"),
    ({"markdown": "x", "headline": "two\nlines"}, "headline"),
    ({"markdown": "x", "headline": "nul\u0000"}, "headline"),
    ({"markdown": "x", "headline": None}, "headline"),
    ({"markdown": "x", "dateline": "\u202eright to left"}, "dateline"),
    ({"markdown": "x", "key_event": "yes"}, "key_event"),
    ({"markdown": "x", "key_event": 1}, "key_event"),
    ({"markdown": "x", "byline": [1]}, "byline.0"),
    ({"markdown": "x", "byline": ["n"] * 13}, "byline"),
    ({"markdown": "x", "byline": {"a": 1}}, "byline"),
    ({"markdown": "x", "publish_at": "tomorrow"}, "publish_at"),
    ({"markdown": "x", "publish_at": 1800000000}, "publish_at"),
    ({"markdown": "x", "publish_at": "2027-01-01T00:00:00"}, "publish_at"),
    ({"markdown": "x", "publish_at": "2020-01-01T00:00:00Z"}, "publish_at"),
    ({"markdown": "x", "publish_at": "9999-12-31T23:59:59-14:00"}, "publish_at"),
    ({"markdown": "x", "first_published_at": "2999-01-01T00:00:00Z"}, "first_published_at"),
    ({"markdown": "x", "publish_at": "2999-01-01T00:00:00Z", "draft": True}, "body"),
    ([], "body"),
    ("text", "body"),
    (b"null", "body"),
]


@pytest.mark.parametrize(("body", "field"), INVALID)
def test_values_that_cannot_be_taken(editor: Caller, body: object, field: str) -> None:
    reply = editor.post(POSTS, body)
    assert reply.status == 422
    assert field in [fault["field"] for fault in reply["errors"]]
    assert not Post.objects.exists()


def test_several_faults_are_told_at_once(editor: Caller) -> None:
    reply = editor.post(POSTS, {"markdown": 1, "colour": "red", "key_event": "no"})
    assert {fault["field"] for fault in reply["errors"]} == {"markdown", "colour", "key_event"}


def test_a_correction_needs_readers(editor: Caller) -> None:
    draft = editor.publish(draft=True)
    reply = editor.patch(f"{POSTS}/{draft['id']}", {"correction": "Wrong."})
    assert (reply.status, reply["errors"][0]["field"]) == (422, "correction")


def test_the_same_key_is_one_post(editor: Caller) -> None:
    body = {"markdown": "Once.", "key_event": True}
    first = editor.post(POSTS, body, Idempotency_Key="abc")
    again = editor.post(POSTS, body, Idempotency_Key="abc")
    assert first.status == again.status == 201
    assert first.raw.content == again.raw.content
    told, told_again = dict(first.raw.headers), dict(again.raw.headers)
    assert told.pop("Stoppress-Request") != told_again.pop("Stoppress-Request")  # each request has its number
    assert told == told_again
    assert Post.objects.count() == 1
    other = editor.post(POSTS, {"markdown": "Another."}, Idempotency_Key="abc")
    assert (other.status, other["errors"][0]["field"]) == (422, "Idempotency-Key")
    elsewhere = editor.post(f"{BASE}/liveblogs", body, Idempotency_Key="abc")
    assert elsewhere.status == 422
    for key in ("", "x" * 201, "two words"):
        assert editor.post(POSTS, body, Idempotency_Key=key).status == 422


def test_a_refused_request_may_be_sent_again_with_its_key(editor: Caller) -> None:
    withdrawn = {"reason": "Wrong."}
    draft = editor.publish(draft=True)
    path = f"{POSTS}/{draft['id']}"
    assert editor.post(f"{path}/withdraw", withdrawn, Idempotency_Key="w").status == 409
    editor.patch(path, {"draft": False})
    first = editor.post(f"{path}/withdraw", withdrawn, Idempotency_Key="w")
    again = editor.post(f"{path}/withdraw", withdrawn, Idempotency_Key="w")
    assert (first.status, first.raw.content) == (200, again.raw.content)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_time_is_one_post(people: People) -> None:
    by = people("editor")
    open_surge(by)
    token = caller(by).token
    start = Barrier(6)
    came: list[Reply] = []

    def run() -> None:
        start.wait()
        try:
            came.append(Caller(token).post(POSTS, {"markdown": "Once."}, Idempotency_Key="abc"))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.status for reply in came] == [201] * 6
    assert len({reply.raw.content for reply in came}) == 1
    assert Post.objects.count() == 1

"""The composer's requests: what they make, how often, and what is refused with which sentence."""

from datetime import timedelta

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import BLOG, POSTS, doc, post_body
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs.models import Correction, KeptAnswer, Post, Revision

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def _content(post_id: str) -> str:
    return f"{POSTS}{post_id}/content/"


def test_publish_answers_with_the_card(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    answer = visitor.send(
        POSTS, post_body("Water falls.", headline="Falling", dateline="Harbour", key_event=True)
    )
    assert answer.status_code == 201
    body = answer.json()
    post = Post.objects.get(pk=body["id"])
    assert (post.state, post.headline, post.dateline, post.byline) == (
        "published",
        "Falling",
        "Harbour",
        ["Ana Owner"],
    )
    assert post.key_event
    assert (body["state"], body["revision"]) == ("published", 1)
    assert f'id="post-{post.pk}"' in body["html"]
    assert "Water falls." in body["html"]


def test_the_same_request_twice_is_one_post(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    body = post_body("Once.")
    first, second = visitor.send(POSTS, body), visitor.send(POSTS, body)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["seq"] == second.json()["seq"]
    assert sum("Once." in str(post.document) for post in Post.objects.all()) == 1


def test_a_key_is_not_taken_for_another_text(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    body = post_body("Once.")
    visitor.send(POSTS, body)
    answer = visitor.send(POSTS, {**body, "document": doc("Twice.")})
    assert answer.status_code == 422
    assert not any("Twice." in str(post.document) for post in Post.objects.all())


def test_keys_of_two_people_do_not_meet(people: People) -> None:
    on = Ground(people)
    body = post_body("Same words, same key.")
    first, second = on.visitor("owner").send(POSTS, body), on.visitor("colleague").send(POSTS, body)
    assert first.json()["id"] != second.json()["id"]


def test_no_key_no_write(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    before = Post.objects.count()
    assert visitor.send(POSTS, post_body(key="")).status_code == 422
    assert Post.objects.count() == before


def test_what_is_refused_may_be_tried_again_with_the_same_key(people: People) -> None:
    on = Ground(people)
    visitor, body = on.visitor("owner"), post_body("Later.")
    on.visitor("editor").press(f"{BLOG}status/", to="close")
    closed = visitor.send(POSTS, body)
    assert closed.status_code == 409
    assert "closed" in closed.json()["detail"]
    assert not KeptAnswer.objects.filter(key=body["key"]).exists()
    on.visitor("editor").press(f"{BLOG}status/", to="reopen")
    assert visitor.send(POSTS, body).status_code == 201


def test_a_draft_is_saved_then_published_with_its_newest_words(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    post_id = visitor.draft("First words.")
    saved = visitor.send(_content(post_id), post_body("Second words.", "draft", base_revision=1))
    assert (saved.json()["revision"], saved.json()["state"]) == (2, "draft")
    out = visitor.send(_content(post_id), post_body("Third words.", base_revision=2, key_event=True))
    assert (out.json()["revision"], out.json()["state"]) == (3, "published")
    post = Post.objects.get(pk=post_id)
    assert "Third words." in str(post.document)
    assert post.key_event
    assert Revision.objects.get(post=post, number=3).public


def test_a_repeated_publish_of_a_draft_is_the_first_answer(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    post_id = visitor.draft()
    body = post_body("Out.", base_revision=1)
    first, second = visitor.send(_content(post_id), body), visitor.send(_content(post_id), body)
    assert first.json()["seq"] == second.json()["seq"]
    assert Revision.objects.filter(post_id=post_id).count() == 2


def test_saving_and_publishing_stand_or_fall_together(people: People) -> None:
    on = Ground(people)
    visitor = on.visitor("owner")
    post_id = visitor.draft("Kept.")
    on.visitor("editor").press(f"{BLOG}status/", to="close")
    assert visitor.send(_content(post_id), post_body("Lost?", base_revision=1)).status_code == 409
    post = Post.objects.get(pk=post_id)
    assert (post.state, post.revision) == ("draft", 1)
    assert "Kept." in str(post.document)


def test_amend_with_a_public_correction(people: People) -> None:
    on = Ground(people)
    body = post_body("4,200 people.", "amend", base_revision=1, correction="It was 2,400.")
    answer = on.visitor("owner").send(_content(on.public.pk), body)
    assert answer.status_code == 200
    assert Correction.objects.get(post=on.public).text == "It was 2,400."
    assert "Corrected" in answer.json()["html"]
    assert "It was 2,400." in answer.json()["html"]


def test_an_editor_amends_and_the_author_stays_credited(people: People) -> None:
    on = Ground(people)
    body = post_body("Edited.", "amend", base_revision=1, byline=["Ana Owner"])
    assert on.visitor("editor").send(_content(on.public.pk), body).status_code == 200
    on.public.refresh_from_db()
    assert on.public.byline == ["Ana Owner"]


def test_a_stale_edit_is_shown_the_other_text(people: People) -> None:
    on = Ground(people)
    mine, theirs = on.visitor("owner"), on.visitor("editor")
    theirs.send(_content(on.public.pk), post_body("Theirs <b>.", "amend", base_revision=1))
    answer = mine.send(_content(on.public.pk), post_body("Mine.", "amend", base_revision=1))
    assert answer.status_code == 412
    current = answer.json()["current"]
    assert (current["revision"], current["by"]) == (2, "Edith Lead")
    assert current["document"] == doc("Theirs <b>.")
    assert "Theirs &lt;b&gt;." in current["html"]
    on.public.refresh_from_db()
    assert "Theirs" in str(on.public.document)
    again = mine.send(_content(on.public.pk), post_body("Mine.", "amend", base_revision=2))
    assert again.status_code == 200
    assert Revision.objects.filter(post=on.public).count() == 3  # both texts are in the history


def test_publish_on_a_post_that_went_out_meanwhile_amends_it(people: People) -> None:
    on = Ground(people)
    on.visitor("editor").press(f"{POSTS}{on.draft.pk}/publish/")
    body = post_body("My last words.", base_revision=1)
    answer = on.visitor("owner").send(_content(on.draft.pk), body)
    assert answer.status_code == 200
    on.draft.refresh_from_db()
    assert "My last words." in str(on.draft.document)


def test_marks_that_were_not_touched_stay_as_others_set_them(people: People) -> None:
    on = Ground(people)
    on.visitor("editor").press(f"{POSTS}{on.public.pk}/mark/", summary="1")
    answer = on.visitor("owner").send(_content(on.public.pk), post_body("Reworded.", "amend", key_event=True))
    assert answer.status_code == 200
    on.public.refresh_from_db()
    assert (on.public.key_event, on.public.summary) == (True, True)


def test_a_withdrawn_post_takes_no_text(people: People) -> None:
    on = Ground(people)
    on.visitor("editor").press(f"{POSTS}{on.public.pk}/withdraw/", reason="Wrong.")
    answer = on.visitor("owner").send(_content(on.public.pk), post_body("Back?", "amend"))
    assert answer.status_code == 409
    assert "withdrawn" in answer.json()["detail"]
    assert on.visitor("owner").ask(_content(on.public.pk)).status_code == 409


def test_schedule_by_the_events_clock(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    local = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT18:30")
    answer = visitor.send(POSTS, post_body("Later.", "schedule", publish_at=local))
    assert answer.json()["state"] == "scheduled"
    post = Post.objects.get(pk=answer.json()["id"])
    assert post.publish_at is not None
    assert post.publish_at.hour in (15, 16)  # Kyiv is two or three hours ahead
    assert "in Kyiv" in answer.json()["html"]
    content = visitor.ask(_content(post.pk)).json()
    assert content["publish_at"] == local
    moved = visitor.send(_content(post.pk), post_body("Later.", "schedule", publish_at=f"{local[:11]}19:00"))
    assert moved.json()["state"] == "scheduled"
    post.refresh_from_db()
    assert post.publish_at.minute == 0


TIMES = {"": "Say when", "soon": "Say when", "2030-03-31T03:30": "skip", "2020-01-01T10:00": "passed"}


def test_a_time_that_is_none(people: People) -> None:
    owner = Ground(people).visitor("owner")
    for local, words in TIMES.items():
        answer = owner.send(POSTS, post_body("Later.", "schedule", publish_at=local))
        assert (answer.status_code, answer.json()["field"]) == (422, "publish_at"), local
        assert words in answer.json()["detail"]


def _picture(alt: str) -> dict[str, object]:
    return {"type": "doc", "content": [{"type": "image", "attrs": {"src": "/media/a/480.webp", "alt": alt}}]}


def test_a_picture_goes_out_with_alt_text_only(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    bare = visitor.send(POSTS, post_body(document=_picture("  ")))
    assert bare.status_code == 422
    assert "alt text" in bare.json()["detail"]
    assert visitor.send(POSTS, post_body(intent="draft", document=_picture(""))).status_code == 201
    assert visitor.send(POSTS, post_body(document=_picture("The wall."))).status_code == 201


WRONG_FIELDS: list[tuple[dict[str, object], str]] = [
    ({"state": "published"}, "state"),
    ({"created_by": 1}, "created_by"),
    ({"intent": "withdraw"}, "intent"),
    ({"headline": 5}, "headline"),
    ({"headline": "x" * (limits.HEADLINE_CHARS + 1)}, "headline"),
    ({"headline": "two\nlines"}, "headline"),
    ({"byline": "Ana"}, "byline"),
    ({"byline": [1]}, "byline"),
    ({"key_event": "yes"}, "key_event"),
    ({"base_revision": "1"}, "base_revision"),
    ({"base_revision": True}, "base_revision"),
    ({"document": {"type": "doc", "content": [{"type": "script"}]}}, "document"),
    ({"document": None}, "document"),
    ({"document": doc("")}, "document"),
]


def test_fields_are_checked_one_by_one(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    for change, field in WRONG_FIELDS:
        answer = visitor.send(POSTS, {**post_body(), **change})
        assert (answer.status_code, answer.json()["field"]) == (422, field), change
    assert Post.objects.count() == 0


def test_what_is_no_request_of_the_composer(people: People) -> None:
    owner = Ground(people).visitor("owner")
    for body in (b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 5000):
        answer = owner.send(POSTS, body)
        assert (answer.status_code, answer.json()["field"]) == (422, "body"), body[:10]


def test_a_body_that_is_too_large(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    answer = visitor.send(POSTS, b"x" * (limits.REQUEST_BODY_BYTES + 1))
    assert answer.status_code == 413


def test_hostile_text_is_shown_as_text(people: People) -> None:
    visitor = Ground(people).visitor("owner")
    evil = "<script>alert(1)</script>"
    answer = visitor.send(POSTS, post_body(evil, headline=evil, dateline=evil, byline=[evil]))
    page = visitor.page(BLOG).content.decode()
    assert evil not in answer.json()["html"]
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

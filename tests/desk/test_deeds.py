"""What is done to posts and live blogs by plain forms, and by the script that sends them."""

from uuid import uuid4

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import BLOG, POSTS, Visitor
from tests.people import People

from stoppress.liveblogs.models import Event, LiveBlog, Post, Revision, Shift

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def _url(post: Post, end: str) -> str:
    return f"{POSTS}{post.pk}/{end}"


def _told(visitor: Visitor, answer: object) -> str:
    location = str(getattr(answer, "headers", {}).get("Location", ""))
    return str(visitor.page(location.split("#", maxsplit=1)[0]).content.decode())


def test_pin_then_pin_another_then_let_go(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    second = editor.publish("Second.")
    answer = editor.press(_url(on.public, "pin/"), on="1")
    assert "Unpin" in answer.json()["html"]
    editor.press(f"{POSTS}{second}/pin/", on="1")
    assert LiveBlog.objects.get().pinned_post_id == second
    editor.press(f"{POSTS}{second}/pin/", on="0")
    assert LiveBlog.objects.get().pinned_post_id is None


def test_a_plain_form_goes_back_to_the_post_and_says_what_happened(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    answer = editor.form(_url(on.public, "mark/"), key_event="1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{BLOG}#post-{on.public.pk}"
    assert "Marked as a key event." in _told(editor, answer)
    back = editor.form(_url(on.public, "mark/"), key_event="0", back="post")
    assert back.headers["Location"] == f"{POSTS}{on.public.pk}/"
    on.public.refresh_from_db()
    assert not on.public.key_event


def test_pressing_twice_does_it_once(people: People) -> None:
    on = Ground(people)
    editor, key = on.visitor("editor"), uuid4().hex
    first = editor.press(_url(on.public, "withdraw/"), key=key, reason="Wrong.")
    events = Event.objects.count()
    second = editor.press(_url(on.public, "withdraw/"), key=key, reason="Wrong.")
    assert first.status_code == second.status_code == 200
    assert Event.objects.count() == events


def test_the_buttons_of_one_form_share_a_key(people: People) -> None:
    on = Ground(people)
    editor, key = on.visitor("editor"), uuid4().hex
    assert editor.press(_url(on.public, "pin/"), key=key, on="1").status_code == 200
    assert editor.press(_url(on.public, "mark/"), key=key, summary="1").status_code == 200


def test_withdraw_needs_a_reason_and_hides_the_text(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    empty = owner.press(_url(on.public, "withdraw/"), reason="   ")
    assert (empty.status_code, empty.json()["field"]) == (422, "reason")
    card = owner.press(_url(on.public, "withdraw/"), reason="The gate is intact.").json()["html"]
    assert "The gate is intact." in card
    assert "Public text." not in card
    assert "Public text." not in owner.page(BLOG).content.decode()
    assert "Public text." in owner.page(_url(on.public, "")).content.decode()  # the newsroom's record


def test_discard_deletes_a_draft_for_good(people: People) -> None:
    on = Ground(people)
    owner, key = on.visitor("owner"), uuid4().hex
    answer = owner.press(_url(on.draft, "discard/"), key=key)
    assert answer.json()["html"] is None
    assert not Revision.objects.filter(post_id=on.draft.pk).exists()
    assert owner.press(_url(on.draft, "discard/"), key=key).status_code == 200  # the first answer again
    assert owner.press(_url(on.draft, "discard/")).status_code == 404
    assert owner.press(_url(on.public, "discard/")).status_code == 409


def test_a_discard_from_the_posts_own_page_leads_to_the_live_blog(people: People) -> None:
    on = Ground(people)
    answer = on.visitor("owner").form(_url(on.draft, "discard/"), back="post")
    assert answer.headers["Location"].startswith(f"{BLOG}#")


def test_publish_and_call_off(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    called_off = owner.press(_url(on.scheduled, "unschedule/")).json()["html"]
    assert "Draft" in called_off
    assert owner.press(_url(on.scheduled, "unschedule/")).status_code == 409
    assert "Published" in owner.press(_url(on.scheduled, "publish/")).json()["html"]


def test_a_button_that_is_none(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    none: tuple[tuple[str, dict[str, str]], ...] = (
        ("pin/", {}),
        ("pin/", {"on": "2"}),
        ("mark/", {}),
        ("mark/", {"summary": "x"}),
    )
    for end, fields in none:
        assert editor.press(_url(on.public, end), **fields).status_code == 422


def test_status_from_open_to_reopened(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    for to, status in (("pause", "paused"), ("open", "live"), ("close", "closed"), ("reopen", "live")):
        answer = editor.form(f"{BLOG}status/", to=to)
        assert answer.headers["Location"] == BLOG
        assert LiveBlog.objects.get().status == status
    assert editor.press(f"{BLOG}status/", to="reopen").status_code == 200  # said twice
    assert editor.press(f"{BLOG}status/", to="vanish").status_code == 422
    editor.press(f"{BLOG}status/", to="close")
    assert editor.press(f"{BLOG}status/", to="pause").status_code == 409


def test_a_shift_is_started_and_ended(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    owner.press(f"{BLOG}shift/", to="start")
    assert "End my shift" in owner.page(BLOG).content.decode()
    assert "Ana Owner" in on.visitor("editor").page("/desk/").content.decode()
    owner.press(f"{BLOG}shift/", to="end")
    assert Shift.objects.get().ended_at is not None
    assert "Start my shift" in owner.page(BLOG).content.decode()

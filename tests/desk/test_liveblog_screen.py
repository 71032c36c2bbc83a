"""The screen of one live blog: what stands where, what is found, what is new."""

from datetime import timedelta

import pytest
from tests.desk.ground import Ground, open_surge
from tests.desk.visitor import BLOG, POSTS, post_body, visitor
from tests.liveblogs.newsdesk import content
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.pin_post import pin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.models import LiveBlog

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_posts_stand_newest_first_each_with_its_state(people: People) -> None:
    page = Ground(people).filled().visitor("owner").page(BLOG).content.decode()
    timeline = page[page.index('id="timeline"') :]
    places = [timeline.index(text) for text in ("Scheduled text.", "Draft text.", "Public text.")]
    assert places[0] < min(places[1:])
    for state in ("Scheduled", "Draft", "Published"):
        assert f">{state}</span>" in timeline


def test_the_left_column_holds_what_is_to_come(people: People) -> None:
    on = Ground(people).filled()
    left = on.visitor("owner").page(BLOG).content.decode().split('id="write"')[0]
    assert "My drafts" in left
    assert "Draft text." in left
    assert "in Kyiv" in left
    editors = on.visitor("editor").page(BLOG).content.decode().split('id="write"')[0]
    assert "Colleagues’ drafts" in editors
    assert "Draft text." in editors


def test_the_right_column_tells_of_the_live_blog(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    editor.press(f"{POSTS}{on.public.pk}/pin/", on="1")
    editor.publish("Where things stand now.", headline="Summary at noon", summary=True)
    editor.publish("It broke.", headline="The wall breaks", key_event=True)
    page = editor.page(BLOG).content.decode()
    right = page[page.index('id="about"') :]
    for words in ("Live", "Pause", "Close", "Public text.", "Summary at noon", "The wall breaks", "Nobody."):
        assert words in right


def test_search_finds_every_word_in_any_order(people: People) -> None:
    on = Ground(people).filled()
    visitor = on.visitor("owner")
    visitor.publish("The harbour wall held.", headline="Noon")
    found = visitor.page(f"{BLOG}?q=WALL+harbour").content.decode()
    assert "The harbour wall held." in found
    assert "Public text." not in found[found.index('id="timeline"') :]
    assert "1 post with" in found
    nothing = visitor.page(f"{BLOG}?q=%3Cscript%3E").content.decode()
    assert "<script>" not in nothing
    assert "0 posts with" in nothing


def test_a_long_live_blog_shows_the_newest_and_the_way_to_all(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DESK_POSTS", 3)
    open_surge(people)
    by = people("editor", "Edith Lead")
    for number in range(5):
        at = clock.now() - timedelta(minutes=10 - number)
        publish_new_post(by=by, slug="surge", content=content(f"Post number {number}."), at=at)
    someone = visitor(by)
    short = someone.page(BLOG).content.decode()
    assert "Post number 1." not in short
    assert "Post number 4." in short
    assert "Show every post" in short
    whole = someone.page(f"{BLOG}?all").content.decode()
    assert "Post number 0." in whole
    assert "Show every post" not in whole


def test_nothing_new_is_an_empty_answer(people: People) -> None:
    on = Ground(people)
    seq = LiveBlog.objects.get().last_seq
    answer = on.visitor("owner").ask(f"{BLOG}changes/?after={seq}")
    assert (answer.status_code, answer.content) == (204, b"")


def test_changes_bring_cards_and_columns(people: People) -> None:
    on = Ground(people).filled()
    owner, editor = on.visitor("owner"), on.visitor("editor")
    seq = LiveBlog.objects.get().last_seq
    new = editor.publish("Fresh.", headline="Fresh headline")
    editor.press(f"{POSTS}{on.draft.pk}/discard/")
    body = owner.ask(f"{BLOG}changes/?after={seq}").json()
    cards = {post["id"]: post["html"] for post in body["posts"]}
    assert "Fresh headline" in cards[new]
    assert cards[on.draft.pk] is None
    assert body["seq"] == LiveBlog.objects.get().last_seq
    assert not body["reload"]
    assert "Draft text." not in body["coming"]
    assert "Nobody." in body["side"]
    assert (body["status"], body["headline"], body["zone"]) == ("live", "Storm surge", "Europe/Kyiv")


@pytest.mark.parametrize("before", ["liveblog_for", "events_after", "post_for", "coming"])
def test_an_answer_that_counts_a_change_shows_it(
    people: People, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    """A pin is committed while the answer is made: whoever is told its number never asks for it again."""
    on = Ground(people).filled()
    owner, seq = on.visitor("owner"), LiveBlog.objects.get().last_seq - 1
    read = getattr(queries, before)
    pinned: list[int] = []

    def pin_first(*told: object, **named: object) -> object:
        if not pinned:
            pinned.append(0)
            pinned[0] = pin_post(by=people("editor", "Edith Lead"), post_id=on.public.pk, at=clock.now())
        return read(*told, **named)

    monkeypatch.setattr(queries, before, pin_first)
    body = owner.ask(f"{BLOG}changes/?after={seq}").json()
    cards = {post["id"]: post["html"] for post in body["posts"]}
    assert pinned[0] > seq
    if body["seq"] >= pinned[0]:
        assert body["pinned"] == on.public.pk
        assert "data-pinned" in cards[on.public.pk]
    else:
        assert owner.ask(f"{BLOG}changes/?after={body['seq']}").json()["pinned"] == on.public.pk


def test_changes_keep_others_drafts_to_themselves(people: People) -> None:
    on = Ground(people)
    seq = LiveBlog.objects.get().last_seq
    secret = on.visitor("owner").draft("Embargoed words.")
    answer = on.visitor("colleague").ask(f"{BLOG}changes/?after={seq}")
    assert {"id": secret, "html": None} in answer.json()["posts"]
    assert "Embargoed" not in answer.content.decode()


def test_who_missed_too_much_reloads(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    on = Ground(people).filled()
    monkeypatch.setattr(limits, "CHANGES_AT_ONCE", 2)
    body = on.visitor("owner").ask(f"{BLOG}changes/?after=0").json()
    assert body["reload"]
    assert body["posts"] == []


def test_a_cursor_from_the_future_reloads(people: People) -> None:
    body = Ground(people).visitor("owner").ask(f"{BLOG}changes/?after=999999").json()
    assert body["reload"]
    assert body["seq"] == LiveBlog.objects.get().last_seq


def test_a_cursor_that_is_none(people: People) -> None:
    owner = Ground(people).visitor("owner")
    for after in ("", "-1", "x", "1e3", "9" * 30, "٣"):
        assert owner.ask(f"{BLOG}changes/?after={after}").status_code == 422, after


def test_a_closed_live_blog_says_so(people: People) -> None:
    on = Ground(people).filled()
    editor = on.visitor("editor")
    editor.press(f"{BLOG}status/", to="close")
    page = editor.page(BLOG).content.decode()
    assert 'data-status="closed"' in page
    assert "Reopen" in page
    assert on.visitor("owner").send(POSTS, post_body()).status_code == 409
    amended = on.visitor("owner").send(f"{POSTS}{on.public.pk}/content/", post_body("Right.", "amend"))
    assert amended.status_code == 200

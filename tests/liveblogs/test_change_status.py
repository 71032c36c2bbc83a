from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.events.kinds import Kind
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.change_status import (
    close_liveblog,
    open_liveblog,
    pause_liveblog,
    reopen_liveblog,
)
from stoppress.liveblogs.actions.content import About
from stoppress.liveblogs.actions.schedule_post import schedule_new_post
from stoppress.liveblogs.models import Event, LiveBlog, Page, PagePost, PageSlot, Post
from stoppress.liveblogs.refusals import BlogClosed, InvalidInput, NotAllowed, NotFound, WrongState

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DEEDS = [open_liveblog, pause_liveblog, close_liveblog, reopen_liveblog]


def test_a_day_of_a_live_blog(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon, status="draft")
    for deed, status in [
        (open_liveblog, "live"),
        (pause_liveblog, "paused"),
        (open_liveblog, "live"),
        (close_liveblog, "closed"),
        (reopen_liveblog, "live"),
    ]:
        seq = deed(by=desk.by, slug="surge", at=desk.tick())
        page = Page.objects.get(pk=desk.blog.pk)
        assert (page.status, page.status_seq) == (status, seq)
        assert page.changed_seq >= seq
    blog = LiveBlog.objects.get(pk=desk.blog.pk)
    assert blog.opened_at == noon + timedelta(minutes=1)  # the first opening; it never moves
    assert blog.closed_at is None


def test_saying_it_twice_is_one_event(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    first = close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    again = close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert again >= first
    assert Event.objects.filter(kind=Kind.LIVEBLOG_CLOSED).count() == 1


@pytest.mark.parametrize(
    ("status", "deed"),
    [
        ("draft", pause_liveblog),
        ("draft", close_liveblog),
        ("draft", reopen_liveblog),
        ("closed", pause_liveblog),
        ("closed", open_liveblog),
    ],
)
def test_a_deed_needs_its_status(
    people: People, noon: datetime, status: str, deed: Callable[..., object]
) -> None:
    desk = open_desk(people("editor"), noon, status="draft" if status == "draft" else "live")
    if status == "closed":
        close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    with pytest.raises(WrongState, match=f"The live blog is {status}"):
        deed(by=desk.by, slug="surge", at=desk.tick())


@pytest.mark.parametrize("role", ["reporter", "moderator"])
@pytest.mark.parametrize("deed", DEEDS)
def test_only_those_who_lead(people: People, noon: datetime, role: str, deed: Callable[..., object]) -> None:
    open_desk(people("editor"), noon)
    with pytest.raises(NotAllowed):
        deed(by=people(role), slug="surge", at=noon)


def test_an_unknown_live_blog(people: People, noon: datetime) -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        open_liveblog(by=people("editor"), slug="nowhere", at=noon)


def test_closing_calls_scheduled_posts_off_and_takes_no_new_ones(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    later = schedule_new_post(
        by=desk.by, slug="surge", content=content(), publish_at=noon + timedelta(days=1), at=desk.tick()
    )
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert Post.objects.get(pk=later.post_id).state == "draft"
    with pytest.raises(BlogClosed, match="reopen it first"):
        desk.publish()


def test_the_head_changes_and_posts_stay(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    desk.publish()
    before = PagePost.objects.values().get()
    change_liveblog(
        by=desk.by,
        slug="surge",
        change=LiveBlogChange(headline="Water falls", standfirst="At last."),
        at=desk.tick(),
    )
    page = Page.objects.get(pk=desk.blog.pk)
    slots = dict(PageSlot.objects.filter(page=page).values_list("name", "html"))
    assert "Water falls" in slots["headline"]
    assert "At last." in slots["standfirst"]
    assert PagePost.objects.values().get()["html"] == before["html"]
    assert PagePost.objects.values().get()["changed_seq"] == before["changed_seq"]
    assert page.reload_seq == 0


def test_an_event_is_one_changed_slot_and_goes_with_it(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    desk.publish()
    stood = set(PageSlot.objects.values_list("name", "html"))
    for about in (About(event_place="Port Verrin", event_starts_at=noon), About()):
        seq = change_liveblog(by=desk.by, slug="surge", change=LiveBlogChange(about=about), at=desk.tick())
        touched = PageSlot.objects.filter(changed_seq__gte=seq)
        assert [row.name for row in touched] == ["standfirst"]
        assert ("<bdi>Port Verrin</bdi> · <time" in touched.get().html) == bool(about.event_place)
        assert Page.objects.get().reload_seq == 0
    assert set(PageSlot.objects.values_list("name", "html")) == stood


def test_a_new_time_zone_makes_readers_fetch_afresh(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    desk.publish()
    seq = change_liveblog(
        by=desk.by, slug="surge", change=LiveBlogChange(timezone="Asia/Tokyo"), at=desk.tick()
    )
    assert Page.objects.get(pk=desk.blog.pk).reload_seq == seq
    assert "21:01" in PagePost.objects.get().html


def test_bad_heads_change_nothing(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    with pytest.raises(InvalidInput):
        change_liveblog(by=desk.by, slug="surge", change=LiveBlogChange(headline=" "), at=desk.tick())
    with pytest.raises(NotAllowed):
        change_liveblog(
            by=people("reporter"), slug="surge", change=LiveBlogChange(headline="Mine"), at=desk.tick()
        )
    assert LiveBlog.objects.get().headline == "Storm surge reaches the harbour"

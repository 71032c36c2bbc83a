from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk, paragraphs
from tests.people import People

from stoppress.document.schema import EMPTY
from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.liveblogs.actions.content import Marks, PostContent, Written
from stoppress.liveblogs.actions.draft_post import discard_draft, draft_post, save_draft
from stoppress.liveblogs.actions.publish_post import publish_new_post, publish_post
from stoppress.liveblogs.actions.schedule_post import schedule_new_post, schedule_post, unschedule_post
from stoppress.liveblogs.models import Event, LiveBlog, Page, PagePost, PageSlot, Post, Revision
from stoppress.liveblogs.refusals import (
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleRevision,
    WrongState,
)
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def draft(desk: Desk, text: str = "Water at the gate.", by: Staff | None = None) -> Written:
    return draft_post(by=by or desk.by, slug="surge", content=content(text), at=desk.tick())


def test_a_new_post_is_one_fact_and_ready_bytes(desk: Desk) -> None:
    written = desk.publish("The gate is shut.", headline="Gate shut")
    row = PagePost.objects.get()
    assert row.post_id == written.post_id
    assert "The gate is shut." in row.html
    assert "Gate shut" in row.html
    assert (row.shown_seq, row.changed_seq) == (row.changed_seq, row.shown_seq)
    event = Event.objects.get(kind=Kind.POST_PUBLISHED)
    assert (event.post_id, event.revision, event.by, event.seq) == (
        written.post_id,
        1,
        "Editor One",
        row.changed_seq,
    )


def test_a_key_event_also_changes_the_head(desk: Desk) -> None:
    before = Page.objects.get().changed_seq
    desk.publish(headline="Gate shut", key_event=True)
    kinds = list(Event.objects.filter(seq__gt=before).order_by("seq").values_list("kind", flat=True))
    assert kinds == [Kind.POST_PUBLISHED, Kind.HEAD_CHANGED]
    assert "Gate shut" in PageSlot.objects.get(name="key_events").html
    assert Page.objects.get().changed_seq == before + 2


def test_the_second_post_of_a_writer_changes_no_head(desk: Desk) -> None:
    desk.publish()
    before = LiveBlog.objects.get().last_seq
    desk.publish()
    assert LiveBlog.objects.get().last_seq == before + 1


def test_drafts_are_in_the_log_and_nowhere_else(desk: Desk) -> None:
    before = Page.objects.get().changed_seq
    written = draft(desk)
    assert Event.objects.get(seq=written.seq).kind == Kind.POST_DRAFTED
    assert Page.objects.get().changed_seq == before
    assert not PagePost.objects.exists()


def test_publishing_a_draft_shows_its_newest_revision(desk: Desk) -> None:
    written = draft(desk)
    save_draft(
        by=desk.by, post_id=written.post_id, content=content("Better words."), base_revision=1, at=desk.tick()
    )
    publish_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    assert "Better words." in PagePost.objects.get().html
    assert list(Revision.objects.order_by("number").values_list("number", "public")) == [
        (1, False),
        (2, True),
    ]
    assert Post.objects.get().first_published_at == desk.at


def test_publishing_twice_is_a_no_op(desk: Desk) -> None:
    written = draft(desk)
    first = publish_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    second = publish_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    assert (first.seq, first.revision) == (second.seq, second.revision)
    assert Event.objects.filter(kind=Kind.POST_PUBLISHED).count() == 1


def test_saving_the_same_draft_saves_nothing(desk: Desk) -> None:
    written = draft(desk)
    again = save_draft(
        by=desk.by, post_id=written.post_id, content=content("Water at the gate."), at=desk.tick()
    )
    assert (again.revision, again.seq) == (1, written.seq)


def test_a_stale_draft_is_refused_with_the_current_number(desk: Desk) -> None:
    written = draft(desk)
    save_draft(by=desk.by, post_id=written.post_id, content=content("One."), base_revision=1, at=desk.tick())
    with pytest.raises(StaleRevision, match="revision 2 was saved meanwhile") as refused:
        save_draft(
            by=desk.by, post_id=written.post_id, content=content("Two."), base_revision=1, at=desk.tick()
        )
    assert refused.value.current == 2


def test_discarding_leaves_only_the_fact(desk: Desk) -> None:
    written = draft(desk)
    discard_draft(by=desk.by, post_id=written.post_id, at=desk.tick())
    assert not Post.objects.exists()
    assert not Revision.objects.exists()
    assert Event.objects.latest("seq").kind == Kind.POST_DISCARDED


def test_what_was_published_cannot_be_discarded_or_saved_as_a_draft(desk: Desk) -> None:
    written = desk.publish()
    with pytest.raises(WrongState, match="Withdraw it"):
        discard_draft(by=desk.by, post_id=written.post_id, at=desk.tick())
    with pytest.raises(WrongState, match="amend it"):
        save_draft(by=desk.by, post_id=written.post_id, content=content(), at=desk.tick())


def test_an_empty_post_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        publish_new_post(by=desk.by, slug="surge", content=PostContent(document=EMPTY), at=desk.tick())
    assert not Post.objects.exists()
    headline_only = PostContent(document=EMPTY, headline="All clear")
    publish_new_post(by=desk.by, slug="surge", content=headline_only, at=desk.tick())


def test_a_reporter_publishes_own_posts_and_no_others(desk: Desk, people: People) -> None:
    reporter, other = people("reporter"), people("reporter", "Other Reporter")
    mine = draft(desk, by=reporter)
    with pytest.raises(NotFound):
        publish_post(by=other, post_id=mine.post_id, at=desk.tick())
    publish_post(by=reporter, post_id=mine.post_id, at=desk.tick())
    with pytest.raises(NotAllowed):
        publish_post(by=people("moderator"), post_id=mine.post_id, at=desk.tick())


def test_a_moderator_writes_nothing(desk: Desk, people: People) -> None:
    with pytest.raises(NotAllowed, match="moderator may not write"):
        publish_new_post(by=people("moderator"), slug="surge", content=content(), at=desk.tick())


def test_reporters_mark_key_events_but_no_summaries(desk: Desk, people: People) -> None:
    reporter = people("reporter")
    publish_new_post(
        by=reporter, slug="surge", content=content(), marks=Marks(key_event=True), at=desk.tick()
    )
    with pytest.raises(NotAllowed, match="summaries"):
        publish_new_post(
            by=reporter, slug="surge", content=content(), marks=Marks(summary=True), at=desk.tick()
        )


def test_a_post_can_be_placed_earlier_but_not_later(desk: Desk, noon: datetime) -> None:
    desk.publish("first")
    earlier = noon - timedelta(hours=1)
    publish_new_post(
        by=desk.by, slug="surge", content=content("zeroth"), first_published_at=earlier, at=desk.tick()
    )
    order = PagePost.objects.order_by("-first_published_at").values_list("html", flat=True)
    assert ["first" in html for html in order] == [True, False]
    with pytest.raises(InvalidInput, match="future"):
        publish_new_post(
            by=desk.by,
            slug="surge",
            content=content(),
            first_published_at=desk.at + timedelta(hours=1),
            at=desk.at,
        )
    with pytest.raises(InvalidInput, match="no time zone"):
        publish_new_post(
            by=desk.by,
            slug="surge",
            content=content(),
            first_published_at=noon.replace(tzinfo=None),
            at=desk.at,
        )


def test_scheduling_moving_and_calling_off(desk: Desk, noon: datetime) -> None:
    written = schedule_new_post(
        by=desk.by, slug="surge", content=content(), publish_at=noon + timedelta(hours=2), at=desk.tick()
    )
    assert Post.objects.get().state == "scheduled"
    schedule_post(by=desk.by, post_id=written.post_id, publish_at=noon + timedelta(hours=3), at=desk.tick())
    assert Post.objects.get().publish_at == noon + timedelta(hours=3)
    unschedule_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    assert (Post.objects.get().state, Post.objects.get().publish_at) == ("draft", None)
    with pytest.raises(WrongState):
        unschedule_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    with pytest.raises(InvalidInput, match="has passed"):
        schedule_post(by=desk.by, post_id=written.post_id, publish_at=noon, at=desk.tick())
    assert not PagePost.objects.exists()


def test_the_byline_defaults_to_the_writer_and_is_bounded(desk: Desk) -> None:
    desk.publish()
    assert Post.objects.get().byline == ["Editor One"]
    crowd = tuple(f"Name {number}" for number in range(limits.BYLINE_NAMES + 1))
    with pytest.raises(InvalidInput, match="byline"):
        publish_new_post(
            by=desk.by,
            slug="surge",
            content=PostContent(document=paragraphs("x"), byline=crowd),
            at=desk.tick(),
        )


def test_the_first_page_seals_its_older_half(desk: Desk) -> None:
    for number in range(2 * limits.PAGE_POSTS):
        desk.publish(f"post {number}")
    leaves = list(PagePost.objects.order_by("first_published_at").values_list("leaf", flat=True))
    assert leaves == [1] * limits.PAGE_POSTS + [0] * limits.PAGE_POSTS
    sealed = PagePost.objects.filter(leaf=1).latest("first_published_at")
    assert sealed.post_id in PageSlot.objects.get(name="older").html

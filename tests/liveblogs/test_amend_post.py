from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.events.kinds import Kind
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.pin_post import pin_post, unpin_post
from stoppress.liveblogs.actions.publish_post import publish_post
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Correction, Event, LiveBlog, Page, PagePost, PageSlot, Post, Revision
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed, StaleRevision, WrongState

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def newest_kind() -> str:
    return Event.objects.exclude(kind=Kind.HEAD_CHANGED).order_by("-seq").values_list("kind", flat=True)[0]


def test_amending_keeps_place_and_first_time(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    first = Post.objects.get().first_published_at
    desk.at += timedelta(hours=1)
    amend_post(
        by=desk.by, post_id=written.post_id, content=content("Three metres."), base_revision=1, at=desk.at
    )
    row = PagePost.objects.get()
    assert "Three metres." in row.html
    assert "Two metres." not in row.html
    assert (row.first_published_at, row.last_changed_at) == (first, desk.at)
    assert newest_kind() == Kind.POST_AMENDED
    assert Revision.objects.filter(public=True).count() == 2


def test_a_correction_is_printed_with_the_post(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    note = "An earlier version gave the height as two metres. It is three."
    amend_post(
        by=desk.by, post_id=written.post_id, content=content("Three metres."), correction=note, at=desk.tick()
    )
    row = PagePost.objects.get()
    assert note in row.html
    assert "CorrectionComment" in row.json_ld
    assert newest_kind() == Kind.POST_CORRECTED
    assert Correction.objects.get().revision == 2


def test_the_same_text_is_no_change_unless_it_is_a_correction(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    again = amend_post(by=desk.by, post_id=written.post_id, content=content("Two metres."), at=desk.tick())
    assert again.revision == 1
    noted = amend_post(
        by=desk.by,
        post_id=written.post_id,
        content=content("Two metres."),
        correction="The photo was older.",
        at=desk.tick(),
    )
    assert noted.revision == 2


def test_two_versions_never_overwrite_each_other(desk: Desk) -> None:
    written = desk.publish("One.")
    amend_post(by=desk.by, post_id=written.post_id, content=content("Mine."), base_revision=1, at=desk.tick())
    with pytest.raises(StaleRevision) as refused:
        amend_post(
            by=desk.by, post_id=written.post_id, content=content("Theirs."), base_revision=1, at=desk.tick()
        )
    assert refused.value.current == 2
    assert "Mine." in PagePost.objects.get().html


def test_reporters_amend_their_own_only(desk: Desk, people: People) -> None:
    reporter = people("reporter")
    written = desk.publish()
    for deed in (
        lambda: amend_post(by=reporter, post_id=written.post_id, content=content("x"), at=desk.at),
        lambda: withdraw_post(by=reporter, post_id=written.post_id, reason="x", at=desk.at),
        lambda: mark_post(by=reporter, post_id=written.post_id, key_event=True, at=desk.at),
        lambda: pin_post(by=reporter, post_id=written.post_id, at=desk.at),
        lambda: unpin_post(by=reporter, slug="surge", at=desk.at),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_mistakes_are_put_right_after_closing_too(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    amend_post(
        by=desk.by, post_id=written.post_id, content=content("Three."), correction="Three.", at=desk.tick()
    )
    withdraw_post(by=desk.by, post_id=written.post_id, reason="Wrong place.", at=desk.tick())
    assert PagePost.objects.get().withdrawn


def test_withdrawing_leaves_no_word_in_any_reader_row(desk: Desk) -> None:
    written = desk.publish("SECRETWORD drowned", headline="SECRETWORD", key_event=True, summary=True)
    pin_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    assert "SECRETWORD" in PageSlot.objects.get(name="pinned").html
    withdraw_post(by=desk.by, post_id=written.post_id, reason="The report was not confirmed.", at=desk.tick())
    row = PagePost.objects.get()
    everything = (
        str(list(PagePost.objects.values()))
        + str(list(PageSlot.objects.values()))
        + str(list(Page.objects.values()))
    )
    assert "SECRETWORD" not in everything
    assert "The report was not confirmed." in row.html
    assert "deleted-entry" in row.atom
    assert (row.json_ld, row.rss, row.json_feed) == ("", "", "")
    assert LiveBlog.objects.get().pinned_post is None
    assert list(Event.objects.order_by("-seq").values_list("kind", flat=True))[:3] == [
        Kind.HEAD_CHANGED,
        Kind.POST_WITHDRAWN,
        Kind.POST_UNPINNED,
    ]
    assert Revision.objects.filter(headline="SECRETWORD").exists()  # the newsroom's record


def test_what_is_withdrawn_stays_so(desk: Desk) -> None:
    written = desk.publish()
    first = withdraw_post(by=desk.by, post_id=written.post_id, reason="Wrong.", at=desk.tick())
    assert (
        withdraw_post(by=desk.by, post_id=written.post_id, reason="Again.", at=desk.tick()).seq == first.seq
    )
    for deed in (
        lambda: publish_post(by=desk.by, post_id=written.post_id, at=desk.at),
        lambda: amend_post(by=desk.by, post_id=written.post_id, content=content("x"), at=desk.at),
        lambda: pin_post(by=desk.by, post_id=written.post_id, at=desk.at),
        lambda: mark_post(by=desk.by, post_id=written.post_id, key_event=True, at=desk.at),
    ):
        with pytest.raises(WrongState):
            deed()


def test_withdrawing_needs_a_reason(desk: Desk) -> None:
    written = desk.publish()
    with pytest.raises(InvalidInput, match="reason"):
        withdraw_post(by=desk.by, post_id=written.post_id, reason="  ", at=desk.tick())
    assert not PagePost.objects.get().withdrawn


def test_marks_come_and_go(desk: Desk) -> None:
    written = desk.publish(headline="Gate shut")
    mark_post(by=desk.by, post_id=written.post_id, key_event=True, at=desk.tick())
    assert "Gate shut" in PageSlot.objects.get(name="key_events").html
    assert PagePost.objects.get().key_event
    mark_post(by=desk.by, post_id=written.post_id, key_event=False, summary=True, at=desk.tick())
    assert "Gate shut" not in PageSlot.objects.get(name="key_events").html
    assert "Gate shut" in PageSlot.objects.get(name="summary").html
    before = LiveBlog.objects.get().last_seq
    mark_post(by=desk.by, post_id=written.post_id, summary=True, at=desk.tick())
    assert LiveBlog.objects.get().last_seq == before


def test_one_post_is_pinned_at_most(desk: Desk) -> None:
    one, two = desk.publish("one"), desk.publish("two")
    pin_post(by=desk.by, post_id=one.post_id, at=desk.tick())
    pin_post(by=desk.by, post_id=two.post_id, at=desk.tick())
    pinned = PageSlot.objects.get(name="pinned").html
    assert "two" in pinned
    assert f'id="post-{two.post_id}"' not in pinned  # a copy carries no id: ids stay unique on the page
    unpin_post(by=desk.by, slug="surge", at=desk.tick())
    assert "two" not in PageSlot.objects.get(name="pinned").html
    before = LiveBlog.objects.get().last_seq
    unpin_post(by=desk.by, slug="surge", at=desk.tick())
    assert LiveBlog.objects.get().last_seq == before


def test_an_amended_pinned_post_is_new_in_both_places(desk: Desk) -> None:
    written = desk.publish("Two metres.")
    pin_post(by=desk.by, post_id=written.post_id, at=desk.tick())
    amend_post(by=desk.by, post_id=written.post_id, content=content("Three metres."), at=desk.tick())
    assert "Three metres." in PageSlot.objects.get(name="pinned").html


def test_shifts_give_now_and_earlier_in_the_order_of_the_day(desk: Desk, people: People) -> None:
    ana, ben = people("reporter", "Ana Lima"), people("reporter", "Ben Okri")
    start_shift(by=ana, slug="surge", at=desk.tick())
    start_shift(by=ben, slug="surge", at=desk.tick())
    end_shift(by=ana, slug="surge", at=desk.tick())
    byline = PageSlot.objects.get(name="byline").html
    assert byline.index("Ana Lima") < byline.index("Ben Okri")
    assert "(earlier)" in byline[byline.index("Ana Lima") : byline.index("Ben Okri")]
    assert "(now)" in byline[byline.index("Ben Okri") :]
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert "(now)" not in PageSlot.objects.get(name="byline").html


def test_starting_or_ending_a_shift_twice_is_one_event(desk: Desk, people: People) -> None:
    ana = people("reporter", "Ana Lima")
    for _ in range(2):
        start_shift(by=ana, slug="surge", at=desk.tick())
    for _ in range(2):
        end_shift(by=ana, slug="surge", at=desk.tick())
    assert Event.objects.filter(kind=Kind.SHIFT_STARTED).count() == 1
    assert Event.objects.filter(kind=Kind.SHIFT_ENDED).count() == 1

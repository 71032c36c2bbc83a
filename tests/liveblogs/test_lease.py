"""A lease names who has a post open, lapses by the clock, is taken over on purpose, and keeps nobody from saving."""

from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.lib import limits
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.draft_post import discard_draft, draft_post
from stoppress.liveblogs.actions.lease import take_lease
from stoppress.liveblogs.actions.presence import leave_liveblog, note_presence
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Lease
from stoppress.liveblogs.newsroom_state import newsroom_state
from stoppress.liveblogs.refusals import Leased, NotAllowed, NotFound, WrongState
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LAPSES = timedelta(seconds=limits.LEASE_SECONDS)
SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor", "Edith Lead"), noon)


@pytest.fixture
def olena(people: People) -> Staff:
    return people("editor", "Olena Hrytsenko")


def holder(by: Staff, at: datetime) -> list[str]:
    rows = newsroom_state(by, "surge", at)["leases"]
    assert isinstance(rows, list)
    return [row["name"] for row in rows]


def test_a_colleague_is_told_who_has_it_and_may_take_it_over(desk: Desk, olena: Staff) -> None:
    post, at = desk.publish().post_id, desk.at
    take_lease(by=olena, post_id=post, tab="aa", at=at)
    with pytest.raises(Leased, match="Olena Hrytsenko has this post open") as told:
        take_lease(by=desk.by, post_id=post, tab="bb", at=at)
    assert told.value.name == "Olena Hrytsenko"
    take_lease(by=desk.by, post_id=post, tab="bb", over=True, at=at)
    assert holder(olena, at) == ["Edith Lead"]
    note_presence(by=olena, slug="surge", tab="aa", writing=[post], at=at)
    assert holder(olena, at) == ["Edith Lead"], "who lost it does not take it back unasked"


def test_it_lapses_and_is_free(desk: Desk, olena: Staff) -> None:
    post, at = desk.publish().post_id, desk.at
    take_lease(by=olena, post_id=post, tab="aa", at=at)
    assert holder(desk.by, at + LAPSES - SECOND) == ["Olena Hrytsenko"]
    assert holder(desk.by, at + LAPSES) == []
    take_lease(by=desk.by, post_id=post, tab="bb", at=at + LAPSES)
    assert holder(olena, at + LAPSES) == ["Edith Lead"]


def test_a_window_that_lives_holds_on_and_one_that_leaves_lets_go(desk: Desk, olena: Staff) -> None:
    post, at = desk.publish().post_id, desk.at
    since = take_lease(by=olena, post_id=post, tab="aa", at=at).taken_at
    for beat in range(1, 10):
        now = at + beat * timedelta(seconds=limits.PRESENCE_BEAT_SECONDS)
        note_presence(by=olena, slug="surge", tab="aa", writing=[post], at=now)
    assert holder(desk.by, now) == ["Olena Hrytsenko"]
    assert Lease.objects.get().taken_at == since
    note_presence(by=olena, slug="surge", tab="aa", writing=[], at=now)
    assert holder(desk.by, now) == []
    note_presence(by=olena, slug="surge", tab="aa", writing=[post], at=now)
    leave_liveblog(by=olena, slug="surge", tab="aa", at=now)
    assert holder(desk.by, now) == []


def test_another_window_of_ones_own_is_no_obstacle(desk: Desk, olena: Staff) -> None:
    post, at = desk.publish().post_id, desk.at
    take_lease(by=olena, post_id=post, tab="aa", at=at)
    take_lease(by=olena, post_id=post, tab="bb", at=at)
    note_presence(by=olena, slug="surge", tab="aa", writing=[post], at=at)
    assert Lease.objects.get().tab == "bb", "the window in which it was opened last has it"


def test_it_keeps_nobody_from_saving(desk: Desk, olena: Staff) -> None:
    post, at = desk.publish().post_id, desk.at
    take_lease(by=olena, post_id=post, tab="aa", at=at)
    assert (
        amend_post(by=desk.by, post_id=post, content=content("Mine."), base_revision=1, at=at).revision == 2
    )


def test_who_may_not_write_on_it_takes_none(desk: Desk, people: People, noon: datetime) -> None:
    bo, moss = people("reporter", "Bo Colleague"), people("moderator", "Moss Kettle")
    post = desk.publish().post_id
    draft = draft_post(by=desk.by, slug="surge", content=content(), at=noon).post_id
    for by in (bo, moss):
        with pytest.raises(NotAllowed):
            take_lease(by=by, post_id=post, tab="aa", at=desk.at)
        with pytest.raises(NotFound):
            take_lease(by=by, post_id=draft, tab="aa", at=desk.at)
        note_presence(by=by, slug="surge", tab="aa", writing=[post, draft], at=desk.at)
    assert not Lease.objects.exists()
    withdraw_post(by=desk.by, post_id=post, reason="Wrong.", at=desk.at)
    with pytest.raises(WrongState):
        take_lease(by=desk.by, post_id=post, tab="aa", at=desk.at)


def test_it_goes_with_its_draft(desk: Desk, noon: datetime) -> None:
    draft = draft_post(by=desk.by, slug="surge", content=content(), at=noon).post_id
    started = take_lease(by=desk.by, post_id=draft, tab="aa", at=noon)
    shown = newsroom_state(desk.by, "surge", noon)["leases"]
    assert shown == [
        {
            "post": draft,
            "user": desk.by.user_id,
            "name": "Edith Lead",
            "tab": "aa",
            "since": rfc3339(started.taken_at),
        }
    ]
    discard_draft(by=desk.by, post_id=draft, at=noon)
    assert not Lease.objects.exists()

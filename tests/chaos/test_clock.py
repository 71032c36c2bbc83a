"""F16: the clock is set forward and back by hours and days, on a leap day and in the night when clocks change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.chaos.checker import Verdict
from tests.chaos.form import chance, sized
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.publish_post import publish_new_post, publish_post
from stoppress.liveblogs.actions.schedule_post import schedule_post
from stoppress.liveblogs.models import Page, PagePost, Post, State
from stoppress.worker import count_votes, expire_uploads, fetch_mail, forget_answers
from stoppress.worker.publish_due import publish_due

pytestmark = [pytest.mark.database, pytest.mark.django_db]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = (HOUR, -HOUR, DAY, -DAY, timedelta(seconds=-1), timedelta(milliseconds=-1), timedelta(0))
NIGHTS = (
    datetime(2026, 10, 25, 0, 59, 58, tzinfo=UTC),  # clocks go back in Europe: an hour comes twice
    datetime(2026, 3, 29, 0, 59, 58, tzinfo=UTC),  # and forward: one is left out
    datetime(2028, 2, 28, 23, 59, 58, tzinfo=UTC),  # the eve of a leap day
    datetime(2026, 12, 31, 23, 59, 58, tzinfo=UTC),
)
Set = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the one clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.fault("F16", "clock set forward and back")
@pytest.mark.parametrize("night", NIGHTS, ids=lambda night: f"{night:%d-%b-%Y}")
def test_new_posts_stand_above_older_ones_however_the_clock_is_set(
    people: People, verdict: Verdict, night: datetime
) -> None:
    steps, furthest, now = chance(f"clock {night}"), night, night
    desk = open_desk(people("editor"), night)
    for number in range(sized(30, 300)):
        now += steps.choice(STEPS) + timedelta(milliseconds=steps.randint(0, 900))
        now = max(now, furthest - DAY)
        furthest = max(furthest, now)
        if number % 3:
            publish_new_post(by=desk.by, slug="surge", content=content(f"Number {number}."), at=now)
        else:
            draft = draft_post(by=desk.by, slug="surge", content=content(f"Number {number}."), at=now)
            publish_post(by=desk.by, post_id=draft.post_id, at=now)
    rows = list(PagePost.objects.order_by("-first_published_at", "-post_id"))
    assert [row.shown_seq for row in rows] == sorted((row.shown_seq for row in rows), reverse=True)
    latest = rows[0].first_published_at
    assert latest <= furthest + timedelta(seconds=1), "a time that no clock ever showed"
    verdict.broken = (
        f"{sized(30, 300)} posts while the clock jumped by ±1 h and ±1 day, from {night:%d %B %Y}"
    )
    verdict.settle()


def test_who_gives_an_earlier_time_still_stands_there(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    newest = desk.publish("Newest.")
    earlier = publish_new_post(
        by=desk.by, slug="surge", content=content("Before."), first_published_at=noon - HOUR, at=desk.at
    )
    order = PagePost.objects.order_by("-first_published_at").values_list("post_id", flat=True)
    assert list(order) == [newest.post_id, earlier.post_id]


def test_a_date_far_ahead_does_not_draw_everything_after_it(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    strange = desk.publish("From an archive.")
    PagePost.objects.filter(pk=strange.post_id).update(first_published_at=noon + 400 * DAY)
    after = desk.publish("Now.")
    assert Post.objects.get(pk=after.post_id).first_published_at == desk.at


def test_what_is_scheduled_waits_for_its_time_though_the_clock_is_set_back(
    people: People, noon: datetime, set_clock: Set
) -> None:
    desk = open_desk(people("editor"), noon)
    draft = draft_post(by=desk.by, slug="surge", content=content("The embargo is over."), at=desk.at)
    schedule_post(by=desk.by, post_id=draft.post_id, publish_at=noon + 2 * HOUR, at=desk.at)
    for moment in (noon + HOUR, noon - DAY, noon + 2 * HOUR - timedelta(milliseconds=1)):
        set_clock(moment)
        assert publish_due() == 0
    set_clock(noon + 2 * HOUR)
    assert publish_due() == 1
    set_clock(noon)
    assert publish_due() == 0
    post = Post.objects.get(pk=draft.post_id)
    assert (post.state, post.first_published_at) == (State.PUBLISHED, noon + 2 * HOUR)
    assert Page.objects.get().slug == "surge"


@pytest.mark.parametrize("job", [count_votes, expire_uploads, fetch_mail, forget_answers])
def test_work_that_is_done_now_and_then_goes_on_when_the_clock_was_set_back(
    job: object, noon: datetime, set_clock: Set, monkeypatch: pytest.MonkeyPatch, people: People
) -> None:
    """It does not wait for the day to come again."""
    open_desk(people("editor"), noon - 2 * DAY)
    last = job._last  # type: ignore[attr-defined]  # a module
    monkeypatch.setattr(last, "at", noon)
    monkeypatch.setattr("django.conf.settings.INTAKE_IMAP_URL", "")
    set_clock(noon - DAY)
    if job is fetch_mail:
        assert clock.is_due(last.at, limits.INTAKE_IMAP_PAUSE, clock.now())
        return
    getattr(job, job.__name__.rpartition(".")[2])()  # type: ignore[attr-defined]  # a module
    assert last.at == noon - DAY

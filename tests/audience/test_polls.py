"""Votes: once from a device, counted in batches, shown to readers as changes of the post; closed in time."""

from datetime import datetime, timedelta

import pytest
from tests.document.strategies import Json
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People

from stoppress.audience.actions.count_votes import count_votes
from stoppress.audience.actions.vote import Ballot, vote
from stoppress.audience.models import Vote
from stoppress.audience.refusals import NoSuchThing, NotTaken, Unfit
from stoppress.audience.voters import voter_of
from stoppress.document.parse import parse_document
from stoppress.events.kinds import Kind
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog, reopen_liveblog
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Event, PagePost, PollResult, Post
from stoppress.liveblogs.refusals import InvalidInput

pytestmark = [pytest.mark.database, pytest.mark.django_db]

POLL = "k3v9x0q2m1za"


def poll(closes: str = "", **words: str) -> PostContent:
    answers = words or {"a": "Ana", "b": "Bo"}
    options: Json = [{"id": name, "text": text} for name, text in answers.items()]
    attrs: Json = {"id": POLL, "question": "Who was best?", "options": options, "closes": closes}
    return PostContent(
        document=parse_document({"type": "doc", "content": [{"type": "poll", "attrs": attrs}]})
    )


def publish(desk: Desk, content: PostContent) -> str:
    return publish_new_post(by=desk.by, slug=desk.blog.slug, content=content, at=desk.tick()).post_id


def cast(desk: Desk, post_id: str, option: str = "a", *, device: int = 1, at: datetime | None = None) -> bool:
    voter = voter_of(token=f"{device:032x}", address="", browser="", poll=(post_id, POLL))
    ballot = Ballot(slug=desk.blog.slug, post_id=post_id, poll_id=POLL, option_id=option, voter=voter)
    return vote(ballot=ballot, at=at or desk.at)


def shown(post_id: str) -> str:
    return PagePost.objects.get(pk=post_id).html


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def test_votes_are_counted_and_shown_as_one_change(desk: Desk) -> None:
    post_id = publish(desk, poll())
    before = Post.objects.get(pk=post_id)
    assert "0 votes so far" in shown(post_id)
    for device, option in enumerate("aab", 1):
        assert cast(desk, post_id, option, device=device)
    assert count_votes(at=desk.tick()) == 1
    assert "67% (2 votes)" in shown(post_id)
    assert "33% (1 vote)" in shown(post_id)
    assert "3 votes so far" in shown(post_id)
    events = Event.objects.filter(kind=Kind.POST_COUNTED, post_id=post_id)
    assert [event.revision for event in events] == [1]
    assert PagePost.objects.get(pk=post_id).changed_seq == events[0].seq
    after = Post.objects.get(pk=post_id)
    assert (after.revision, after.last_changed_at) == (before.revision, before.last_changed_at)


def test_a_device_votes_once(desk: Desk) -> None:
    post_id = publish(desk, poll())
    assert cast(desk, post_id, "a")
    assert not cast(desk, post_id, "b")
    assert Vote.objects.get().option_id == "a"


def test_nothing_new_is_nothing_told(desk: Desk) -> None:
    post_id = publish(desk, poll())
    assert count_votes(at=desk.tick()) == 0
    cast(desk, post_id)
    assert [count_votes(at=desk.tick()) for _ in range(3)] == [1, 0, 0]


def test_a_long_poll_does_not_fill_the_log(desk: Desk) -> None:
    post_id = publish(desk, poll())
    start = desk.at
    for second in range(0, 1200, 15):
        at = start + timedelta(seconds=second)
        cast(desk, post_id, device=second + 1, at=at)
        count_votes(at=at)
    told = Event.objects.filter(kind=Kind.POST_COUNTED).count()
    assert 60 < told < 75  # each time for a quarter of an hour, then each second time


def test_it_closes_at_its_time_and_says_so(desk: Desk) -> None:
    end = desk.at + timedelta(minutes=5)
    post_id = publish(desk, poll(closes=f"{end:%Y-%m-%dT%H:%M:%SZ}"))
    cast(desk, post_id)
    count_votes(at=desk.tick())
    assert "<form" in shown(post_id)
    with pytest.raises(NotTaken):
        cast(desk, post_id, device=2, at=end)
    assert count_votes(at=end) == 1
    assert "1 vote in all" in shown(post_id)
    assert "<form" not in shown(post_id)
    assert count_votes(at=end + timedelta(hours=1)) == 0


def test_it_closes_and_opens_with_its_live_blog(desk: Desk) -> None:
    post_id = publish(desk, poll())
    cast(desk, post_id)
    count_votes(at=desk.tick())
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert "1 vote in all" in shown(post_id)
    assert "<form" not in shown(post_id)
    with pytest.raises(NotTaken):
        cast(desk, post_id, device=2)
    reopen_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert "<form" in shown(post_id)
    assert cast(desk, post_id, device=2)
    close_liveblog(by=desk.by, slug="surge", at=desk.at)
    assert "1 vote in all" in shown(post_id)
    assert count_votes(at=desk.at) == 1  # what came just before counts, at once
    assert "2 votes in all" in shown(post_id)
    assert count_votes(at=desk.tick()) == 0


def test_a_withdrawn_post_takes_no_votes_and_shows_none(desk: Desk) -> None:
    post_id = publish(desk, poll())
    cast(desk, post_id)
    withdraw_post(by=desk.by, post_id=post_id, reason="It was wrong.", at=desk.tick())
    with pytest.raises(NoSuchThing):
        cast(desk, post_id, device=2)
    assert count_votes(at=desk.tick()) == 0
    assert "poll" not in shown(post_id)


def test_votes_stay_with_an_answer_whose_words_change(desk: Desk) -> None:
    post_id = publish(desk, poll())
    cast(desk, post_id, "a")
    cast(desk, post_id, "b", device=2)
    count_votes(at=desk.tick())
    changed = poll(b="Bo Lindqvist", c="Cleo")
    amend_post(by=desk.by, post_id=post_id, content=changed, correction="A name was wrong.", at=desk.tick())
    assert 'Bo Lindqvist</span> <span class="poll-share">100% (1 vote)' in shown(post_id)
    with pytest.raises(Unfit):
        cast(desk, post_id, "a", device=3)


def test_rebuilt_is_what_is_stored(desk: Desk) -> None:
    post_id = publish(desk, poll())
    cast(desk, post_id)
    count_votes(at=desk.tick())
    before = PagePost.objects.values().get(pk=post_id)
    rebuild_liveblog(blog_id=desk.blog.pk, by="Stoppress", at=desk.tick())
    assert PagePost.objects.values().get(pk=post_id) == before


def test_votes_in_two_polls_cannot_be_brought_together() -> None:
    token = "0" * 32
    one, two = (voter_of(token=token, address="", browser="", poll=("p", name)) for name in ("one", "two"))
    assert one != two
    assert len(one) == 64
    same = {"token": "", "browser": "Firefox", "poll": ("p", "one")}
    assert voter_of(address="192.0.2.1", **same) != voter_of(address="192.0.2.2", **same)  # type: ignore[arg-type]  # as keywords


def test_a_post_that_never_counted_has_no_row(desk: Desk) -> None:
    publish(desk, poll())
    count_votes(at=desk.tick())
    assert not PollResult.objects.exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [({"a": "Ana", "b": " "}, "two answers"), ({"a": "Ana", "b": "ana "}, "twice")],
)
def test_half_a_poll_is_not_published(desk: Desk, words: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        publish(desk, poll(**words))

"""The newsroom seeded and the whole day played on a real database, without waiting."""

from datetime import datetime

import pytest

from stoppress.accounts.models import User
from stoppress.demo.cast import CAST, PUBLISHER
from stoppress.demo.perform import Played, perform, to_come
from stoppress.demo.seed import CLOSED, LIVE, open_story, seed_newsroom, story
from stoppress.demo.stage import Stage
from stoppress.lib import clock
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Correction, LiveBlog, Media, Page, PagePost, PageSlot, Shift
from stoppress.newsroom.queries import publisher

pytestmark = [pytest.mark.django_db]
URL = "http://testserver"


def at_once(seconds: float) -> bool:
    assert seconds >= 0
    return True


def seeded(now: datetime, speed: float = 60) -> Stage:
    newsroom = seed_newsroom(password="a long pass phrase", public_url=URL, now=now)
    return open_story(newsroom, speed=speed, now=now)


def played(stage: Stage) -> list[Played]:
    told: list[Played] = []
    assert perform(stage, wait=at_once, tell=told.append)
    return told


def slot(slug: str, name: str) -> str:
    return PageSlot.objects.get(page__slug=slug, name=name).html


def test_the_newsroom_is_there_before_the_story_goes_on() -> None:
    now = clock.now()
    stage = seeded(now)
    house = publisher()
    assert house is not None
    assert house.name == PUBLISHER
    assert all(User.objects.get(email=person.email).check_password("a long pass phrase") for person in CAST)

    closed = LiveBlog.objects.get(slug=CLOSED)
    assert closed.status == "closed"
    assert closed.closed_at is not None
    assert closed.closed_at < now
    assert closed.posts.filter(state="published").count() >= 24
    assert "as it happened" in closed.headline

    live = LiveBlog.objects.get(slug=LIVE)
    assert (live.status, stage.slug) == ("live", LIVE)
    shown = live.posts.order_by("first_published_at")
    assert shown.count() == 12
    assert all(post.first_published_at is not None and post.first_published_at <= now for post in shown)
    assert live.pinned_post is not None
    assert "<bdi>Marit Oldenkamp</bdi> (now)" in slot(LIVE, "byline")
    assert "60 times its own pace" in slot(LIVE, "standfirst")

    assert not perform(stage, wait=lambda _: False, tell=lambda _: None)
    assert shown.count() == 12
    _another_showing_in_the_same_folder_gets_an_address_of_its_own()


def _another_showing_in_the_same_folder_gets_an_address_of_its_own() -> None:
    assert seeded(clock.now()).slug == f"{LIVE}-2"
    assert LiveBlog.objects.get(slug=LIVE).status == "closed"
    assert LiveBlog.objects.count() == 3


def test_the_day_comes_to_its_end_on_the_page() -> None:
    """One play for everything that is true in the end: it is a long one."""
    stage = seeded(clock.now())
    told = played(stage)
    assert not [one for one in told if one.refused]
    assert [one.number for one in told] == list(range(1, len(to_come(stage)) + 1))
    _the_page_holds_the_whole_story(stage)
    _what_was_wrong_is_corrected_and_what_was_withdrawn_is_gone(stage)
    _claims_end_confirmed_or_false(stage)
    _round_ups_link_to_posts_of_this_page(stage)


def _the_page_holds_the_whole_story(stage: Stage) -> None:
    live = LiveBlog.objects.get(slug=LIVE)
    assert live.status == "closed"
    assert live.headline == "Kesterhaven stays dry by seven centimetres: the night of the surge"
    assert Shift.objects.filter(liveblog=live, ended_at__isnull=False).count() == 3
    assert Media.objects.count() == 7
    posts = PagePost.objects.filter(page=Page.objects.get(slug=LIVE))
    assert posts.count() == len(stage.versions) == 80
    assert posts.filter(withdrawn=True).count() == 1
    assert posts.filter(summary=True).count() == 4
    key_events = sum(deed.says("key event") is True for deed in story(LIVE).deeds)
    assert posts.filter(key_event=True).count() == key_events
    assert slot(LIVE, "key_events").count("<li") >= key_events
    assert "Where things stand: the morning after" in slot(LIVE, "summary")
    assert all(name in slot(LIVE, "byline") for name in ("Marit Oldenkamp", "Joris Tamboer", "Nour Sabbagh"))


def _what_was_wrong_is_corrected_and_what_was_withdrawn_is_gone(stage: Stage) -> None:
    peak = PagePost.objects.get(post_id=stage.versions["peak"].post_id)
    assert Correction.objects.get().post_id == peak.post_id
    assert "Fish Quay peaks at 3.91 metres" in peak.html
    assert "An earlier version of this post said" in peak.html
    everything = "".join(row.html + row.atom + row.json_ld for row in PagePost.objects.all())
    assert "Hendrik Postma" not in everything
    assert "named a man reported missing" in everything


def _claims_end_confirmed_or_false(stage: Stage) -> None:
    confirmed, false = ("ship-anchor", "seepage", "power"), ("hospital", "video")
    for label in (*confirmed, *false):
        html = PagePost.objects.get(post_id=stage.versions[label].post_id).html
        assert f"claim-{'confirmed' if label in confirmed else 'false'}" in html
        assert "claim-unverified" not in html


def _round_ups_link_to_posts_of_this_page(stage: Stage) -> None:
    round_up = PagePost.objects.get(post_id=stage.versions["summary-4"].post_id)
    peak = stage.versions["peak"].post_id
    assert f'href="{URL}/live/{LIVE}?from={peak}#post-{peak}"' in round_up.html


def test_visitors_may_interfere() -> None:
    """One withdraws a post that the story will change, and then closes the page."""
    stage = seeded(clock.now())
    editor = stage.cast["hanneke"]
    shelters = stage.versions["shelters"].post_id
    withdraw_post(by=editor, post_id=shelters, reason="A visitor tries it.", at=clock.now())
    told: list[Played] = []

    def until_then(_: float) -> bool:
        return not told or told[-1].deed.verb != "amend"

    assert not perform(stage, wait=until_then, tell=told.append)
    assert [one.deed.label for one in told if one.refused] == ["shelters"]

    close_liveblog(by=editor, slug=stage.slug, at=clock.now())
    told.clear()
    assert not perform(stage, wait=at_once, tell=told.append)
    assert "closed" in told[-1].refused

"""What changed is named to the cache; what fails is named again; what goes wrong never holds up the loop."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_network

import pytest
from django.test import override_settings
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People
from tests.websub.subscribers import Standing, standing

from stoppress.edge.headers import for_shared_caches
from stoppress.lib import clock, limits
from stoppress.lib.cache_keys import SITE, live_key
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.worker import purge as job
from stoppress.worker.purge import Purger, Target

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


@pytest.fixture
def cache() -> Iterator[Standing]:
    """A CDN's purge address, on loopback."""
    with standing() as here:
        yield here


def purger(cache: Standing, path: str = "/purge", header: str = "") -> Purger:
    return Purger(Target(cache.url(path), header), cache.outside)


def turns(one: Purger, at: datetime) -> None:
    """Until nothing is due at that moment."""
    while one.turn(at):
        one.senders.wait()
    one.senders.wait()
    one.turn(at)


def named(cache: Standing) -> list[str]:
    """The keys that were named since the last time."""
    keys = [told.headers["surrogate-key"] for told in cache.told]
    cache.told.clear()
    return sorted(keys)


def test_a_change_is_named_once(desk: Desk, cache: Standing) -> None:
    one = purger(cache)
    desk.publish()
    turns(one, desk.at)
    assert named(cache) == ["live-surge", "site"]
    turns(one, desk.tick())
    assert named(cache) == []
    post = desk.publish()
    turns(one, desk.at)
    assert named(cache) == ["live-surge", "site"]
    withdraw_post(by=desk.by, post_id=post.post_id, reason="It was not so.", at=desk.tick())
    turns(one, desk.at)
    assert named(cache) == ["live-surge", "site"]


def test_it_is_said_in_every_way_that_is_in_use(desk: Desk, cache: Standing) -> None:
    one = purger(cache, "/service/7/purge/{key}", "Fastly-Key: not-so-secret")
    desk.publish()
    turns(one, desk.at)
    told = next(told for told in cache.told if told.path.endswith("/live-surge"))
    assert told.path == "/service/7/purge/live-surge"
    assert told.headers["fastly-key"] == "not-so-secret"
    assert told.headers["cache-tag"] == told.headers["surrogate-key"] == "live-surge"
    assert json.loads(told.body) == {"tags": ["live-surge"]}


def test_the_keys_are_those_that_answers_carry() -> None:
    for slug, key in (("surge", live_key("surge")), ("", SITE)):
        assert {value.decode() for _, value in for_shared_caches([], slug)} == {key}


def test_a_cache_that_fails_is_told_again_ever_more_seldom(desk: Desk, cache: Standing) -> None:
    one = purger(cache)
    cache.status = 503
    desk.publish()
    at = desk.at
    for wait in (limits.PURGE_RETRY, 2 * limits.PURGE_RETRY, 4 * limits.PURGE_RETRY):
        turns(one, at)
        assert named(cache) == ["live-surge", "site"]
        turns(one, at + wait - timedelta(milliseconds=1))
        assert named(cache) == []
        at += wait
    cache.status = 200
    turns(one, at)
    assert named(cache) == ["live-surge", "site"]
    turns(one, at + timedelta(days=1))
    assert named(cache) == []


def test_what_changes_while_it_is_named_is_named_again(desk: Desk, cache: Standing) -> None:
    one = purger(cache)
    desk.publish()
    one.turn(desk.at)  # on its way
    desk.publish()
    one.turn(desk.at)
    one.senders.wait()
    turns(one, desk.at)
    turns(one, desk.at + limits.PURGE_PAUSE)
    assert named(cache) == ["live-surge", "live-surge", "site", "site"]


def test_a_worker_that_starts_names_the_last_hour(desk: Desk, cache: Standing) -> None:
    desk.publish()
    late = purger(cache)
    turns(late, desk.at + limits.PURGE_BACK + limits.PURGE_MARGIN + timedelta(seconds=1))
    assert named(cache) == []
    soon = purger(cache)
    turns(soon, desk.at + limits.PURGE_BACK)
    assert named(cache) == ["live-surge", "site"]


def test_drafts_are_nobodys_business(people: People, noon: datetime, cache: Standing) -> None:
    desk = open_desk(people("editor"), noon, status="draft")
    turns(purger(cache), desk.at)
    assert named(cache) == []


def test_an_address_inside_is_never_asked(desk: Desk, cache: Standing) -> None:
    one = Purger(Target(cache.url()))  # the way out of the product, not of a test
    desk.publish()
    turns(one, desk.at)
    assert named(cache) == []


def test_an_address_inside_is_asked_where_the_operator_named_its_network(
    desk: Desk, cache: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    monkeypatch.setattr(clock, "now", lambda: desk.at)
    monkeypatch.setattr(job, "_part", job._Part())
    with override_settings(PURGE_URL=cache.url(), PURGE_NETWORKS=(ip_network("127.0.0.0/8"),)):
        assert job.purge() == 2
    assert job._part.purger is not None
    job._part.purger.senders.wait()
    assert named(cache) == ["live-surge", "site"]


def test_without_an_address_nothing_is_looked_for(desk: Desk) -> None:
    desk.publish()
    with override_settings(PURGE_URL=""):
        assert job.purge() == 0

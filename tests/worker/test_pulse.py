import json
import threading
from datetime import datetime, timedelta
from itertools import count

import pytest
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.lib.gauges import text
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.schedule_post import schedule_post
from stoppress.newsroom.actions import pulse as action
from stoppress.newsroom.models import Pulse
from stoppress.worker import figures, loop
from stoppress.worker.pulse import Pulse as Sign

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_worker_says_that_it_is_there_and_how_its_jobs_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)  # the test's own holds a transaction
    monkeypatch.setattr(limits, "WORKER_PAUSE_SECONDS", 0)
    monkeypatch.setattr(limits, "PULSE_SECONDS", 0)
    stop, seen, rounds = threading.Event(), list[Pulse](), count()

    def sound() -> int:
        return 1

    def broken() -> int:
        raise RuntimeError("the words of a post")

    def look() -> int:
        seen.extend(Pulse.objects.filter(jobs__has_key="broken"))
        if seen or next(rounds) > 10:
            stop.set()
        return 0

    loop.work(stop, (sound, broken, look))
    told = seen[0]
    assert told.name.startswith("worker ")
    assert (told.jobs["sound"]["failures"], told.jobs["broken"]["failures"]) == (0, 1)
    assert (told.jobs["broken"]["done_at"], bool(told.jobs["sound"]["done_at"])) == ("", True)
    assert "words" not in json.dumps(told.jobs)
    assert not Pulse.objects.exists()  # it ended when asked to, and said so


def test_it_speaks_now_and_then(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    sign = Sign(since=noon)
    for seconds in (0, 1, limits.PULSE_SECONDS - 1):
        monkeypatch.setattr(clock, "now", lambda at=noon + timedelta(seconds=seconds): at)
        sign.beat()
    assert Pulse.objects.get().at == noon
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(seconds=limits.PULSE_SECONDS))
    sign.beat()
    assert Pulse.objects.get().at > noon


def test_processes_that_died_are_forgotten_after_a_while(noon: datetime) -> None:
    action.beat(name="one", version="1", since=noon, jobs={}, at=noon)
    action.beat(name="two", version="1", since=noon, jobs={}, at=noon + limits.PULSE_KEPT)
    assert Pulse.objects.count() == 2
    action.beat(
        name="two", version="1", since=noon, jobs={}, at=noon + limits.PULSE_KEPT + timedelta(seconds=1)
    )
    assert Pulse.objects.get().name == "two"


def test_what_waits_and_for_how_long(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    for minutes in (2, 5, 60):
        draft = draft_post(by=desk.by, slug="surge", content=content("Later."), at=noon)
        at = noon + timedelta(minutes=minutes)
        schedule_post(by=desk.by, post_id=draft.post_id, publish_at=at, at=noon)
    at = noon + timedelta(minutes=10)
    rows = {row.name: (row.depth, row.behind) for row in figures.queues(at)}
    assert rows == {
        "scheduled": (2, 480.0),
        "alerts": (0, 0.0),
        "push": (0, 0.0),
        "websub_asked": (0, 0.0),
        "websub": (0, 0.0),
    }


def test_numbers_for_prometheus(noon: datetime) -> None:
    assert "stoppress_workers 0.0" in text(figures.gauges(noon)).decode()
    jobs = {
        "notify": {"done_at": clock.rfc3339(noon), "failures": 0},
        "fetch_mail": {"done_at": "", "failures": 7},
    }
    action.beat(name="one", version="1", since=noon, jobs=jobs, at=noon)
    told = text(figures.gauges(noon + timedelta(seconds=8))).decode()
    for line in (
        "stoppress_workers 1.0",
        "stoppress_worker_silence_seconds 8.0",
        'stoppress_job_age_seconds{job="notify"} 8.0',
        'stoppress_job_failures{job="fetch_mail"} 7.0',
        'stoppress_queue_behind_seconds{queue="push"} 0.0',
    ):
        assert line in told

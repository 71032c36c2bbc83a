import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.accounts.models import User
from stoppress.lib import clock
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.schedule_post import schedule_new_post
from stoppress.liveblogs.models import LiveBlog, PagePost, Post
from stoppress.worker.loop import work
from stoppress.worker.publish_due import publish_due

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock that the worker reads."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def schedule(desk: Desk, minutes: int, text: str = "Later.") -> str:
    due = desk.at + timedelta(minutes=minutes)
    return schedule_new_post(
        by=desk.by, slug="surge", content=content(text), publish_at=due, at=desk.at
    ).post_id


def test_what_is_due_comes_out_in_order_and_the_rest_waits(
    desk: Desk, at: Callable[[datetime], None]
) -> None:
    second, first, later = schedule(desk, 10), schedule(desk, 5), schedule(desk, 60)
    at(desk.at + timedelta(minutes=11))
    assert publish_due() == 2
    shown = list(PagePost.objects.order_by("changed_seq").values_list("post_id", flat=True))
    assert shown == [first, second]
    assert Post.objects.get(pk=later).state == "scheduled"
    assert Post.objects.get(pk=first).first_published_at == desk.at + timedelta(minutes=11)
    assert publish_due() == 0


def test_a_post_whose_scheduler_left_becomes_a_draft(desk: Desk, at: Callable[[datetime], None]) -> None:
    post = schedule(desk, 5)
    User.objects.update(is_active=False)
    at(desk.at + timedelta(minutes=6))
    assert publish_due() == 0
    assert Post.objects.get(pk=post).state == "draft"
    assert not PagePost.objects.exists()


def test_a_post_on_a_live_blog_that_closed_meanwhile_becomes_a_draft(
    desk: Desk, at: Callable[[datetime], None]
) -> None:
    post = schedule(desk, 5)
    close_liveblog(by=desk.by, slug="surge", at=desk.at)
    Post.objects.filter(pk=post).update(state="scheduled", publish_at=desk.at, publish_by=desk.by.user_id)
    at(desk.at + timedelta(minutes=6))
    assert publish_due() == 0
    assert Post.objects.get(pk=post).state == "draft"
    assert LiveBlog.objects.get().status == "closed"


def test_a_job_that_fails_stops_neither_the_others_nor_the_loop() -> None:
    stop = threading.Event()
    done: list[str] = []

    def broken() -> int:
        done.append("broken")
        raise RuntimeError("the job's own fault")

    def sound() -> int:
        done.append("sound")
        stop.set()
        return 1

    work(stop, (broken, sound))
    assert done == ["broken", "sound"]

"""Numbers without gaps, in the order of commits, whoever writes at the same time (law 2)."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from tests.liveblogs.newsdesk import content, open_desk
from tests.people import People

from stoppress.lib import clock
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.models import Event, LiveBlog, PagePost, Post
from stoppress.liveblogs.refusals import StaleRevision

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WRITERS, EACH = 4, 12


def together(*deeds: Callable[[], object]) -> list[BaseException]:
    """Run each in a thread with its own connection; returns what they raised."""
    raised: list[BaseException] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as fault:  # noqa: BLE001 (handed to the test)
            raised.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_many_writers_leave_no_gap_and_a_reader_never_sees_one(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    first = LiveBlog.objects.get().last_seq
    done = threading.Event()
    seen: list[int] = []

    def write(writer: int) -> Callable[[], None]:
        def deed() -> None:
            for number in range(EACH):
                publish_new_post(
                    by=desk.by, slug="surge", content=content(f"{writer} {number}"), at=clock.now()
                )

        return deed

    def follow() -> None:
        """A tail by number: whatever it skips is lost for good."""
        cursor = first
        while not done.is_set() or Event.objects.filter(seq__gt=cursor).exists():
            for seq in Event.objects.filter(seq__gt=cursor).order_by("seq").values_list("seq", flat=True):
                seen.append(seq)
                cursor = seq

    def read() -> None:
        follow()
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    raised = together(*(write(writer) for writer in range(WRITERS)))
    done.set()
    reader.join()
    assert raised == []
    last = LiveBlog.objects.get().last_seq
    assert seen == list(range(first + 1, last + 1))
    assert PagePost.objects.count() == Post.objects.count() == WRITERS * EACH


def test_two_hands_on_one_post_never_overwrite_silently(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    post = desk.publish("First words.")

    def amend(words: str) -> Callable[[], object]:
        return lambda: amend_post(
            by=desk.by, post_id=post.post_id, content=content(words), base_revision=1, at=desk.at
        )

    raised = together(amend("Mine."), amend("Yours."))
    assert [type(fault) for fault in raised] == [StaleRevision]
    assert Post.objects.get().revision == 2

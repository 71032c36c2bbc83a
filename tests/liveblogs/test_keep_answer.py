"""A repeated request has one effect and one answer, however the repeats meet."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, transaction
from tests.liveblogs.newsdesk import open_desk
from tests.people import People

from stoppress.liveblogs.actions.keep_answer import Answer, earlier_answer, forget_old_answers, kept_answer
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.models import Event, KeptAnswer, Post
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

REQUEST = b"POST /posts\n{}"


def counted(status: int = 201) -> tuple[list[int], Callable[[], Answer]]:
    calls: list[int] = []

    def make() -> Answer:
        calls.append(len(calls))
        return Answer(status, f'{{"n": {len(calls)}}}')

    return calls, make


def ask(by: Staff, make: Callable[[], Answer], key: str = "k-1", request: bytes = REQUEST) -> Answer:
    return kept_answer(by=by, key=key, request=request, make=make)


def test_the_first_answer_again(people: People) -> None:
    by = people("editor")
    calls, make = counted()
    assert ask(by, make) == ask(by, make) == Answer(201, '{"n": 1}')
    assert calls == [0]
    assert earlier_answer(by=by, key="k-1", request=REQUEST) == Answer(201, '{"n": 1}')
    assert earlier_answer(by=by, key="k-2", request=REQUEST) is None


def test_another_request_with_the_key_is_refused(people: People) -> None:
    by = people("editor")
    _, make = counted()
    ask(by, make)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: ask(by, make, request=b"other"),
        lambda: earlier_answer(by=by, key="k-1", request=b"other"),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInput, match="used for another request") as refused:
            attempt()
        assert refused.value.field == "Idempotency-Key"


def test_keys_belong_to_people(people: People) -> None:
    calls, make = counted()
    ask(people("editor"), make)
    ask(people("reporter"), make)
    assert len(calls) == 2


def test_what_was_refused_may_be_tried_again(people: People) -> None:
    by = people("editor")

    def refuse() -> Answer:
        raise NotFound("There is none.")

    with pytest.raises(NotFound):
        ask(by, refuse)
    _, bad = counted(409)
    assert ask(by, bad).status == 409
    assert not KeptAnswer.objects.exists()
    _, make = counted()
    assert ask(by, make).status == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "two words", "naïve", "tab\t", "line\n", "\x00"])
def test_keys_that_cannot_be_used(people: People, key: str) -> None:
    calls, make = counted()
    with pytest.raises(InvalidInput, match="printable ASCII"):
        ask(people("editor"), make, key=key)
    assert not calls


def test_a_crash_leaves_neither_key_nor_effect(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)
    post = desk.publish()
    events = Event.objects.count()

    def act() -> Answer:
        mark_post(by=desk.by, post_id=post.post_id, key_event=True, at=desk.tick())
        return Answer(200, "{}")

    def act_and_die() -> Answer:
        act()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(desk.by, act_and_die)

    def act_and_fail_to_commit() -> None:
        with transaction.atomic():
            ask(desk.by, act)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act_and_fail_to_commit()
    assert not KeptAnswer.objects.exists()
    assert Event.objects.count() == events
    assert not Post.objects.get().key_event
    ask(desk.by, act)
    ask(desk.by, act)
    assert Post.objects.get().key_event
    assert KeptAnswer.objects.count() == 1


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Each in its own thread, started together; what each gave back or raised."""
    start = Barrier(len(calls))
    came: list[object] = []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            came.append(call())
        except InvalidInput as refused:
            came.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_repeats_at_the_same_time_have_one_effect(people: People, noon: datetime) -> None:
    desk = open_desk(people("editor"), noon)

    def publish() -> Answer:
        written = desk.publish("Once only.")
        return Answer(201, written.post_id)

    came = at_once(*[lambda: ask(desk.by, publish)] * 8)
    assert len(came) == 8
    assert len(set(came)) == 1
    assert Post.objects.count() == 1


def test_two_requests_with_one_key_at_the_same_time(people: People) -> None:
    by = people("editor")
    calls, make = counted()
    came = at_once(lambda: ask(by, make, request=b"one"), lambda: ask(by, make, request=b"two"))
    assert sorted(type(each).__name__ for each in came) == ["Answer", "InvalidInput"]
    assert len(calls) == 1


def test_a_first_that_fails_lets_the_second_through(people: People) -> None:
    by = people("editor")
    outcomes = iter([409, 201])

    def make() -> Answer:
        return Answer(next(outcomes), "{}")

    came = at_once(*[lambda: ask(by, make)] * 2)
    assert sorted(each.status for each in came if isinstance(each, Answer)) == [201, 409]


def test_old_answers_are_forgotten(people: People, noon: datetime) -> None:
    by = people("editor")
    _, make = counted()
    with time_machine.travel(noon, tick=False):
        ask(by, make, key="old")
    with time_machine.travel(noon + timedelta(days=6), tick=False):
        ask(by, make, key="new")
    assert forget_old_answers(at=noon + timedelta(days=7, seconds=1)) == 1
    assert [row.key for row in KeptAnswer.objects.all()] == ["new"]

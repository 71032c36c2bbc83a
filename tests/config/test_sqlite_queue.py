"""Writers of one process take turns in the order in which they came."""

from contextlib import suppress
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from stoppress.config.sqlite.base import Queue, _queues

LONG = 60.0  # seconds until something that must come is given up


def waits(queue: Queue, count: int) -> None:
    """Return when `count` threads stand in the queue."""
    while len(queue._waiting) < count:
        pass


def test_turns_go_round_in_the_order_of_coming() -> None:
    queue, order = Queue(), list[int]()
    assert queue.take(LONG)

    def turn(number: int) -> None:
        assert queue.take(LONG)
        order.append(number)
        queue.give()

    threads = [Thread(target=turn, args=(number,)) for number in range(5)]
    for number, thread in enumerate(threads):
        thread.start()
        waits(queue, number + 1)
    queue.give()
    for thread in threads:
        thread.join(LONG)
    assert order == [0, 1, 2, 3, 4]
    assert queue.take(0)


def test_who_gave_up_is_not_called() -> None:
    queue = Queue()
    assert queue.take(LONG)
    assert not queue.take(0.001)
    queue.give()
    assert queue.take(0)


# Not marked `database`: PostgreSQL locks rows, and has no such queue.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["commit", "refusal", "broken connection", "another's lock"])
def test_a_turn_ends_with_its_transaction_however_that_ends(end: str) -> None:
    queue = _queues[str(connection.settings_dict["NAME"])]
    with suppress(LookupError, OperationalError), transaction.atomic():
        assert not queue.take(0)
        if end == "refusal":
            raise LookupError
        if end == "broken connection":
            connection.close()
            raise LookupError
        if end == "another's lock":
            raise OperationalError("database is locked")
    assert queue.take(0)
    queue.give()

"""What every post asks in plain SQL goes over one cursor, and no other cursor's rules are lost by that."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from stoppress.liveblogs import plain_rows

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

ONE = "SELECT 1"
TAKE = "INSERT INTO page_text (post_id) VALUES (%s)"  # which lacks what may not be empty


def test_rows_come_whole_and_in_order() -> None:
    with transaction.atomic():
        assert plain_rows.ask("SELECT 1 UNION ALL SELECT %s", [2]) == [(1,), (2,)]
        assert plain_rows.ask("SELECT 3", []) == [(3,)]
    assert plain_rows.ask("SELECT 4", []) == [(4,)]


def test_a_new_connection_gets_a_new_cursor() -> None:
    with transaction.atomic():
        plain_rows.ask(ONE, [])
    connection.close()
    with transaction.atomic():
        assert plain_rows.ask(ONE, []) == [(1,)]


def test_whoever_counts_statements_counts_these() -> None:
    with transaction.atomic():
        plain_rows.ask(ONE, [])
        with CaptureQueriesContext(connection) as counted:
            plain_rows.ask(ONE, [])
    assert len(counted) == 1


def test_after_a_refusal_the_next_transaction_works() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        plain_rows.do(TAKE, ["1"])
    with transaction.atomic():
        assert plain_rows.ask(ONE, []) == [(1,)]

"""F15: many writers on one live blog, while transactions that take long hold lower numbers, and some give them back."""

import random
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, chance, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom
from tests.chaos.writer import Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

WRITERS = sized([8], [4, 8, 16, 64])
POSTS = sized(48, 640)
READERS = sized(5, 20)
HELD_SECONDS = sized(0.3, 1.0)

NEXT = "UPDATE liveblog SET last_seq = last_seq + 1 WHERE slug = ? RETURNING id, last_seq"
EVENT = 'INSERT INTO event (liveblog_id, seq, kind, "by", at) VALUES (?, ?, ?, ?, ?)'


@pytest.mark.fault("F15", "Long transactions hold lower numbers")
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
@pytest.mark.parametrize("count", WRITERS)
def test_readers_see_no_gap(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict, database: str, count: int
) -> None:
    verdict.title += f", {count} writers, {database}"
    held = 0
    moments = chance(f"long transactions {database} {count}")
    with newsroom_on(database) as newsroom, Crowd(newsroom.edge_url, SLUG, READERS) as crowd:
        writers = Writers(newsroom, ledger, count=count, total=POSTS)
        with writers:
            while writers.busy:
                held += 1
                hold_a_number(newsroom, ledger, moments)
                writers.until(len(ledger) + POSTS // 8)
        verdict.broken = (
            f"{held} transactions of {HELD_SECONDS} s, half of them given up, during {POSTS} posts"
        )
        verdict.complain(*writers.strange)
        check(newsroom, ledger, verdict, crowd=crowd)


def hold_a_number(newsroom: Newsroom, ledger: Ledger, moments: random.Random) -> None:
    """Take the next number past the product, keep everybody waiting, then keep it or give it back."""
    mark = "%s" if newsroom.database_url else "?"
    with closing(_connection(newsroom)) as connection:
        connection.execute("BEGIN" if newsroom.database_url else "BEGIN IMMEDIATE")
        ledger.break_()
        blog, seq = connection.execute(NEXT.replace("?", mark), (SLUG,)).fetchall()[0]
        values = (blog, seq, "post.drafted", "A slow hand", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}")
        connection.execute(EVENT.replace("?", mark), values)
        time.sleep(HELD_SECONDS)  # the point of it: the lower number is there and is not committed
        connection.execute("COMMIT" if moments.random() < 0.5 else "ROLLBACK")
        ledger.mend()


def _connection(newsroom: Newsroom) -> Any:  # both speak the same four words
    if newsroom.database_url:
        return psycopg.connect(newsroom.database_url, autocommit=True)
    path = newsroom.data / "stoppress.sqlite3"
    return sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)

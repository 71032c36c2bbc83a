"""What a post costs does not grow with its live blog: the same statements, each by an index, after 50 posts and 1,000.

Nothing is timed: the statements are counted, and the database is asked how it carries each of them out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any, cast

import pytest
from django.db import connection
from django.db.models import AutoField, Model
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.edge import store
from stoppress.edge.store import Question
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.content import Written
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.pin_post import pin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import (
    Event,
    LiveBlog,
    Page,
    PageByline,
    PagePost,
    PageText,
    Post,
    PostWords,
    Revision,
)
from stoppress.liveblogs.queries import posts_page, timeline

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SHORT, LONG = 50, 1_000
ROWS = 30  # of a list on the desk or by the API
STEPS = 10  # of SQLite's machine between two counts
SLACK = (
    200  # a floor more in each tree; reading what LONG brings costs thousands of steps, or a thousand rows
)
# What a copied row has of its own. `n.i`: its number. Each stands a minute before the last, on sealed pages.
AT = {
    "first_published_at": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', one.first_published_at, '-' || n.i || ' minutes')"
    if connection.vendor == "sqlite"
    else "one.first_published_at - n.i * interval '1 minute'"
}
SEQS = {"shown_seq": "1000 + n.i", "changed_seq": "1000 + n.i"}
NAME = "CAST(100000 + n.i AS VARCHAR)"
COPIED: dict[type[Model], dict[str, str]] = {
    Post: {"id": NAME, **AT},
    Revision: {"post_id": NAME},
    PostWords: {"post_id": NAME},
    PagePost: {"post_id": NAME, "leaf": f"10 + n.i / {limits.PAGE_POSTS}", **SEQS, **AT},
    PageText: {"post_id": NAME},
    PageByline: {"post_id": NAME},
    Event: {"post_id": NAME, "seq": "1000 + n.i"},
}

Deed = Callable[[], object]


def lengthen(oldest: PostId) -> None:
    """Copies of the oldest post until there are LONG."""
    for model, own in COPIED.items():
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if not isinstance(field, AutoField) or field.column in own
        ]
        values = ", ".join(own.get(str(column), f'one."{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        key = "id" if model is Post else "post_id"
        with connection.cursor() as cursor:
            cursor.execute(
                f"""INSERT INTO {model._meta.db_table} ({names})
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
                SELECT {values} FROM n CROSS JOIN
                (SELECT * FROM {model._meta.db_table} WHERE {key} = %s LIMIT 1) AS one""",  # noqa: S608 (our own names)
                [LONG - SHORT, oldest],
            )
    LiveBlog.objects.update(last_seq=1000 + LONG)
    Page.objects.update(leaves=10 + LONG // limits.PAGE_POSTS)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def heard() -> Iterator[list[tuple[str, Any]]]:
    """The statements that are carried out meanwhile, with their values."""
    statements: list[tuple[str, Any]] = []

    def hear(execute: Callable[..., object], sql: str, values: Any, many: bool, context: Any) -> object:  # noqa: FBT001 (Django's call)
        statements.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(hear):
        yield statements


class Work:
    """How much a database does meanwhile: steps of SQLite's machine, or rows that PostgreSQL looks at."""

    def __init__(self) -> None:
        self.done = 0

    def step(self) -> None:
        self.done += STEPS

    def look(self, sql: str, values: Any) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
                (plan,) = cursor.fetchone()
            self.done += _rows(plan[0]["Plan"])


def _rows(plan: dict[str, Any]) -> int:
    """Rows that this part of a plan gave or threw away, and those below it."""
    own = plan["Actual Rows"] + sum(
        plan.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Join Filter")
    )
    return int(own * plan["Actual Loops"]) + sum(map(_rows, plan.get("Plans", ())))


@contextmanager
def measured() -> Iterator[Work]:
    """Count what is done within."""
    work = Work()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(work.step, STEPS)
        try:
            yield work
        finally:
            connection.connection.set_progress_handler(None, 0)
        return
    with heard() as statements:
        yield work
    with connection.cursor() as cursor:  # of a thousand rows it rather reads all: is there a way by an index?
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off")
    for sql, values in statements:
        work.look(sql, values)


def deeds(desk: Desk, ids: list[PostId], early: datetime) -> dict[str, Deed]:
    """What is done with every post, or often. `ids`: of posts, newest last; some of them are used up."""
    by, slug = desk.by, desk.blog.slug

    def amend(text: str, correction: str = "") -> Written:
        changed = content(f"{text} ({desk.at})")
        return amend_post(by=by, post_id=ids[3], content=changed, correction=correction, at=desk.tick())

    def in_the_past() -> Written:
        told = content("It began here.")
        return publish_new_post(by=by, slug=slug, content=told, first_published_at=early, at=desk.tick())

    return {
        "publish": lambda: desk.publish("The gate is open again."),
        "publish in the past": in_the_past,
        "draft": lambda: draft_post(by=by, slug=slug, content=content("Later."), at=desk.tick()),
        "amend": lambda: amend("In metres."),
        "correct": lambda: amend("In feet.", "It was another gate."),
        "mark": lambda: mark_post(by=by, post_id=ids.pop(), key_event=True, at=desk.tick()),
        "pin": lambda: pin_post(by=by, post_id=ids.pop(), at=desk.tick()),
        "withdraw": lambda: withdraw_post(by=by, post_id=ids.pop(), reason="Not so.", at=desk.tick()),
    }


def questions(blog: LiveBlog, old: PostId) -> dict[str, Question[Any]]:
    """What readers ask of a live blog, from its newest post to its oldest."""
    number, slug, lately = BlogId(blog.pk), blog.slug, Seq(Page.objects.get().changed_seq - 3)
    return {
        "number": store.number(slug),
        "page": store.page(slug),
        "an older page": store.page(slug, old),
        "changes": store.changed(number, lately),
        "since": store.since(slug, lately),
        "post": store.post(slug, old),
        "history": store.past(slug, old),
        "corrections": store.corrections(slug),
        "claims": store.claims(slug),
        **{name: store.feed(slug, name) for name in store.FEED_COLUMNS},
        "an older feed": store.feed(slug, "feed.atom", 1),
    }


def ask(question: Question[Any]) -> None:
    with suppress(StopIteration), connection.cursor() as cursor:
        asked = next(question)
        while True:
            cursor.execute(asked[0].replace("?", "%s"), cast("tuple[str, ...]", asked[1]))
            asked = question.send(cursor.fetchall())


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def fill(desk: Desk) -> list[PostId]:
    """SHORT posts, some of them key events, none a summary: whoever looks for one looks through all there is."""
    return [desk.publish(f"Gauge {number}.", key_event=number % 9 == 4).post_id for number in range(SHORT)]


def cost(deed: Deed) -> tuple[int, int]:
    """How many statements a deed takes, and how much work they are."""
    with measured() as work, heard() as statements:
        deed()
    return len(statements), work.done


def cost_of_all(named: dict[str, Deed]) -> dict[str, tuple[int, int]]:
    return {name: cost(deed) for name, deed in named.items()}


def grown(short: dict[str, tuple[int, int]], long: dict[str, tuple[int, int]]) -> dict[str, object]:
    """What is more work than it was."""
    return {
        name: (before, long[name])
        for name, before in short.items()
        if long[name][1] > before[1] * 1.2 + SLACK
    }


def test_writing_costs_the_same_in_a_long_live_blog(desk: Desk) -> None:
    early = desk.at
    ids = fill(desk)
    for deed in deeds(desk, ids, early).values():
        deed()  # the first of each finds things to be made once
    short = cost_of_all(deeds(desk, ids, early))
    lengthen(ids[0])
    desk.publish()  # and finds that the newest of the older pages is another one
    assert Post.objects.count() > LONG
    long = cost_of_all(deeds(desk, ids, early))
    assert [count for count, _ in long.values()] == [count for count, _ in short.values()]
    assert grown(short, long) == {}


def test_reading_costs_the_same_in_a_long_live_blog(desk: Desk) -> None:
    ids = fill(desk)

    def asked() -> dict[str, Deed]:
        named = questions(desk.blog, ids[0])
        by, slug = desk.by, desk.blog.slug
        return {name: partial(ask, question) for name, question in named.items()} | {
            "the desk's timeline": lambda: timeline(by, slug, ROWS),
            "the API's posts": lambda: posts_page(by, slug, None, ROWS),
            "the API's older posts": lambda: posts_page(by, slug, ids[-1], ROWS),
        }

    def put_right() -> None:
        amend_post(by=desk.by, post_id=ids[3], content=content(f"At {desk.at}."), at=desk.tick())

    put_right()
    short = cost_of_all(asked())
    lengthen(ids[0])
    desk.publish()
    put_right()
    long = cost_of_all(asked())
    assert grown(short, long) == {}

"""Page before + changes = fresh page, at every cut of random histories; and the rules of collapsing one by one."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.edge.histories import do, histories
from tests.edge.readmodel import Blog, ReadModel, post_id
from tests.property.fold import MustReload, Shown, apply, fresh

from stoppress.edge.collapse import changes
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import Store
from stoppress.events.changes import Change, HeadChange, PostChange, Reload, StatusChange, WithdrawnChange
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq

PAGE_POSTS = 3


@contextmanager
def newsroom() -> Iterator[tuple[ReadModel, Blog, SqliteStore]]:
    """A read model for one example, with short pages."""
    with tempfile.TemporaryDirectory() as folder:
        model = ReadModel(Path(folder) / "stoppress.sqlite3", page_posts=PAGE_POSTS)
        store = SqliteStore(model.path)
        yield model, model.blog(), store
        asyncio.run(store.close())
        model.close()


async def since(store: Store, blog_id: BlogId, after: int, lowest: int | None = None) -> list[Change]:
    """The changes after `after`, from rows that were read from `lowest` on."""
    rows = await store.changed(blog_id, Seq(after if lowest is None else lowest))
    assert rows is not None
    return changes(rows, Seq(after))


async def pages_now(store: Store, posts_made: int) -> dict[int, Shown]:
    """Every page there is now, by its leaf."""
    found = [
        await store.page("storm", order="newest"),
        *[await store.page("storm", post_id(n), "newest") for n in range(1, posts_made + 1)],
    ]
    return {page.leaf: fresh(page) for page in found if page is not None}


def folded(page: Shown, found: list[Change]) -> Shown | None:
    """The page after the changes; None when it must be fetched afresh."""
    try:
        for change in found:
            page = apply(page, change)
    except MustReload:
        return None
    return page


def same(page: Shown | None, now: Shown) -> bool:
    return page is None or (page.posts, page.slots, page.status) == (now.posts, now.slots, now.status)


@settings(max_examples=40, deadline=None)
@given(histories)
def test_page_before_plus_changes_is_the_fresh_page(history: list[tuple[str, int]]) -> None:
    async def scene() -> None:
        before = await pages_now(store, model.posts_made)
        loaded = [before]
        for deed in history:
            do(model, blog, deed)
            loaded.append(await pages_now(store, model.posts_made))
        now = loaded[-1]
        for pages in loaded:
            for leaf, page in pages.items():
                assert same(folded(page, await since(store, blog.blog_id, page.seq)), now[leaf])
                assert same(folded(page, await since(store, blog.blog_id, page.seq, lowest=0)), now[leaf])

    with newsroom() as (model, blog, store):
        asyncio.run(scene())


@settings(max_examples=40, deadline=None)
@given(histories, st.lists(st.booleans(), min_size=25, max_size=25))
def test_it_does_not_matter_when_a_reader_asks(history: list[tuple[str, int]], asks: list[bool]) -> None:
    """A word of the bus is a reason to ask, no more: those lost are caught up with."""

    async def scene() -> None:
        page = (await pages_now(store, 0))[0]
        for deed, asked in zip(history, asks, strict=False):
            do(model, blog, deed)
            if asked:
                after = folded(page, await since(store, blog.blog_id, page.seq))
                page = after or (await pages_now(store, model.posts_made))[0]
        now = (await pages_now(store, model.posts_made))[0]
        assert same(folded(page, await since(store, blog.blog_id, page.seq)), now)

    with newsroom() as (model, blog, store):
        asyncio.run(scene())


@settings(max_examples=40, deadline=None)
@given(histories, st.integers(0, 9), st.data())
def test_a_reader_cut_in_the_middle_of_a_batch_goes_on_or_starts_afresh(
    history: list[tuple[str, int]], start: int, data: st.DataObject
) -> None:
    async def scene() -> None:
        for deed in history[:start]:
            do(model, blog, deed)
        page = (await pages_now(store, model.posts_made))[0]
        for deed in history[start:]:
            do(model, blog, deed)
        now = (await pages_now(store, model.posts_made))[0]
        batch = await since(store, blog.blog_id, page.seq)
        cut = data.draw(st.integers(0, len(batch)))
        half = folded(page, batch[:cut])
        if half is None:
            return
        try:
            rest = folded(half, await since(store, blog.blog_id, half.seq))
        except AssertionError as lacking:  # the page knows that it cannot place a post, and is fetched
            assert "the first page lacks" in str(lacking)  # noqa: PT017 (any other fault is one)
            return
        assert same(rest, now)

    with newsroom() as (model, blog, store):
        asyncio.run(scene())


def kinds(found: list[Change]) -> list[tuple[str, int]]:
    return [(type(change).__name__, change.seq) for change in found]


def test_each_touched_post_comes_once_in_its_present_state() -> None:
    with newsroom() as (model, blog, store):
        first, second = model.post(blog, "One"), model.post(blog, "Two")
        for version in range(3):
            model.amend(blog, first, f"Version {version}")
        found = asyncio.run(since(store, blog.blog_id, 1))
    assert kinds(found) == [("PostChange", 3), ("PostChange", 6)]
    assert isinstance(found[0], PostChange)
    assert isinstance(found[1], PostChange)
    assert (found[0].id, found[1].id) == (second, first)
    assert "Version 2" in found[1].html


def test_each_slot_comes_once_at_its_own_number_and_the_status_once() -> None:
    with newsroom() as (model, blog, store):
        model.head(blog, headline="A", standfirst="a")
        model.status(blog, "paused")
        model.head(blog, headline="B")
        model.status(blog, "live")
        found = asyncio.run(since(store, blog.blog_id, 1))
    assert found == [
        HeadChange(Seq(2), {"standfirst": "a"}),
        HeadChange(Seq(4), {"headline": "B"}),
        StatusChange(Seq(5), "live"),
    ]


def test_slots_changed_together_come_together() -> None:
    with newsroom() as (model, blog, store):
        model.head(blog, headline="A", standfirst="a", byline="Ann")
        found = asyncio.run(since(store, blog.blog_id, 1))
    assert found == [HeadChange(Seq(2), {"byline": "Ann", "headline": "A", "standfirst": "a"})]


def test_a_post_published_and_withdrawn_while_away_comes_as_its_tombstone() -> None:
    with newsroom() as (model, blog, store):
        post = model.post(blog, "CANARY")
        model.withdraw(blog, post)
        (found,) = asyncio.run(since(store, blog.blog_id, 1))
    assert isinstance(found, WithdrawnChange)
    assert (found.id, found.after, found.seq) == (post, None, 3)
    assert "CANARY" not in found.html


def test_after_names_only_a_post_the_reader_has_by_then() -> None:
    with newsroom() as (model, blog, store):
        top = model.post(blog, "Top", minute=30)
        middle = model.post(blog, "Middle", minute=20)
        low = model.post(blog, "Low", minute=10)
        model.amend(blog, middle, "Middle, amended")
        one_by_one = {after: asyncio.run(since(store, blog.blog_id, after)) for after in (1, 2, 3, 4)}
    places = {
        after: [(change.id, change.after) for change in found if isinstance(change, PostChange)]
        for after, found in one_by_one.items()
    }
    assert places == {
        1: [
            (top, None),
            (low, top),
            (middle, top),
        ],  # the amended one comes last: low cannot stand below it yet
        2: [(low, top), (middle, top)],
        3: [(low, middle), (middle, top)],
        4: [(middle, top)],
    }


def test_posts_of_one_moment_stand_in_the_order_of_their_ids() -> None:
    with newsroom() as (model, blog, store):
        lower, upper = model.post(blog, minute=5), model.post(blog, minute=5)
        found = asyncio.run(since(store, blog.blog_id, 2))
    assert [(change.id, change.after) for change in found if isinstance(change, PostChange)] == [
        (upper, None)
    ]
    assert lower == post_id(1) < PostId(upper)


def test_nothing_changed_is_nothing() -> None:
    with newsroom() as (model, blog, store):
        model.silent(blog)
        assert asyncio.run(since(store, blog.blog_id, 1)) == []
        assert asyncio.run(since(store, blog.blog_id, 2)) == []


def test_the_future_is_a_reload_that_says_why() -> None:
    with newsroom() as (_, blog, store):
        (found,) = asyncio.run(since(store, blog.blog_id, 2))
    assert found == Reload(Seq(1), "The reader is at 2, but the newest number here is 1.")


def test_a_page_changed_as_a_whole_is_a_reload_for_those_before_it() -> None:
    with newsroom() as (model, blog, store):
        seq = model.whole(blog)
        model.post(blog)
        assert kinds(asyncio.run(since(store, blog.blog_id, 1))) == [("Reload", seq + 1)]
        assert kinds(asyncio.run(since(store, blog.blog_id, seq))) == [("PostChange", seq + 1)]


def test_as_many_changes_as_allowed_are_sent_and_one_more_is_a_reload() -> None:
    with newsroom() as (model, blog, store):
        model.page_posts = limits.CHANGES_AT_ONCE
        for _ in range(limits.CHANGES_AT_ONCE + 1):
            model.post(blog)
        assert len(asyncio.run(since(store, blog.blog_id, 2))) == limits.CHANGES_AT_ONCE
        assert kinds(asyncio.run(since(store, blog.blog_id, 1))) == [("Reload", limits.CHANGES_AT_ONCE + 2)]
        assert len(asyncio.run(since(store, blog.blog_id, 2, lowest=0))) == limits.CHANGES_AT_ONCE

"""The page at any past time = what a fresh load showed then, less what was withdrawn since; nothing of later times."""

import asyncio
import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from tests.property.test_page_plus_changes import (
    DEEDS,
    Story,
    histories,
    new_story,
    pages,
    perform,
    quick,
    store,
)

from stoppress.edge.store import Store
from stoppress.edge.then_page import then_bytes
from stoppress.edge.then_store import then
from stoppress.lib import assets, limits
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.models import PageVersion

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WORD = re.compile(r"word\d+x\d+e")
Seen = dict[str, str]  # a post's id → its element
few = settings(quick, max_examples=5)


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pages at every time; no built files."""
    monkeypatch.setattr(limits, "PAGE_POSTS", 3)
    monkeypatch.setattr(assets, "asset", lambda name, *_: f"/static/{name}")


def seen_now(edge: Store, story: Story) -> Seen:
    return {post_id: html for page in pages(edge, story) for post_id, html in page.posts}


def seen_at(edge: Store, story: Story, at: datetime) -> tuple[Seen, str]:
    """All posts that the pages of that time show, and everything that stands on those pages."""
    posts: Seen = {}
    everything = ""
    number = 0
    while True:
        rows = asyncio.run(edge.ask(then(story.desk.blog.slug, at, number)))
        assert rows is not None
        assert rows.leaf is not None
        posts |= {post.post_id: rows.html[post.post_id] for post in rows.leaf.posts}
        everything += then_bytes(rows, at, "https://gazette.example").decode()
        number += 1
        if number > rows.leaf.sealed:
            return posts, everything


def words(html: str) -> set[str]:
    return set(WORD.findall(html))


@few
@given(histories)
def test_the_page_at_a_time_is_what_was_seen_then(history: list[tuple[str, int]]) -> None:
    edge = store()
    story = new_story()
    then_seen: dict[datetime, Seen] = {story.desk.at: seen_now(edge, story)}
    for name, number in history:
        perform(story, DEEDS[name], number)
        then_seen[story.desk.at] = seen_now(edge, story)
    now = seen_now(edge, story)
    withdrawn = set(WORD.findall(" ".join(story.withdrawn)))
    for at, seen in then_seen.items():
        shown, everything = seen_at(edge, story, at)
        assert list(shown) == sorted(seen, key=list(shown).index)
        for post_id, html in shown.items():
            gone = 'class="post withdrawn"' in now[post_id]
            assert words(html) == (set() if gone else words(seen[post_id]))
        known = {word for html in seen.values() for word in words(html)}
        assert words(everything) <= known - withdrawn
    assert seen_at(edge, story, story.desk.at)[0] == now
    asyncio.run(edge.close())


@few
@given(histories)
def test_earlier_versions_are_made_again_as_they_were(history: list[tuple[str, int]]) -> None:
    story = new_story()
    for name, number in history:
        perform(story, DEEDS[name], number)
        perform(story, DEEDS["amend"], number)
    before = _rows(story)
    rebuild_liveblog(blog_id=story.desk.blog.pk, by="Stoppress", at=story.desk.tick())
    assert _rows(story) == before
    gone = {word for text in story.withdrawn for word in words(text)}
    assert not words(repr(before)) & gone


def _rows(story: Story) -> list[dict[str, object]]:
    rows = PageVersion.objects.filter(page_id=story.desk.blog.pk).order_by("post_id", "number")
    return [dict(row) for row in rows.values("post_id", "number", "until", "title", "html")]

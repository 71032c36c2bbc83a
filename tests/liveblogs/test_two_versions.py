"""An upgrade with both versions at work on one database: a page does not take turns between their renderers' names."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.edge.rows import BlogNumber
from stoppress.edge.store import number
from stoppress.liveblogs import facts, queries
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.models import Page
from stoppress.render.facts import RENDERER
from stoppress.worker import freshen_pages as job
from stoppress.worker.freshen_pages import freshen_pages

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NEWER = RENDERER + 1


@pytest.fixture
def desk(people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(job._last, "at", None)
    return open_desk(people("editor", "Ana Editor"), noon)


def version(monkeypatch: pytest.MonkeyPatch, renderer: int) -> None:
    """From here on the code of that version is at work."""
    for module in (facts, queries):
        monkeypatch.setattr(module, "RENDERER", renderer)


def publish(desk: Desk, at: datetime) -> str:
    """By whichever version is at work; returns the page's build."""
    publish_new_post(by=desk.by, slug="surge", content=content("The gate is shut."), at=at)
    return Page.objects.get().build


def told() -> str:
    """What edges tell readers of it."""
    columns = ("liveblog_id", "status", "changed_seq", "changed_at", "build")
    rows: list[Sequence[object]] = list(Page.objects.values_list(*columns))
    question = number("surge")
    next(question)
    try:
        question.send(rows)
    except StopIteration as done:
        found: BlogNumber = done.value
        return found.build
    raise AssertionError


def made_anew(at: datetime) -> list[str]:
    """As a desk does when it starts."""
    stale = queries.stale_pages()
    for blog_id, _slug in stale:
        rebuild_liveblog(blog_id=blog_id, by="Stoppress", at=at)
    return [slug for _blog_id, slug in stale]


def test_what_an_older_version_writes_on_a_newer_page_sends_no_reader_away(
    desk: Desk, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    version(monkeypatch, NEWER)
    assert made_anew(noon) == ["surge"]
    upgraded = publish(desk, noon)
    version(monkeypatch, NEWER - 1)
    assert publish(desk, noon) == f"{upgraded}*"
    assert told() == upgraded
    assert made_anew(noon) == [], "a page of a newer version is not an older one's to make"
    version(monkeypatch, NEWER)
    assert publish(desk, noon) == f"{upgraded}*", "the newer one does not forget it"
    assert freshen_pages() == 1
    assert Page.objects.get().build == told() == upgraded
    monkeypatch.setattr(job._last, "at", None)
    assert freshen_pages() == 0


def test_a_newer_version_that_writes_before_all_is_made_anew_forgets_nothing(
    desk: Desk, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish(desk, noon)
    version(monkeypatch, NEWER)
    mixed = publish(desk, noon)
    assert mixed.endswith("*")
    assert told() != before, "open pages fetch it anew, once"
    assert made_anew(noon) == ["surge"]
    assert Page.objects.get().build == told() == mixed.rstrip("*")
    assert made_anew(noon) == []


def test_a_name_from_before_there_were_numbers_is_older(
    desk: Desk, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    version(monkeypatch, NEWER)
    Page.objects.update(build="0123456789ab")
    assert facts.renderer_of("0123456789ab") == 0
    assert made_anew(noon) == ["surge"]
    assert not publish(desk, noon).endswith("*")

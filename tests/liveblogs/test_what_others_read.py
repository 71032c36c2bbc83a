"""What other systems read of a real live blog, on a real database: the same posts everywhere, and no other word."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest
from django.conf import settings
from django.db import connection
from jsonschema import Draft202012Validator
from tests.edge.client import Reply, ask
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.bus.memory import MemoryBus
from stoppress.document.text import plain_text
from stoppress.edge.app import Edge
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import Store
from stoppress.lib import limits
from stoppress.lib.feed_documents import TYPES
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Post
from stoppress.liveblogs.served_feeds import served_feed
from stoppress.liveblogs.stored_text import document_of
from stoppress.render.addresses import entry_id

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

CANARY = "KINGFISHER"  # stands in a draft, and in a text that was withdrawn
Read = Callable[[str], Reply]


def _store() -> Store:
    """The edge's own store, on the database of this test."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return SqliteStore(Path(str(facts["NAME"])))
    user, password = quote(str(facts["USER"])), quote(str(facts["PASSWORD"]))
    return PostgresStore(f"postgresql://{user}:{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}")


@pytest.fixture
def desk(people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Eleven posts on small pages: the first corrected, the second withdrawn, and a draft."""
    monkeypatch.setattr(limits, "PAGE_POSTS", 3)
    desk = open_desk(people("editor", "Ana Ruiz"), noon)
    made = [desk.publish(f"Sentence {number}.", headline=f"Post {number}").post_id for number in range(11)]
    new = content("Sentence nought.", "Post nought")
    correction = "It was nought."
    amend_post(
        by=desk.by, post_id=made[0], content=new, base_revision=None, correction=correction, at=desk.tick()
    )
    gone = desk.publish(f"{CANARY} was here.", headline=CANARY)
    withdraw_post(by=desk.by, post_id=gone.post_id, reason="It named the wrong man.", at=desk.tick())
    draft_post(by=desk.by, slug="surge", content=content(f"{CANARY} again.", CANARY), at=desk.tick())
    return desk


@pytest.fixture
def read(desk: Desk, tmp_path: Path) -> Read:  # noqa: ARG001 (it writes what is read)
    """Asks an edge that has just been started: nothing it says was kept from before."""

    async def once(path: str) -> Reply:
        store = _store()
        edge = Edge(store=store, bus=MemoryBus(), media_root=tmp_path, public_url=settings.PUBLIC_URL)
        try:
            return await ask(edge, path)
        finally:
            await store.close()

    return lambda path: asyncio.run(once(path))


def shown() -> list[Post]:
    """What readers see, newest first."""
    return list(Post.objects.filter(state="published").order_by("-first_published_at", "-id"))


def data_of(page: Reply) -> dict[str, Any]:
    text = page.text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_row_30_a_reader_of_feeds_gets_the_same_posts(read: Read, name: str) -> None:
    found = feedparser.parse(read(f"/live/surge/{name}").body)
    assert not found.bozo
    assert found.feed.language == "en"
    assert [each.id for each in found.entries] == [entry_id(post.pk) for post in shown()]
    for entry, post in zip(found.entries, shown(), strict=True):
        assert entry.title == post.headline
        assert entry.link == f"{settings.PUBLIC_URL}/live/surge/posts/{post.pk}"
        assert entry.author == "Ana Ruiz"
        assert plain_text(document_of(post)) in re.sub("<[^>]+>", "", entry.content[0].value)
        assert post.first_published_at is not None
        assert entry.published_parsed[:6] == post.first_published_at.timetuple()[:6]


def test_row_30_a_correction_moves_updated_and_nothing_else(desk: Desk, read: Read) -> None:
    def entry() -> Any:
        return next(
            each for each in feedparser.parse(read("/live/surge/feed.atom").body).entries if each.id == of
        )

    post = shown()[3]
    of = entry_id(post.pk)
    before = entry()
    amend_post(
        by=desk.by,
        post_id=post.pk,
        content=content("Other words.", post.headline),
        base_revision=None,
        correction="The words were wrong.",
        at=desk.tick(),
    )
    after = entry()
    assert (after.published, after.link) == (before.published, before.link)
    assert after.updated > before.updated
    assert "The words were wrong." in after.content[0].value


def test_row_30_archives_and_feed_together_hold_every_post(read: Read) -> None:
    ids, address = set(), "/live/surge/feed.atom"
    for _ in range(10):
        found = feedparser.parse(read(address).body)
        ids |= {each.id for each in found.entries}
        older = [link.href for link in found.feed.links if link.rel == "prev-archive"]
        if not older:
            break
        address = older[0].removeprefix(settings.PUBLIC_URL)
    assert address.endswith("?page=1")
    assert ids == {entry_id(post.pk) for post in shown()}


@pytest.mark.parametrize("name", TYPES)
def test_row_30_what_is_withdrawn_or_a_draft_is_nowhere(desk: Desk, read: Read, name: str) -> None:
    gone = entry_id(Post.objects.get(state="withdrawn").pk)
    addresses = [f"/live/surge/{name}", *(f"/live/surge/{name}?page={page}" for page in (1, 2, 3))]
    served = [read(address) for address in addresses]
    assert served[0].status == 200
    texts = [reply.text for reply in served]
    sent = served_feed(desk.blog, name, f"{settings.PUBLIC_URL}/websub")
    assert sent is not None
    assert not [text for text in (*texts, sent.body.decode()) if CANARY in text]
    assert (gone in texts[0]) == (name in ("feed.atom", "ninjs.json"))  # the others have no word for it


@pytest.mark.parametrize("path", ["", "/feed.atom", "/feed.rss", "/feed.json", "/ninjs.json"])
def test_a_draft_live_blog_is_nowhere(people: People, read: Read, path: str, noon: datetime) -> None:
    open_desk(people("editor", "Ana Ruiz"), noon, slug="secret", status="draft")
    assert read(f"/live/secret{path}").status == 404
    for address in ("/sitemap-live.xml", "/sitemap-news.xml"):
        assert "secret" not in read(address).text


TEXT = {"type": "string", "minLength": 1}
WHEN = {"type": "string", "format": "date-time"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
PERSON = {"required": ["@type", "name"], "properties": {"@type": {"const": "Person"}, "url": ADDRESS}}
IMAGE = {"required": ["url", "width", "height"], "properties": {"url": ADDRESS, "width": {"minimum": 1200}}}
# What search engines and partners ask of a live blog (schema.org/LiveBlogPosting).
LIVE_BLOG = Draft202012Validator(
    {
        "required": [
            *("@id", "mainEntityOfPage", "headline", "inLanguage", "image", "author", "publisher"),
            *("datePublished", "dateModified", "coverageStartTime", "liveBlogUpdate"),
        ],
        "properties": {
            "@type": {"const": "LiveBlogPosting"},
            "headline": TEXT,
            "image": {"type": "array", "minItems": 3, "maxItems": 3, "items": IMAGE},
            "author": {"type": "array", "minItems": 1, "items": PERSON},
            "publisher": {"required": ["name", "url", "logo"]},
            **dict.fromkeys(("datePublished", "dateModified", "coverageStartTime", "coverageEndTime"), WHEN),
            "liveBlogUpdate": {
                "type": "array",
                "items": {
                    "required": ["@id", "url", "headline", "datePublished", "dateModified", "articleBody"],
                    "properties": {"headline": TEXT, "datePublished": WHEN, "dateModified": WHEN},
                },
            },
        },
    },
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def test_row_28_the_pages_structured_data_holds_the_pages_posts(read: Read) -> None:
    page = read("/live/surge")
    data = data_of(page)
    LIVE_BLOG.validate(data)
    assert [(one["width"], one["height"]) for one in data["image"]] == [
        (1200, 1200),
        (1200, 900),
        (1200, 675),
    ]
    address = f"{settings.PUBLIC_URL}/live/surge"
    assert data["@id"] == data["mainEntityOfPage"] == address
    on_page = re.findall(r'<article class="post[^"]*" id="(post-\w+)"', page.text)
    tombs = re.findall(r'<article class="post withdrawn" id="(post-\w+)"', page.text)
    assert [each["@id"] for each in data["liveBlogUpdate"]] == [
        f"{address}#{name}" for name in on_page if name not in tombs
    ]
    for each in data["liveBlogUpdate"]:
        post = Post.objects.get(pk=each["@id"].rpartition("-")[2])
        assert each["headline"] == post.headline  # its own, not the page's
        assert each["author"] == [{"@type": "Person", "name": "Ana Ruiz"}]
        assert post.first_published_at is not None
        assert datetime.fromisoformat(each["datePublished"]) == post.first_published_at
        assert datetime.fromisoformat(each["dateModified"]) == post.last_changed_at
        assert each["articleBody"] == plain_text(document_of(post))
    assert CANARY not in page.text


def test_row_28_when_coverage_began_never_moves(desk: Desk, read: Read) -> None:
    began = data_of(read("/live/surge"))["coverageStartTime"]
    oldest = shown()[-1]
    withdraw_post(by=desk.by, post_id=oldest.pk, reason="Wrong.", at=desk.tick())
    after = data_of(read("/live/surge"))
    assert after["coverageStartTime"] == after["datePublished"] == began
    assert datetime.fromisoformat(after["dateModified"]) == desk.at


def test_row_28_a_correction_is_told_with_its_post(read: Read) -> None:
    corrected = Post.objects.get(headline="Post nought")
    page = read(f"/live/surge?from={corrected.pk}")
    told = next(each for each in data_of(page)["liveBlogUpdate"] if corrected.pk in each["@id"])
    assert [note["text"] for note in told["correction"]] == ["It was nought."]
    assert told["correction"][0]["@type"] == "CorrectionComment"

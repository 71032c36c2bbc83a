"""Sitemaps: an index, its files of live blogs, and the news sitemap. Called by `app.py`; named in robots.txt.

Sources: https://www.sitemaps.org/protocol.html; Google's news sitemap: addresses first published within two days, at
most 1,000 in a file, the bare title, and a file without any is a good one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from stoppress.edge.headers import FEED_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.rows import PublisherRow
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Question, Store, moment_in, number_in, publisher, text_in
from stoppress.lib import clock, limits
from stoppress.lib.clock import rfc3339

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_NEWS_FOR = timedelta(days=limits.SITEMAP_NEWS_DAYS)

# When a live blog was first opened never moves: it is the day on which it was published.
_COUNT = "SELECT COUNT(*) FROM page WHERE status <> 'draft'"
_LISTED = """
SELECT slug, changed_at FROM page WHERE status <> 'draft' ORDER BY liveblog_id LIMIT ? OFFSET ?"""
_NEWEST = """
SELECT page.slug, page.language, liveblog.headline, COALESCE(liveblog.opened_at, page.changed_at) AS published
FROM page JOIN liveblog ON liveblog.id = page.liveblog_id WHERE page.status <> 'draft'
ORDER BY published DESC, liveblog.id DESC LIMIT ?"""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A live blog as the news sitemap lists it."""

    slug: str
    language: str
    headline: str
    published: datetime


Listed = tuple[str, datetime]


def count() -> Question[int]:
    """How many live blogs are public."""
    rows = yield _COUNT, ()
    return number_in(rows[0][0])


def listed(page: int) -> Question[tuple[Listed, ...]]:
    """The live blogs of one file, and when each last changed. `page`: from 1."""
    rows = yield _LISTED, (limits.SITEMAP_ROWS, (page - 1) * limits.SITEMAP_ROWS)
    return tuple((text_in(slug), moment_in(changed_at)) for slug, changed_at in rows)


def newest() -> Question[tuple[PublisherRow | None, tuple[NewsRow, ...]]]:
    """Who publishes, and the live blogs that were opened last."""
    who = yield from publisher()
    rows = yield _NEWEST, (limits.SITEMAP_NEWS_ROWS,)
    return who, tuple(
        NewsRow(text_in(slug), text_in(language), text_in(headline), moment_in(published))
        for slug, language, headline, published in rows
    )


@dataclass(frozen=True, slots=True)
class Sitemaps:
    """Every sitemap of the site. `public_url` has no trailing slash."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str

    async def index(self) -> Kept | None:
        """Which files there are."""

        async def make() -> Content:
            rows = await self.store.ask(count())
            return self._content(index_text(self.public_url, rows))

        return await self.shelf.get("/sitemap.xml", "", make)

    async def live(self, page: int) -> Kept | None:
        """One file of live blogs; None where there is none of that number. The first may be empty."""

        async def make() -> Content | None:
            rows = await self.store.ask(listed(page))
            return self._content(live_text(self.public_url, rows)) if rows or page == 1 else None

        return await self.shelf.get(f"/sitemap-live.xml?page={page}", "", make)

    async def news(self) -> Kept | None:
        """What was first published within two days."""
        at = clock.now()

        async def make() -> Content:
            who, rows = await self.store.ask(newest())
            recent = [row for row in rows if row.published > at - _NEWS_FOR]
            return self._content(news_text(self.public_url, who, recent))

        # With the hour: a site where nothing happens must not go on calling yesterday's news new.
        return await self.shelf.get(f"/sitemap-news.xml#{at:%Y%m%d%H}", "", make)

    def _content(self, text: str) -> Content:
        kind = (b"content-type", b"application/xml; charset=utf-8")
        headers = [kind, (b"cache-control", FEED_CACHING), *self.protection.feed]
        return Content(text.encode(), headers)


def index_text(public_url: str, rows: int) -> str:
    """The index: as many files as `rows` live blogs need, at least one."""
    files = max(1, -(-rows // limits.SITEMAP_ROWS))
    listing = "".join(
        f"<sitemap><loc>{escape(public_url)}/sitemap-live.xml?page={number}</loc></sitemap>\n"
        for number in range(1, files + 1)
    )
    return f"{_XML}<sitemapindex {_SPACE}>\n{listing}</sitemapindex>\n"


def live_text(public_url: str, rows: Iterable[Listed]) -> str:
    """One file of live blogs."""
    addresses = "".join(
        f"<url><loc>{_address(public_url, slug)}</loc><lastmod>{rfc3339(changed_at)}</lastmod></url>\n"
        for slug, changed_at in rows
    )
    return f"{_XML}<urlset {_SPACE}>\n{addresses}</urlset>\n"


def news_text(public_url: str, who: PublisherRow | None, rows: Iterable[NewsRow]) -> str:
    """The news sitemap. Empty without a publisher: nobody has anything to say yet."""
    addresses = "".join(_news(public_url, who, row) for row in rows) if who else ""
    return f"{_XML}<urlset {_SPACE} {_NEWS}>\n{addresses}</urlset>\n"


def _news(public_url: str, who: PublisherRow, row: NewsRow) -> str:
    # Google's list has the language alone, but for Chinese.
    language = row.language if row.language.lower().startswith("zh-") else row.language.partition("-")[0]
    return (
        f"<url><loc>{_address(public_url, row.slug)}</loc><news:news>"
        f"<news:publication><news:name>{_text(who.name)}</news:name>"
        f"<news:language>{_text(language.lower())}</news:language></news:publication>"
        f"<news:publication_date>{rfc3339(row.published)}</news:publication_date>"
        f"<news:title>{_text(row.headline)}</news:title></news:news></url>\n"
    )


def _address(public_url: str, slug: str) -> str:
    return escape(f"{public_url}/live/{slug}")


def _text(words: str) -> str:
    """Escaped, without what XML 1.0 cannot hold."""
    held = "".join(letter for letter in words if letter >= " " and letter not in "\ufffe\uffff")
    return escape(held.encode("utf-8", "ignore").decode("utf-8"), quote=False)

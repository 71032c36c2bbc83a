"""Small pages and files in the shapes that importers meet. All of it is made up."""

import json
from collections.abc import Sequence

from stoppress.archive.detect import read_file
from stoppress.archive.format import ArchivedPost, ArchivedRevision, Reading
from stoppress.document.text import plain_text

PAGE = "https://news.example/live/harbour-storm-surge"
Fields = dict[str, object]


def update(number: int, **more: object) -> Fields:
    """One schema.org update, a minute after the one before."""
    return {
        "@type": "BlogPosting",
        "@id": f"{PAGE}#post-{number}",
        "headline": f"Gate {number} is shut",
        "datePublished": f"2026-01-02T08:{number:02}:00+00:00",
        "articleBody": f"The crew shut gate {number}. It held.",
        "author": {"@type": "Person", "name": "Ana Ruiz"},
    } | more


def live_blog(updates: object, **more: object) -> Fields:
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": "Storm surge reaches the harbour",
        "url": PAGE,
        "inLanguage": "en",
        "coverageStartTime": "2026-01-02T08:00:00+00:00",
        "liveBlogUpdate": updates,
    } | more


def page(*scripts: object, body: str = "<p>Text.</p>", head: str = "", lang: str = "en") -> bytes:
    """An html page; a script that is text is put in as it is."""
    blocks = "".join(
        f'<script type="application/ld+json">{each if isinstance(each, str) else json.dumps(each)}</script>'
        for each in scripts
    )
    return (
        f'<!doctype html><html lang="{lang}"><head>{head}{blocks}</head><body>{body}</body></html>'.encode()
    )


def microdata(inside: str, head: str = "", lang: str = "en") -> bytes:
    """A page with a LiveBlogPosting element around `inside`."""
    body = f'<div itemscope itemtype="https://schema.org/LiveBlogPosting">{inside}</div>'
    return page(body=body, head=head, lang=lang)


def read(updates: object, **more: object) -> Reading:
    """The Reading of a page whose JSON-LD holds `updates`."""
    return read_file(page(live_blog(updates, **more)))


def newest(post: ArchivedPost) -> ArchivedRevision:
    return post.revisions[-1]


def texts(reading: Reading) -> list[str]:
    """The plain text of each post, oldest first."""
    return [plain_text(newest(post).document) for post in reading.archive.posts]


def headlines(reading: Reading) -> list[str]:
    return [newest(post).headline for post in reading.archive.posts]


def times(reading: Reading) -> list[str]:
    return [post.first_published_at.strftime("%H:%M:%S") for post in reading.archive.posts]


def kinds(post: ArchivedPost) -> list[str]:
    """The block types of a post's document."""
    return [block["type"] for block in newest(post).document.root.get("content", [])]


def attrs(post: ArchivedPost, kind: str) -> Sequence[Fields]:
    """The attributes of the blocks of one type."""
    blocks = newest(post).document.root.get("content", [])
    return [dict(block.get("attrs", {})) for block in blocks if block["type"] == kind]


def whys(reading: Reading, where: str = "") -> str:
    """Everything that was said about `where`, or about all of it."""
    return "\n".join(f"{each.where}: {each.why}" for each in reading.skipped if where in each.where)

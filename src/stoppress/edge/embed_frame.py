"""The slim page that stands inside pages of other sites: pure constants and joins, as `frame.py` does for our own.

Called by `embed.py`. May import `lib`, `frame.py` and `rows.py`. It holds the same slots and posts and the same
`main#live` as the live page, so the same script keeps it live; links leave the frame by the `base` element.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from stoppress.lib.languages import direction, words_in

Layout = Literal["whole", "latest", "ticker", "post"]
LAYOUTS: Final[tuple[Layout, ...]] = ("whole", "latest", "ticker", "post")
Scheme = Literal["auto", "light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class EmbedAssets:
    """Public paths: sheets of the reader, the frame, the theme ("" = the house's); scripts of the reader, the frame."""

    css: str
    slim: str
    theme: str
    js: str
    sizes: str


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """A live blog, or one post of it (`layout` "post"), in somebody else's page. Parts are html, ready-made.

    `address`: of what is embedded, absolute. `posts`: in page order; as many as are shown.
    """

    slug: str
    seq: int
    status: str
    build: str
    language: str
    layout: Layout
    scheme: Scheme
    address: str
    title: str
    slots: Mapping[str, str]
    posts: Sequence[str]
    count: int = 0


def embed_page(page: EmbedPage, assets: EmbedAssets) -> bytes:
    """The whole document, readable without a script."""
    return _document(page, assets, _main(page))


def missing_page(assets: EmbedAssets, scheme: Scheme) -> bytes:
    """What stands in a frame whose live blog or post is not there (any more)."""
    say = words_in("en")
    page = EmbedPage(
        slug="",
        seq=0,
        status="",
        build="",
        language="en",
        layout="whole",
        scheme=scheme,
        address="/",
        title=say("Not here"),
        slots={},
        posts=(),
    )
    sentence = escape(say("What stood here is not public any more."))
    return _document(page, assets, f'<main class="embed-missing"><p>{sentence}</p></main>')


def _document(page: EmbedPage, assets: EmbedAssets, body: str) -> bytes:
    scheme = "" if page.scheme == "auto" else f' data-scheme="{page.scheme}"'
    theme = f'<link rel="stylesheet" href="{escape(assets.theme)}">' if assets.theme else ""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f'<base target="_blank"><title>{escape(page.title)}</title><link rel="canonical" href="{escape(page.address)}">'
        f'<link rel="stylesheet" href="{assets.css}"><link rel="stylesheet" href="{assets.slim}">{theme}'
        f'<script src="{assets.js}" defer></script><script src="{assets.sizes}" defer></script>'
    )
    top = f'<html lang="{escape(page.language)}" dir="{direction(page.language)}"{scheme}>'
    return (
        f"<!doctype html>\n{top}\n<head>{head}</head>\n"
        f'<body class="embed embed-{page.layout}">\n{body}\n</body>\n</html>\n'
    ).encode()


def _main(page: EmbedPage) -> str:
    say = words_in(page.language)
    leaf = "post" if page.layout == "post" else "0"
    bounded = f' data-latest="{page.count}"' if page.layout in ("latest", "ticker") else ""
    key_events = _slot(page, "key_events") if page.layout == "ticker" else ""
    older = _slot(page, "older") if page.layout == "whole" else ""
    onward = say("Read the live blog") if page.layout != "whole" else say("Open the live blog")
    return (
        f'<main id="live" data-live="{page.slug}" data-seq="{page.seq}" data-leaf="{leaf}" data-order="newest"'
        f' data-status="{page.status}" data-build="{escape(page.build)}" data-embed="{page.layout}"{bounded}>'
        f'<div class="embed-head">{_slot(page, "status")}'
        f'<a class="embed-title" href="/live/{page.slug}">{_slot(page, "headline")}</a></div>{key_events}'
        '<div class="posts"><div id="live-bar"></div><div role="status" id="live-status" aria-live="polite"></div>'
        f"{_posts(page)}{older}</div>"
        f'<p class="embed-foot"><a href="/live/{page.slug}">{escape(onward)}</a></p></main>'
    )


def _posts(page: EmbedPage) -> str:
    say = words_in(page.language)
    label = say("Post") if page.layout == "post" else say("Posts, newest first")
    feed = ' role="feed"' if page.posts and page.layout != "post" else ""
    hidden = " hidden" if page.layout == "ticker" else ""
    empty = escape(say("The first post will appear here."))
    posts = "".join(page.posts)
    return (
        f'<section id="posts" tabindex="-1" aria-label="{escape(label)}" data-empty="{empty}"{feed}{hidden}>'
        f"{posts}</section>"
    )


def _slot(page: EmbedPage, name: str) -> str:
    return f'<div data-slot="{name}">{page.slots.get(name, "")}</div>'

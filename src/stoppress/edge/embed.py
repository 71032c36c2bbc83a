"""Live blogs in pages of other sites: the framed page, the script that puts it there, and the sheets of colours.

Called by `app.py`. Reads through `shelf.py`, as `pages.py` does. Only what comes from here may be framed by others.
What an address may say of colours and type is checked letter by letter and becomes the address of a style sheet
(`lib/theme.py`): nothing of it stands in the page.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TypeVar

from stoppress.edge.asgi import Answer, Headers, Request, answer
from stoppress.edge.embed_frame import (
    LAYOUTS,
    SCHEMES,
    EmbedAssets,
    EmbedPage,
    Layout,
    Scheme,
    embed_page,
    missing_page,
)
from stoppress.edge.headers import NEVER_KEPT, PAGE_CACHING, STATIC_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.problems import Problem
from stoppress.edge.rows import BlogRow, PageRows, PostRows
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.lib import assets, limits
from stoppress.lib.ids import POST_ID, PostId
from stoppress.lib.theme import FONTS, HOUSE, Theme, readable_theme, sheet, theme_named

Word = TypeVar("Word", bound=str)

_HTML = (b"content-type", b"text/html; charset=utf-8")
_COUNT = re.compile(r"[1-9][0-9]?")
_COLOURS = re.compile(r"([0-9a-f]{6})(?:,([0-9a-f]{6}))?")
_SCRIPT_CACHING = f"public, max-age={limits.MEDIA_CACHE_SECONDS}".encode()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, checked. `colours`: (name, light, dark) with "" where nothing is said."""

    layout: Layout = "whole"
    count: int = 0
    scheme: Scheme = "auto"
    post_id: PostId | None = None
    colours: tuple[tuple[str, str, str], ...] = ()
    font: str = ""

    def theme(self, title: str) -> str:
        """The address of the style sheet: the title's own looks, with the host's colours and type over them.

        "" when that is the house's in the device's scheme.
        """
        theme = own = (theme_named(title.rpartition("/")[2]) if title else None) or HOUSE
        for name, light, dark in self.colours:
            theme = replace(
                theme,
                **{
                    name: light or getattr(theme, name),
                    f"{name}_dark": dark or getattr(theme, f"{name}_dark"),
                },
            )
        if self.font:
            theme = replace(
                theme, text=self.font, interface=self.font if self.font in _PLAIN else theme.interface
            )
        if theme == own:
            return title or (HOUSE.address if self.scheme != "auto" else "")
        return readable_theme(theme).address


_PLAIN = frozenset({"humanist", "grotesque", "system"})  # typefaces that also serve for times and labels


def asked(request: Request) -> Asked:
    """Raises: Problem (400, naming the field and what it may be)."""
    post = request.query("post")
    layout = _one_of(request, "layout", LAYOUTS[:3], "whole") if post is None else "post"
    count = limits.EMBED_LATEST if layout == "latest" else 0
    told = request.query("n")
    if told is not None and layout == "latest":
        if not _COUNT.fullmatch(told) or int(told) > limits.EMBED_LATEST_MAX:
            raise _wrong("n", f"a number from 1 to {limits.EMBED_LATEST_MAX}")
        count = int(told)
    if post is not None and not POST_ID.fullmatch(post):
        raise _wrong("post", "the id of a post")
    return Asked(
        layout=layout,
        count=count,
        scheme=_one_of(request, "scheme", SCHEMES, "auto"),
        post_id=None if post is None else PostId(post),
        colours=tuple(filter(None, (_colour(request, name) for name in ("paper", "ink", "accent")))),
        font=_one_of(request, "font", ("", *FONTS), ""),
    )


def _one_of(request: Request, name: str, words: tuple[Word, ...], otherwise: Word) -> Word:
    told = request.query(name)
    if told is None:
        return otherwise
    for word in words:
        if told == word:
            return word
    raise _wrong(name, "one of " + ", ".join(filter(None, words)))


def _colour(request: Request, name: str) -> tuple[str, str, str] | None:
    told = request.query(name)
    if told is None:
        return None
    found = _COLOURS.fullmatch(told)
    if found is None:
        raise _wrong(name, "six digits of 0-9a-f, and after a comma six for the dark")
    return name, f"#{found[1]}", f"#{found[2]}" if found[2] else ""


def _wrong(name: str, expected: str) -> Problem:
    return Problem(400, "Not to be embedded so", f"{name} must be {expected}.", "See how to embed")


@dataclass(frozen=True, slots=True)
class Embeds:
    """Framed pages. `public_url` has no trailing slash."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str

    async def page(self, slug: str, wanted: Asked) -> Kept | None:
        """A live blog or a post of it, as `wanted`; None when readers have none."""

        async def make() -> Content | None:
            if wanted.post_id:
                post = await self.store.post(slug, wanted.post_id)
                return self._post(post, wanted) if post else None
            rows = await self.store.page(slug, None, "newest")
            return self._blog(rows, wanted) if rows else None

        return await self.shelf.get(f"/embed/{slug}?{wanted}", slug, make)

    def missing(self, wanted: Asked) -> Answer:
        """404, in a page that may be framed."""
        body = missing_page(_files(wanted, "", "en"), wanted.scheme)
        return answer(404, [_HTML, (b"cache-control", NEVER_KEPT), *self.headers], body)

    @property
    def headers(self) -> Headers:
        """Those of a page, but any page may frame it, and no form in it may be sent: a press there may not be meant."""
        opened: Headers = []
        for name, value in self.protection.page:
            if name == b"content-security-policy":
                parts = [part.strip() for part in value.split(b";")]
                kept = [part for part in parts if not part.startswith((b"frame-ancestors", b"form-action"))]
                opened.append((name, b"; ".join([*kept, b"form-action 'none'", b"frame-ancestors *"])))
            elif name == b"cross-origin-resource-policy":
                opened.append((name, b"cross-origin"))
            elif name != b"cross-origin-opener-policy":
                opened.append((name, value))
        return opened

    def _blog(self, rows: PageRows, wanted: Asked) -> Content:
        posts = [post.html for post in rows.posts]
        if wanted.layout in ("latest", "ticker"):
            posts = posts[: wanted.count]
        address = f"{self.public_url}/live/{rows.blog.slug}"
        return self._content(rows.blog, wanted, _page(rows.blog, wanted, rows.slots, posts, address))

    def _post(self, rows: PostRows, wanted: Asked) -> Content:
        address = f"{self.public_url}/live/{rows.blog.slug}/posts/{rows.post.post_id}"
        page = _page(rows.blog, wanted, rows.slots, [rows.post.html], address)
        return self._content(rows.blog, wanted, page, 410 if rows.post.withdrawn else 200)

    def _content(self, blog: BlogRow, wanted: Asked, page: EmbedPage, status: int = 200) -> Content:
        body = embed_page(page, _files(wanted, blog.theme, blog.language))
        return Content(
            body, [_HTML, (b"cache-control", PAGE_CACHING), *self.headers], blog.changed_seq, status
        )


def _page(blog: BlogRow, wanted: Asked, slots: dict[str, str], posts: list[str], address: str) -> EmbedPage:
    return EmbedPage(
        slug=blog.slug,
        seq=blog.changed_seq,
        status=blog.status,
        build=blog.build,
        language=blog.language,
        layout=wanted.layout,
        scheme=wanted.scheme,
        address=address,
        title=unescape(re.sub(r"<[^>]*>", "", slots["headline"])),
        slots=slots,
        posts=posts,
        count=wanted.count,
    )


def _files(wanted: Asked, theme: str, language: str) -> EmbedAssets:
    return EmbedAssets(
        css=assets.asset("reader.css"),
        slim=assets.asset("embed.css"),
        theme=wanted.theme(theme),
        js=assets.asset("reader.js", language),
        sizes=assets.asset("embed-frame.js"),
    )


# --- files ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EmbedFiles:
    """The script for other sites' pages, and the sheets of themes, made from their addresses."""

    protection: Protection
    _sheets: OrderedDict[str, Kept] = field(default_factory=OrderedDict)

    def script(self) -> Kept:
        """`/embed.js`: its address stands in pages of others, so it has no hash."""
        headers: Headers = [
            (b"content-type", b"text/javascript; charset=utf-8"),
            (b"cache-control", _SCRIPT_CACHING),
            *self.protection.feed,
        ]
        return Kept(Content(assets.asset_text("embed.js").encode(), headers))

    def theme(self, name: str) -> Kept | None:
        """The sheet whose address ends in `name`; None for what names none."""
        known = self._sheets.get(name)
        if known is not None:
            self._sheets.move_to_end(name)
            return known
        theme: Theme | None = theme_named(name)
        if theme is None:
            return None
        headers: Headers = [
            (b"content-type", b"text/css; charset=utf-8"),
            (b"cache-control", STATIC_CACHING),
            *self.protection.data,
        ]
        made = self._sheets[name] = Kept(Content(sheet(theme).encode(), headers))
        if len(self._sheets) > limits.THEMES_KEPT:
            self._sheets.popitem(last=False)
        return made

"""A whole live blog on one page, oldest post first: to be printed, or read at a stretch.

Called by `app.py`; reads through `shelf.py`. Every visible post stands there once, as the stored bytes have it, with
no copy of it anywhere else; so a withdrawn one is its tombstone here too. May import `frame`, `store`.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from stoppress.edge import frame
from stoppress.edge.headers import PAGE_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.rows import BlogRow
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Question, Store, blog_of, slots_of, text_in
from stoppress.lib import assets, limits
from stoppress.lib.ids import PostId
from stoppress.lib.languages import words_in

_HTML = (b"content-type", b"text/html; charset=utf-8")
_HOLDS = "SELECT 1 FROM page_post WHERE page_id = ? AND post_id = ?"
# The first post's own row is the bound, so that no time must be written as either database writes it.
_FROM = """
SELECT shown.post_id, shown.html FROM page_post AS shown, page_post AS first
WHERE shown.page_id = ? AND first.post_id = ? AND (
    shown.first_published_at > first.first_published_at
    OR (shown.first_published_at = first.first_published_at AND shown.post_id >= first.post_id))
ORDER BY shown.first_published_at, shown.post_id LIMIT ?"""
_ALL = """
SELECT post_id, html FROM page_post WHERE page_id = ? ORDER BY first_published_at, post_id LIMIT ?"""
_TO_POST = re.compile(r'href="/live/[\w-]+\?from=(\w+)[^"#]*#post-\1"')


@dataclass(frozen=True, slots=True)
class WholeRows:
    """The posts from `from_post` on, oldest first; `rest_from` opens the next part, if they do not fit one."""

    blog: BlogRow
    slots: dict[str, str]
    posts: tuple[tuple[PostId, str], ...]
    from_post: PostId | None
    rest_from: PostId | None


@dataclass(frozen=True, slots=True)
class Whole:
    """The one long page of every live blog. `public_url` has no trailing slash."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str

    async def page(self, slug: str, from_post: PostId | None) -> Kept | None:
        """The page; its part from a post on, of a live blog that is longer than `limits.WHOLE_POSTS`."""
        query = f"?from={from_post}" if from_post else ""

        async def make() -> Content | None:
            rows = await self.store.ask(whole(slug, from_post))
            if rows is None:
                return None
            headers = [_HTML, (b"cache-control", PAGE_CACHING), *self.protection.page]
            return Content(whole_bytes(rows, self.public_url), headers, rows.blog.changed_seq)

        return await self.shelf.get(f"/live/{slug}/print{query}", slug, make)


def whole(slug: str, from_post: PostId | None) -> Question[WholeRows | None]:
    """None when there is no such live blog, or no such post in it."""
    blog = yield from blog_of(slug)
    if blog is None:
        return None
    if from_post is not None:
        holds = yield _HOLDS, (blog.blog_id, from_post)
        if not holds:
            return None
    slots = yield from slots_of(blog.blog_id)
    wanted = limits.WHOLE_POSTS + 1
    if from_post is None:
        rows = yield _ALL, (blog.blog_id, wanted)
    else:
        rows = yield _FROM, (blog.blog_id, from_post, wanted)
    posts = tuple((PostId(text_in(post_id)), text_in(html)) for post_id, html in rows)
    rest_from = posts[limits.WHOLE_POSTS][0] if len(posts) == wanted else None
    return WholeRows(blog, slots, posts[: limits.WHOLE_POSTS], from_post, rest_from)


def whole_bytes(rows: WholeRows, public_url: str) -> bytes:
    """The document: the head of the live blog, its index, its posts. The live blog is its canonical address."""
    blog = rows.blog
    say = words_in(blog.language)
    path = f"/live/{blog.slug}"
    return frame.past_page(
        frame.PastPage(
            language=blog.language,
            canonical=f"{public_url}{path}",
            title=unescape(rows.slots["headline"].removeprefix("<h1>").removesuffix("</h1>")),
            skip=say("Skip to the posts"),
            heading=say("The whole live blog, from the beginning"),
            masthead=blog.masthead_html,
            slots=rows.slots,
            content=_content(rows, f"{public_url}{path}"),
            next_step=_next_step(rows, path),
            foot=blog.foot_html,
            lead=("status", "headline") if rows.from_post else ("status", "headline", "standfirst", "byline"),
        ),
        frame.Assets(assets.asset("reader.css"), assets.asset("reader.js", blog.language)),
    )


def _next_step(rows: WholeRows, path: str) -> frame.Link:
    say = words_in(rows.blog.language)
    if rows.rest_from:
        return frame.Link(f"{path}/print?from={rows.rest_from}", say("Later posts"))
    return frame.Link(path, say("Back to the live blog"))


def _content(rows: WholeRows, address: str) -> str:
    here = {post_id for post_id, _ in rows.posts}
    index = _TO_POST.sub(lambda found: _in_page(found, here), rows.slots["key_events"])
    posts = "".join(html for _, html in rows.posts)
    top = "" if rows.from_post else f'<p class="source">{escape(address)}</p><div class="index">{index}</div>'
    return f'{top}<div class="whole">{posts}</div>'


def _in_page(found: re.Match[str], here: set[PostId]) -> str:
    """A link to a post, to its place on this page if it is on it."""
    return f'href="#post-{found[1]}"' if found[1] in here else found[0]

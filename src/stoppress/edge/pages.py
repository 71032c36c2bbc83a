"""Pages, joined from ready-made parts: the live page, older pages, one post, the front page, changes as JSON.

Called by `app.py`. Reads through `shelf.py`, so each is made once per change. May import `frame`, `store`, `events`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from stoppress.edge import collapse, frame
from stoppress.edge.headers import CHANGES_CACHING, PAGE_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.order import Order, opening_leaf, usual_order
from stoppress.edge.rows import FrontRows, PageRows, PostRows, SinceRows
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.events.changes import to_json
from stoppress.lib import assets, limits
from stoppress.lib.clock import rfc3339
from stoppress.lib.ids import PostId, Seq

_HTML = (b"content-type", b"text/html; charset=utf-8")
_JSON = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of the public site. `public_url` has no trailing slash."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str

    async def live(self, slug: str, from_post: PostId | None, order: Order | None = None) -> Kept | None:
        """The page on which reading begins, or the one that holds `from_post`; `order` as the address names it."""
        asked = [f"from={from_post}"] * bool(from_post) + [f"order={order}"] * bool(order)
        query = f"?{'&'.join(asked)}" if asked else ""

        async def make() -> Content | None:
            rows = await self.store.page(slug, from_post, order)
            if rows is None:
                return None
            return self._html(live_bytes(rows, self.public_url), rows.blog.changed_seq)

        return await self.shelf.get(f"/live/{slug}{query}", slug, make)

    async def post(self, slug: str, post_id: PostId) -> Kept | None:
        """One post on its own page; its tombstone, with 410, when it is withdrawn."""

        async def make() -> Content | None:
            rows = await self.store.post(slug, post_id)
            if rows is None:
                return None
            status = 410 if rows.post.withdrawn else 200
            return self._html(post_bytes(rows, self.public_url), rows.blog.changed_seq, status)

        return await self.shelf.get(f"/live/{slug}/posts/{post_id}", slug, make)

    async def front(self) -> Kept | None:
        """Live blogs under way and lately closed."""

        async def make() -> Content | None:
            return self._html(front_bytes(await self.store.front(), self.public_url))

        return await self.shelf.get("/", "", make)

    async def changes(self, slug: str, after: Seq) -> Kept | None:
        """What a polling client at `after` must do: the same objects as the stream's."""

        async def make() -> Content | None:
            number = await self.store.number(slug)
            rows = await self.store.changed(number.blog_id, after) if number else None
            if rows is None:
                return None
            seq = rows.number.changed_seq
            objects = [to_json(change) for change in collapse.changes(rows, after)]
            body = json.dumps({"seq": seq, "changes": objects}, ensure_ascii=False, separators=(",", ":"))
            headers = [_JSON, (b"cache-control", CHANGES_CACHING), *self.protection.data]
            return Content(body.encode("utf-8", "backslashreplace"), headers, seq)

        return await self.shelf.get(f"/live/{slug}/changes?after={after}", slug, make)

    async def since(self, slug: str, after: Seq) -> Kept | None:
        """What a reader who returns wants to know of what happened after `after`: numbers and titles."""

        async def make() -> Content | None:
            rows = await self.store.since(slug, after)
            if rows is None:
                return None
            body = json.dumps(since_object(rows), ensure_ascii=False, separators=(",", ":"))
            headers = [_JSON, (b"cache-control", CHANGES_CACHING), *self.protection.data]
            return Content(body.encode("utf-8", "backslashreplace"), headers, rows.seq)

        return await self.shelf.get(f"/live/{slug}/since?after={after}", slug, make)

    def _html(self, body: bytes, seq: int | None = None, status: int = 200) -> Content:
        headers = [_HTML, (b"cache-control", PAGE_CACHING), *self.protection.page]
        return Content(body, headers, seq, status)


def _assets(language: str, theme: str) -> frame.Assets:
    css, script, later = (
        assets.asset(name, language) for name in ("reader.css", "reader.js", "reader-later.js")
    )
    return frame.Assets(css, script, later, theme)


def live_bytes(rows: PageRows, public_url: str) -> bytes:
    """The document of a live blog's page."""
    blog = rows.blog
    address = f"{public_url}/live/{blog.slug}"
    begins = rows.leaf == opening_leaf(usual_order(blog.status), blog.leaves)
    return frame.live_page(
        frame.LivePage(
            slug=blog.slug,
            seq=blog.changed_seq,
            leaf=rows.leaf,
            status=blog.status,
            build=blog.build,
            language=blog.language,
            canonical=address if begins or not rows.posts else f"{address}?from={rows.posts[0].post_id}",
            head=blog.head_html,
            masthead=blog.masthead_html,
            slots=rows.slots,
            posts=[post.html for post in (rows.posts if rows.order == "newest" else reversed(rows.posts))],
            foot=blog.foot_html,
            json_ld=json_ld(blog.json_ld, (post.json_ld for post in rows.posts)),
            newer_from=rows.newer_from,
            older_from=rows.older_from,
            order=rows.order,
        ),
        _assets(blog.language, blog.theme),
    )


def post_bytes(rows: PostRows, public_url: str) -> bytes:
    """The document of one post."""
    blog, post = rows.blog, rows.post
    return frame.post_page(
        frame.PostPage(
            slug=blog.slug,
            post_id=post.post_id,
            seq=blog.changed_seq,
            status=blog.status,
            build=blog.build,
            language=blog.language,
            canonical=f"{public_url}/live/{blog.slug}/posts/{post.post_id}",
            title=post.title,
            masthead=blog.masthead_html,
            slots=rows.slots,
            post=post.html,
            foot=blog.foot_html,
            json_ld=post.json_ld,
            gone=post.withdrawn,
            head=rows.head,
        ),
        _assets(blog.language, blog.theme),
    )


def since_object(rows: SinceRows) -> dict[str, object]:
    """The shape of `/live/{slug}/since`: docs/reference/changes.md."""
    return {
        "seq": rows.seq,
        "known": rows.is_known,
        "posts": rows.posts,
        "key_events": [
            {"id": one.post_id, "title": one.title, "at": rfc3339(one.at), "new": one.is_new}
            for one in rows.key_events
        ],
        "corrected": [
            {"id": one.post_id, "title": one.title, "corrections": one.corrections}
            for one in rows.put_right
            if one.corrections and not one.withdrawn
        ],
        "withdrawn": [{"id": one.post_id} for one in rows.put_right if one.withdrawn],
    }


def front_bytes(rows: FrontRows, public_url: str) -> bytes:
    """The document of the front page, with a script of its own."""
    page = frame.FrontPage(
        top=rows.front_html,
        live=rows.live_cards,
        closed=rows.closed_cards,
        foot=rows.foot_html,
        language=rows.language,
        canonical=f"{public_url}/",
        sheet=assets.asset("title.css"),
    )
    return frame.front_page(
        page, frame.Assets(assets.asset("reader.css"), assets.asset("front.js", rows.language))
    )


def json_ld(blog: str, posts: Iterable[str]) -> str:
    """The live blog's JSON object with its posts inside, the newest as far as `limits.JSON_LD_BYTES` allow."""
    room = limits.JSON_LD_BYTES - len(blog.encode()) - len(',"liveBlogUpdate":[]')
    updates: list[str] = []
    for post in filter(None, posts):
        room -= len(post.encode()) + 1
        if room < 0:
            break
        updates.append(post)
    if not blog or not updates:
        return blog
    return f'{blog.rstrip().removesuffix("}")},"liveBlogUpdate":[{",".join(updates)}]}}'

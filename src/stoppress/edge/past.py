"""What is told in the open: a post's history, the same as annotations, a live blog's corrections and claims.

Called by `app.py`. Joins stored parts through `shelf.py`, as `pages.py` does; a withdrawn post's parts are
empty, so nothing of it can come from here. May import `frame`, `store`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

from stoppress.edge import frame
from stoppress.edge.headers import FEED_CACHING, PAGE_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.problems import problem_json, withdrawn_post
from stoppress.edge.rows import BlogRow, ClaimRows, CorrectionRows, PastRows
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.lib import assets
from stoppress.lib.ids import PostId
from stoppress.lib.languages import Words, words_in

_HTML = (b"content-type", b"text/html; charset=utf-8")
_PROBLEM = (b"content-type", b"application/problem+json")
_ANNOTATIONS = (b"content-type", b'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"')
# The vocabulary of annotations, and one word more: the number of a version.
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"version": "https://schema.org/version"}]


@dataclass(frozen=True, slots=True)
class Past:
    """Everything about what is no longer so. `public_url` has no trailing slash."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str

    async def history(self, slug: str, post_id: PostId) -> Kept | None:
        """The page with a post's versions; its tombstone, with 410, when it is withdrawn."""
        path = f"/live/{slug}/posts/{post_id}/history"

        async def make() -> Content | None:
            rows = await self.store.past(slug, post_id)
            if rows is None:
                return None
            headers = [_HTML, (b"cache-control", PAGE_CACHING), *self.protection.page]
            status = 410 if rows.tombstone else 200
            return Content(history_bytes(rows, self.public_url), headers, rows.blog.changed_seq, status)

        return await self.shelf.get(path, slug, make)

    async def annotations(self, slug: str, post_id: PostId) -> Kept | None:
        """A page of Web Annotations; a problem, with 410, when the post is withdrawn."""
        path = f"/live/{slug}/posts/{post_id}/annotations.json"

        async def make() -> Content | None:
            rows = await self.store.past(slug, post_id)
            if rows is None:
                return None
            caching = (b"cache-control", FEED_CACHING)
            if rows.tombstone:
                body = problem_json(withdrawn_post(slug, post_id))
                headers = [_PROBLEM, caching, *self.protection.feed]
                return Content(body, headers, rows.blog.changed_seq, status=410)
            body = annotations_text(f"{self.public_url}{path}", rows.annotations).encode()
            return Content(body, [_ANNOTATIONS, caching, *self.protection.feed], rows.blog.changed_seq)

        return await self.shelf.get(path, slug, make)

    async def corrections(self, slug: str) -> Kept | None:
        """The page with every correction and withdrawal of a live blog."""

        async def make() -> Content | None:
            rows = await self.store.corrections(slug)
            if rows is None:
                return None
            headers = [_HTML, (b"cache-control", PAGE_CACHING), *self.protection.page]
            return Content(corrections_bytes(rows, self.public_url), headers, rows.blog.changed_seq)

        return await self.shelf.get(f"/live/{slug}/corrections", slug, make)

    async def claims(self, slug: str) -> Kept | None:
        """The page with every claim of a live blog that stands."""

        async def make() -> Content | None:
            rows = await self.store.claims(slug)
            if rows is None:
                return None
            headers = [_HTML, (b"cache-control", PAGE_CACHING), *self.protection.page]
            return Content(claims_bytes(rows, self.public_url), headers, rows.blog.changed_seq)

        return await self.shelf.get(f"/live/{slug}/claims", slug, make)


def history_bytes(rows: PastRows, public_url: str) -> bytes:
    """The document of a post's history. No search engine lists it: what was wrong must not be found as if it stood."""
    blog = rows.blog
    path = f"/live/{blog.slug}/posts/{rows.post_id}"
    say = words_in(blog.language)
    unchanged = _note(say("This post has not been changed since it was published."))
    return frame.past_page(
        frame.PastPage(
            language=blog.language,
            canonical=f"{public_url}{path}/history",
            title=say("History: {title}", title=rows.title or _headline(rows.slots)),
            skip=say("Skip to the history"),
            heading=say("History of a post"),
            masthead=blog.masthead_html,
            slots=rows.slots,
            content=rows.tombstone or rows.history or unchanged,
            next_step=_to_liveblog(blog)
            if rows.tombstone
            else frame.Link(path, say("Read the post as it stands")),
            foot=blog.foot_html,
            about=frame.Link(path, rows.title) if rows.title else None,
            is_listed=False,
        ),
        _assets(blog.language, blog.theme),
    )


def corrections_bytes(rows: CorrectionRows, public_url: str) -> bytes:
    """The document of a correction log."""
    blog, say = rows.blog, words_in(rows.blog.language)
    listed = f'<ol class="versions" reversed>{"".join(rows.lines)}</ol>'
    return frame.past_page(
        frame.PastPage(
            language=blog.language,
            canonical=f"{public_url}/live/{blog.slug}/corrections",
            title=say("Corrections: {title}", title=_headline(rows.slots)),
            skip=say("Skip to the corrections"),
            heading=say("Corrections"),
            masthead=blog.masthead_html,
            slots=rows.slots,
            content=listed
            if rows.lines
            else _note(say("Nothing has been corrected or withdrawn in this live blog.")),
            next_step=_to_liveblog(blog),
            foot=blog.foot_html,
        ),
        _assets(blog.language, blog.theme),
    )


def claims_bytes(rows: ClaimRows, public_url: str) -> bytes:
    """The document with a live blog's claims. No search engine lists it: what is false must not be quoted from it."""
    blog, say = rows.blog, words_in(rows.blog.language)
    about = say("What is said in this live blog, who says it, and how it stands since when.")
    groups = [
        _claim_group(state, name, meaning, [html for stands, html in rows.lines if stands == state])
        for state, name, meaning in _claim_states(say)
    ]
    content = f"{_note(about)}{''.join(groups)}"
    return frame.past_page(
        frame.PastPage(
            language=blog.language,
            canonical=f"{public_url}/live/{blog.slug}/claims",
            title=say("Claims: {title}", title=_headline(rows.slots)),
            skip=say("Skip to the claims"),
            heading=say("Claims"),
            masthead=blog.masthead_html,
            slots=rows.slots,
            content=content
            if rows.lines
            else _note(say("No passage in this live blog is marked as somebody’s claim.")),
            next_step=_to_liveblog(blog),
            foot=blog.foot_html,
            is_listed=False,
        ),
        _assets(blog.language, blog.theme),
    )


def _claim_states(say: Words) -> tuple[tuple[str, str, str], ...]:
    """State, its name, what it means; in the order in which a reader should know of them."""
    return (
        ("unverified", say("Unverified"), say("Somebody says so. It has not been checked yet.")),
        (
            "disputed",
            say("Disputed"),
            say("Somebody says so. Others contradict it, or what was found speaks against it."),
        ),
        ("false", say("False"), say("It was said, and it is not so.")),
        ("confirmed", say("Confirmed"), say("It was said first, and has been checked since.")),
    )


def _note(sentence: str) -> str:
    return f'<p class="note">{escape(sentence)}</p>'


def _claim_group(state: str, name: str, meaning: str, lines: list[str]) -> str:
    if not lines:
        return ""
    head = f'<h3 id="claims-{state}">{escape(name)}</h3>{_note(meaning)}'
    listed = f'<ol class="versions">{"".join(lines)}</ol>'
    return f'<section class="claims" aria-labelledby="claims-{state}">{head}{listed}</section>'


def annotations_text(address: str, items: str) -> str:
    """The whole document around stored items. Source: https://www.w3.org/TR/annotation-model/#annotation-page."""
    head = {
        "@context": _CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "partOf": {"id": f"{address}#all", "type": "AnnotationCollection"},
        "startIndex": 0,
    }
    return f'{json.dumps(head, separators=(",", ":")).removesuffix("}")},"items":[{items}]}}'


def _to_liveblog(blog: BlogRow) -> frame.Link:
    return frame.Link(f"/live/{blog.slug}", words_in(blog.language)("Back to the live blog"))


def _headline(slots: Mapping[str, str]) -> str:
    """The live blog's headline as plain words."""
    return unescape(slots["headline"].removeprefix("<h1>").removesuffix("</h1>"))


def _assets(language: str, theme: str) -> frame.Assets:
    css, script, later = (
        assets.asset(name, language) for name in ("reader.css", "reader.js", "reader-later.js")
    )
    return frame.Assets(css, script, later, theme)

"""The html of the title's own pages around ready-made parts: lists of posts, the form for search. PURE.

Called by `title_pages.py`. May import `frame`, `lib`. Every word that comes from elsewhere is escaped here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from stoppress.edge import frame
from stoppress.edge.asked import Asked
from stoppress.edge.snippet import marked, snippet
from stoppress.edge.title_rows import FoundRows, ListedRow, PolicyRows, ReadyRows, TitleRow, TopicRows
from stoppress.lib.languages import direction, words_in
from stoppress.lib.policies import KINDS, policy_title

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Assets:
    """Public paths: the reader's sheet, script, and the sheet of the title's own pages."""

    css: str
    js: str
    sheet: str


def author_page(rows: ReadyRows, canonical: str, assets: Assets) -> bytes:
    """Who somebody is, and what they wrote lately."""
    say = _said(rows.title)
    latest = f'<h2 id="latest">{say("Latest posts")}</h2>{_list(rows.posts, (), rows.title, 3)}'
    content = f'{rows.html}<section aria-labelledby="latest">{latest}</section>' if rows.posts else rows.html
    return _page(rows.title, canonical, rows.head, content, assets)


def policy_page(rows: ReadyRows, canonical: str, assets: Assets) -> bytes:
    """One policy."""
    more = f'<p class="in-place"><a href="/about">{_said(rows.title)("All policies")}</a></p>'
    return _page(rows.title, canonical, rows.head, f'<div class="policy">{rows.html}{more}</div>', assets)


def policies_page(rows: PolicyRows, canonical: str, assets: Assets) -> bytes:
    """The way to each policy."""
    words = words_in(rows.title.language)
    heading = words("About {name}", name=rows.title.name)
    links = "".join(
        f'<li><a href="/about/{kind}">{escape(policy_title(kind, words))}</a></li>'
        for kind in KINDS
        if kind in rows.kinds
    )
    content = f'<h1>{escape(heading)}</h1><ul class="ways">{links}</ul>'
    return _page(rows.title, canonical, _head(heading, rows.title, canonical), content, assets)


def topic_page(rows: TopicRows, canonical: str, assets: Assets) -> bytes:
    """The live blogs about one topic."""
    say = _said(rows.title)
    content = (
        f'<p class="kicker">{say("Topic")}</p><h1>{escape(rows.name)}</h1>'
        f'<section class="cards" aria-label="{say("Live blogs")}">{_headings_up(rows.cards)}</section>'
    )
    return _page(rows.title, canonical, _head(rows.name, rows.title, canonical), content, assets)


def search_page(rows: FoundRows, asked: Asked, canonical: str, assets: Assets) -> bytes:
    """The form, and what was found. No search engine lists it."""
    words = words_in(rows.title.language)
    title = f"{asked.q}: {words('Search')}" if asked.q else words("Search")
    head = f'{_head(title, rows.title, canonical)}<meta name="robots" content="noindex">'
    found = "" if asked.is_empty else _found(rows, asked)
    content = f"<h1>{escape(words('Search'))}</h1>{_form(rows, asked)}{found}"
    return _page(rows.title, canonical, head, content, assets)


def _page(title: TitleRow, canonical: str, head: str, content: str, assets: Assets) -> bytes:
    page = frame.TitlePage(title.language, canonical, head, title.top, content, title.foot, assets.sheet)
    return frame.title_page(page, frame.Assets(assets.css, assets.js))


def _head(name: str, title: TitleRow, canonical: str) -> str:
    """As `render.title_pages.title_head`, for pages that are joined here."""
    facts = {
        "og:type": "website",
        "og:title": name,
        "og:url": canonical,
        "og:site_name": title.name,
    }
    metas = "".join(f'<meta property="{fact}" content="{escape(value)}">' for fact, value in facts.items())
    return f"<title>{escape(f'{name} | {title.name}', quote=False)}</title>{metas}"


def _said(title: TitleRow) -> Say:
    words = words_in(title.language)
    return lambda sentence: escape(words(sentence))


def _headings_up(cards: Sequence[str]) -> str:
    """Cards stand directly below the page's heading: their own are of the second rank here."""
    return "".join(cards).replace("<h3>", "<h2>").replace("</h3>", "</h2>")


# --- lists of posts ---------------------------------------------------------------------------------


def _list(posts: Sequence[ListedRow], words: Sequence[str], title: TitleRow, rank: int) -> str:
    lines = "".join(
        f"<li{_tongue(post.language, title.language)}>{_listed(post, words, title, rank)}</li>"
        for post in posts
    )
    return f'<ol class="listed">{lines}</ol>'


def _listed(post: ListedRow, words: Sequence[str], title: TitleRow, rank: int) -> str:
    """One post: where and when, its title, a few lines of it."""
    say = _said(title)
    href = f"/live/{quote(post.slug)}?from={quote(post.post_id)}#post-{quote(post.post_id)}"
    name = marked(post.title, words) or escape(post.headline)
    # What the page itself says keeps the page's language and direction, also within a post of another one.
    own = _tongue(title.language, post.language)
    key = f'<span class="label"{own}>{say("Key event")}</span> ' if post.key_event else ""
    lines = snippet(post.text if words else _beyond(post.title, post.text), words)
    body = f"<p>{lines}</p>" if lines else ""
    return (
        f'<p class="where"><a href="/live/{quote(post.slug)}"><bdi>{escape(post.headline)}</bdi></a> '
        f"<span{own}>{post.moment}</span></p>"
        f'<h{rank}>{key}<a href="{href}"><bdi>{name}</bdi></a></h{rank}>{body}'
    )


def _tongue(language: str, around: str) -> str:
    """Attributes of what is in another language than what it stands in."""
    if language == around:
        return ""
    return f' lang="{escape(language)}" dir="{direction(language)}"'


def _beyond(title: str, text: str) -> str:
    """The text without its first words where they are the title already."""
    line = " ".join(text.split())
    begun = title.removesuffix("…").strip()
    return line[len(begun) :].lstrip(" .,;:") if begun and line.startswith(begun) else line


# --- search -----------------------------------------------------------------------------------------


def _form(rows: FoundRows, asked: Asked) -> str:
    say = _said(rows.title)
    more = asked.liveblog or asked.author or asked.since or asked.until or asked.key_events
    return (
        '<form class="search-form" action="/search" role="search">'
        f'<p class="search-words"><label for="q">{say("Words")}</label>'
        f'<input type="search" id="q" name="q" value="{escape(asked.q)}" maxlength="200" enterkeyhint="search">'
        f'<button type="submit">{say("Search")}</button></p>'
        f"<details{' open' if more else ''}><summary>{say('Narrow the search')}</summary>"
        f'<div class="search-fields">{_liveblog_field(rows, asked, say)}{_author_field(rows, asked, say)}'
        f"{_day_field('from', say('From'), asked.since)}{_day_field('to', say('Until'), asked.until)}"
        f'<p class="check"><input type="checkbox" id="key" name="key" value="1"{" checked" * asked.key_events}>'
        f'<label for="key">{say("Key events only")}</label></p></div></details></form>'
    )


def _liveblog_field(rows: FoundRows, asked: Asked, say: Say) -> str:
    options = "".join(
        f'<option value="{escape(slug)}"{" selected" if slug == asked.liveblog else ""}>{escape(headline)}</option>'
        for slug, headline in rows.liveblogs
    )
    every = f'<option value="">{say("All live blogs")}</option>'
    return f'<p><label for="in">{say("Live blog")}</label><select id="in" name="in">{every}{options}</select></p>'


def _author_field(rows: FoundRows, asked: Asked, say: Say) -> str:
    names = "".join(f'<option value="{escape(name)}"></option>' for name in rows.authors)
    listed = f'<datalist id="names">{names}</datalist>' if names else ""
    at = ' list="names"' if names else ""
    field = f'<input id="by" name="by" value="{escape(asked.author)}" maxlength="120" autocomplete="off"{at}>'
    return f'<p><label for="by">{say("Author")}</label>{field}{listed}</p>'


def _day_field(name: str, label: str, day: object) -> str:
    value = f' value="{day}"' if day else ""
    return f'<p><label for="{name}">{label}</label><input type="date" id="{name}" name="{name}"{value}></p>'


def _found(rows: FoundRows, asked: Asked) -> str:
    say = _said(rows.title)
    if not rows.posts:
        nothing = say("Nothing was found. Try fewer or other words.")
        return f'<p class="note" role="status">{nothing}</p>'
    links = [
        f'<a href="{escape(asked.path(asked.page - 1))}" rel="prev">{say("Previous results")}</a>'
        if asked.page > 1
        else "",
        f'<a href="{escape(asked.path(asked.page + 1))}" rel="next">{say("More results")}</a>'
        if rows.more
        else "",
    ]
    pager = f'<nav class="pager" aria-label="{say("Pages")}">{"".join(links)}</nav>' if any(links) else ""
    heading = f'<h2 id="found">{say("Found")}</h2>'
    return (
        f'<section aria-labelledby="found">{heading}'
        f"{_list(rows.posts, asked.words, rows.title, 3)}{pager}</section>"
    )

"""The page around ready-made parts: pure constants and joins, text in, UTF-8 bytes out.

Called by `pages.py` and `app.py`. May import `lib`. Nothing here renders content: parts arrive
as html from the read model and are placed unchanged; the few plain words that come in are escaped here.

    live_page(LivePage(...), Assets(css, js)) -> bytes      the first page, an older page, the page at a time
    post_page(PostPage(...), Assets(css, js)) -> bytes      one post alone; its tombstone too (`gone`)
    past_page(PastPage(...), Assets(css, js)) -> bytes      a post's history, the correction log, the claims
    front_page(FrontPage(...), Assets(css, js)) -> bytes
    error_page(status, title, sentence, next_step, assets) -> bytes

The live page's landmarks, in order: masthead, main (lead, overview, posts), foot. `main#live` carries what
the script starts from: data-live, data-seq, data-leaf ("post" on a post's own page), data-status, data-build.
Each slot stands in a `<div data-slot="name">` that is never replaced itself, only what is in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from stoppress.edge.order import Order
from stoppress.edge.turning import Turning
from stoppress.lib.languages import direction, words_in


@dataclass(frozen=True, slots=True)
class Assets:
    """Public paths of the reader's style sheet and script, from `lib.assets`.

    `later`: what the script loads when idle.
    """

    css: str
    js: str
    later: str = ""
    theme: str = ""  # the style sheet of the title's own looks, where it has any


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go next: an address on this site and what it is called."""

    href: str
    words: str


HOME = Link("/", "See all live blogs")


@dataclass(frozen=True, slots=True)
class Around:
    """What the title puts around its own pages. `top`: `render.page.site_masthead_html`; html, ready-made."""

    top: str
    foot: str


@dataclass(frozen=True, slots=True)
class LivePage:
    """One page of a live blog. Parts are html, ready-made, except `slug`, `status`, `build`, `language`.

    `canonical`: this page's own address, absolute. `posts` stand in `order`. `leaf` 0 holds the newest posts;
    `newer_from` and `older_from` name the posts that open the neighbouring pages (`rows.PageRows`).
    `frozen_at`: set for the page at a past time (RFC 3339): the script leaves such a page alone.
    """

    slug: str
    seq: int
    leaf: int
    status: str
    build: str
    language: str
    canonical: str
    head: str
    masthead: str
    slots: Mapping[str, str]
    posts: Sequence[str]
    foot: str
    json_ld: str = ""
    newer_from: str | None = None
    older_from: str | None = None
    frozen_at: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class PostPage:
    """One post on a page of its own. `title`: plain words; the other parts are html.

    `gone`: the post is withdrawn and `post` is its tombstone; `title` is not shown.
    """

    slug: str
    post_id: str
    seq: int
    status: str
    build: str
    language: str
    canonical: str
    title: str
    masthead: str
    slots: Mapping[str, str]
    post: str
    foot: str
    json_ld: str = ""
    gone: bool = False
    head: str = ""  # what it tells other sites


@dataclass(frozen=True, slots=True)
class PastPage:
    """What was put right: of one post, or of a whole live blog. `title`: plain words; `content`: html.

    Does not follow the stream: the past does not change under the reader. `about`: what it is the past of.
    `next_step` leads back.
    """

    language: str
    canonical: str
    title: str
    skip: str
    heading: str
    masthead: str
    slots: Mapping[str, str]
    content: str
    next_step: Link
    foot: str
    about: Link | None = None
    is_listed: bool = True  # whether search engines may list it
    lead: tuple[str, ...] = ("status", "headline")  # the slots at the top


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of a few words that is not for search engines. `title`: plain; `masthead`, `content`: html."""

    language: str
    title: str
    masthead: str
    content: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page. `top` is `render.page.front_html`: from the title to the end of the masthead."""

    top: str
    live: Sequence[str]
    closed: Sequence[str]
    foot: str
    language: str = "en"
    canonical: str = "/"
    sheet: str = ""  # of the title's own pages, beside the reader's


@dataclass(frozen=True, slots=True)
class TitlePage:
    """A page of the title itself: an author, a topic, a policy, search. `top`: `render.page.site_masthead_html`."""

    language: str
    canonical: str
    head: str
    top: str
    content: str
    foot: str
    sheet: str = ""


def live_page(page: LivePage, assets: Assets) -> bytes:
    """The whole document, readable and linkable without a script."""
    return _document(
        page.language,
        _head(page.canonical, page.head, assets, page.json_ld) + _BODY,
        _skip_links(_said(page.language)),
        page.masthead,
        _main(page, str(page.leaf), page.frozen_at),
        f'<div class="lead">{_slots(page, "status", "headline", "standfirst", "byline")}</div>',
        _overview(page),
        _posts(page),
        "</main>",
        page.foot,
    )


def post_page(page: PostPage, assets: Assets) -> bytes:
    """One post, alone, under its live blog's headline. Served with 410 when `gone`."""
    say = _said(page.language)
    robots = '<meta name="robots" content="noindex">' if page.gone else ""
    title = f"<title>{say('Withdrawn post') if page.gone else escape(page.title)}</title>{robots}{page.head}"
    in_place = f"/live/{page.slug}?from={page.post_id}#post-{page.post_id}"
    return _document(
        page.language,
        _head(page.canonical, title, assets, page.json_ld) + _BODY,
        f'<a class="skip" href="#posts">{say("Skip to the post")}</a>',
        page.masthead,
        _main(page, "post"),
        f'<div class="lead">{_slots(page, "status", "headline")}</div>',
        f'<div class="posts">{_BAR}{_STATUS_LINE}',
        f'<section id="posts" tabindex="-1" aria-label="{say("Post")}">{page.post}</section>',
        f'<nav class="pager" aria-label="{say("Pages")}">'
        f'<a href="{in_place}">{say("Read this post among the others")}</a></nav></div>',
        "</main>",
        page.foot,
    )


def past_page(page: PastPage, assets: Assets) -> bytes:
    """A page about what is no longer so, under its live blog's headline."""
    robots = "" if page.is_listed else '<meta name="robots" content="noindex">'
    about = f'<p class="about">{_link(page.about)}</p>' if page.about else ""
    return _document(
        page.language,
        _head(page.canonical, f"<title>{escape(page.title)}</title>{robots}", assets) + _BODY,
        f'<a class="skip" href="#past">{escape(page.skip)}</a>',
        page.masthead,
        f'<main class="past"><div class="lead">{_slots(page, *page.lead)}</div>',
        '<section class="posts" id="past" tabindex="-1" aria-labelledby="past-heading">',
        f'<h2 id="past-heading">{escape(page.heading)}</h2>{about}{page.content}',
        f'<nav class="pager" aria-label="{_said(page.language)("Pages")}">{_link(page.next_step)}</nav></section>',
        "</main>",
        page.foot,
    )


def front_page(page: FrontPage, assets: Assets) -> bytes:
    """Live blogs under way, then those that ended."""
    say = _said(page.language)
    nothing = say("There is no live blog here yet. It will appear on this page the moment it opens.")
    none = "" if page.live or page.closed else f'<p class="empty">{nothing}</p>'
    return _document(
        page.language,
        _head(page.canonical, _sheet(page.sheet), assets) + page.top,
        '<main id="front">',
        _cards("live-now", say("Live now"), page.live),
        _cards("ended", say("As it happened"), page.closed),
        none,
        "</main>",
        page.foot,
    )


def plain_page(page: PlainPage, assets: Assets) -> bytes:
    """A heading and what belongs to it."""
    title = f'<title>{escape(page.title)}</title><meta name="robots" content="noindex">'
    return _document(
        page.language,
        f"{_HEAD}{_files(assets)}{title}{_BODY}",
        page.masthead,
        f'<main class="plain">{page.content}</main>',
    )


def title_page(page: TitlePage, assets: Assets) -> bytes:
    """A page about more than one live blog, or about the newsroom."""
    return _document(
        page.language,
        _head(page.canonical, _sheet(page.sheet) + page.head, assets) + page.top,
        f'<main class="title-page">{page.content}</main>',
        page.foot,
    )


def error_page(
    status: int,
    title: str,
    sentence: str,
    next_step: Link = HOME,
    assets: Assets | None = None,
    *,
    language: str = "en",
    around: Around | None = None,
) -> bytes:
    """What went wrong in one sentence, and where to go. Plain words; at worst without assets, top and foot."""
    styles = f'<link rel="stylesheet" href="{assets.css}">' if assets else ""
    return _document(
        language,
        f'{_HEAD}<title>{escape(title)}</title><meta name="robots" content="noindex">{styles}'
        f"{around.top if around else _BODY}",
        f'<main class="error"><p class="error-status">{status}</p>',
        f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>",
        f"<p>{_link(next_step)}</p></main>",
        around.foot if around else "",
    )


# --- pieces -----------------------------------------------------------------------------------------

_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
)
_BODY = "</head>\n<body>"
# Written to by the script alone. It stands in the page from the start: a live region that is inserted
# together with its words is not read out.
_STATUS_LINE = '<div role="status" id="live-status" aria-live="polite"></div>'
_FEED = ' role="feed"'  # which must hold posts (WAI-ARIA); the script sets it with the first one
# The script's own line: what arrives, and the buttons. Its height is kept free by the style sheet.
_BAR = '<div id="live-bar"></div>'


def _said(language: str) -> Callable[[str], str]:
    """Our own words in the page's language, ready to stand in html."""
    say = words_in(language)
    return lambda sentence: escape(say(sentence))


def _skip_links(say: Callable[[str], str]) -> str:
    return (
        f'<a class="skip" href="#posts">{say("Skip to the posts")}</a>'
        f'<a class="skip to-key-events" href="#key-events">{say("Skip to key events")}</a>'
    )


def _no_script(say: Callable[[str], str]) -> str:
    return f'<noscript><p class="note">{say("Reload this page to see the newest posts.")}</p></noscript>'


def _document(language: str, head: str, *body: str) -> bytes:
    """`head` runs on to the opening of the body."""
    top = f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction(language)}">\n<head>'
    return "".join((top, head, "\n", "\n".join(body), "\n</body>\n</html>\n")).encode()


def _head(canonical: str, more: str, assets: Assets, json_ld: str = "") -> str:
    structured = f'<script type="application/ld+json">{json_ld}</script>' if json_ld else ""
    return f'{_HEAD}{_files(assets)}<link rel="canonical" href="{escape(canonical)}">{more}{structured}'


def _files(assets: Assets) -> str:
    later = f' data-later="{assets.later}"' if assets.later else ""
    theme = f'<link rel="stylesheet" href="{escape(assets.theme)}">' if assets.theme else ""
    return (
        f'<link rel="stylesheet" href="{assets.css}">{theme}<script src="{assets.js}"{later} defer></script>'
        '<link rel="manifest" href="/manifest.webmanifest">'
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">'
        '<link rel="apple-touch-icon" href="/static/icon-touch-180.png">'
    )


def _main(page: LivePage | PostPage, leaf: str, frozen_at: str | None = None) -> str:
    frozen = f' data-frozen="{escape(frozen_at)}"' if frozen_at else ""
    order = f' data-order="{page.order}"' if isinstance(page, LivePage) else ""
    return (
        f'<main id="live" data-live="{page.slug}" data-seq="{page.seq}" data-leaf="{leaf}"'
        f' data-status="{page.status}" data-build="{escape(page.build)}"{order}{frozen}>'
    )


def _sheet(path: str) -> str:
    return f'<link rel="stylesheet" href="{path}">' if path else ""


def _link(link: Link) -> str:
    return f'<a href="{escape(link.href)}">{escape(link.words)}</a>'


def _slot(page: LivePage | PostPage | PastPage, name: str, attributes: str = "") -> str:
    return f'<div data-slot="{name}"{attributes}>{page.slots.get(name, "")}</div>'


def _slots(page: LivePage | PostPage | PastPage, *names: str) -> str:
    return "".join(_slot(page, name) for name in names)


def _overview(page: LivePage) -> str:
    """Summary and key events: beside the posts on a wide screen, above them on a narrow one."""
    say = _said(page.language)
    key_events = _slot(page, "key_events", ' id="key-events" tabindex="-1"')
    return (
        f'<aside class="overview" aria-label="{say("Overview")}">{_slot(page, "summary")}{key_events}</aside>'
    )


def _posts(page: LivePage) -> str:
    """The posts and what stands directly above and below. Pinned post and form: where reading begins."""
    turning = Turning(
        slug=page.slug,
        language=page.language,
        status=page.status,
        leaf=page.leaf,
        order=page.order,
        newer_from=page.newer_from,
        older_from=page.older_from,
    )
    say = _said(page.language)
    elsewhere = "" if turning.opens else " hidden"
    grows_on_top = page.leaf == 0 and page.order == "newest"
    return (
        f'<div class="posts">{"" if page.frozen_at else turning.switch()}{turning.above()}'
        f"{_slot(page, 'questions', elsewhere)}{_slot(page, 'pinned', elsewhere)}"
        f"{_BAR}{_STATUS_LINE}{_no_script(say) if grows_on_top and page.status != 'closed' else ''}"
        f'<section id="posts" tabindex="-1" aria-label="{escape(turning.label)}"'
        f' data-empty="{say("The first post will appear here.")}"'
        f"{_FEED if page.posts else ''}>{''.join(page.posts)}</section>"
        f"{_slot(page, 'older', '' if grows_on_top else ' hidden')}{turning.below()}</div>"
    )


def _cards(name: str, heading: str, cards: Sequence[str]) -> str:
    if not cards:
        return ""
    title = f'<h2 id="{name}">{heading}</h2>'
    return f'<section class="cards" aria-labelledby="{name}">{title}{"".join(cards)}</section>'

"""What stands around the posts: head, masthead, the nine slots, foot, and the card on the front page.

Called by `liveblogs/projection.py`; the bytes are stored and `edge/frame.py` puts them together. May import
`document`, `lib` and this room.

Every page has all nine slots; an empty one is "". A slot is replaced as a whole in open pages, so nothing
in it may depend on what stands in another. Copies of posts (pinned, summary) carry no ids. A `<details>`
in a slot keeps the reader's choice of open or closed when the slot is replaced (`web/reader/apply.ts`).
"""

from functools import lru_cache

from stoppress.document.text import first_words
from stoppress.lib.clock import rfc3339
from stoppress.lib.languages import Words, words_in
from stoppress.render.element import NOTHING, Html, Value, element, filled, join, text, tongue
from stoppress.render.facts import BlogFacts, BylineName, KeyEventFacts, PostFacts, SiteFacts
from stoppress.render.front import lead_picture, newest_turns, to_search, topic_links, turning_points
from stoppress.render.html import document_html
from stoppress.render.looks import theme_html, title_name
from stoppress.render.organization import organization_data, policy_links
from stoppress.render.post import name_html
from stoppress.render.questions import questions_html
from stoppress.render.sharing import blog_metas
from stoppress.render.times import brief_time, clock_time, day_time, full_time, local_date, post_time
from stoppress.render.titles import blog_title

SLOTS = (
    "status",
    "headline",
    "standfirst",
    "byline",
    "summary",
    "questions",
    "pinned",
    "key_events",
    "older",
)

_FEET_REMEMBERED = 64  # the foot of a live blog says the same with every post
_TITLE_CHARS = 80  # a post without a headline is called by its first words
_FEEDS = (
    ("application/atom+xml", "feed.atom", "Atom"),
    ("application/rss+xml", "feed.rss", "RSS"),
    ("application/feed+json", "feed.json", "JSON Feed"),
)


def head_html(blog: BlogFacts) -> str:
    """Title, description, feeds and cards. The canonical link is the frame's: it differs by page."""
    return join(
        [
            element("title", None, text(f"{blog_title(blog)} | {blog.site.name}")),
            element("meta", {"name": "description", "content": blog.standfirst})
            if blog.standfirst
            else NOTHING,
            *_feed_links(blog),
            *blog_metas(blog),
        ]
    )


def masthead_html(blog: BlogFacts) -> str:
    """The publisher's name, leading to the front page."""
    return _masthead(blog.site)


def foot_html(blog: BlogFacts) -> str:
    """Feeds, what the marks on posts promise, and the way home."""
    return _foot(blog.site, blog.slug, blog.say)


@lru_cache(_FEET_REMEMBERED)
def _foot(site: SiteFacts, slug: str, say: Words) -> Html:
    feeds = join(
        [element("a", {"href": f"/live/{slug}/{file}"}, text(name)) for _, file, name in _FEEDS],
        say(", "),
    )
    promise = say(
        "Posts carry the time they were first published. Changes of meaning are marked as corrections; "
        "what is taken down leaves a note in its place."
    )
    return element(
        "footer",
        {"class": "foot"},
        element("p", None, text(promise)),
        _way(f"/live/{slug}/corrections", say("All corrections of this live blog")),
        _way(f"/live/{slug}/claims", say("Claims in this live blog, and how they stand")),
        _way(f"/live/{slug}/at", say("How this page read at earlier times")),
        element("p", {"class": "feeds"}, filled(say("Follow by feed: {feeds}"), feeds=feeds)),
        policy_links(site),
        _way("/", say("All live blogs")),
    )


def _way(address: str, said: str) -> Html:
    return element("p", None, element("a", {"href": address}, text(said)))


def slots(blog: BlogFacts) -> dict[str, str]:
    """All nine slots by name, in page order."""
    return {
        "status": _status(blog),
        "headline": element("h1", None, text(blog_title(blog))),
        "standfirst": join([_standfirst(blog), _event(blog)]),
        "byline": join([_byline(blog.byline, blog.say), topic_links(blog)]),
        "summary": _summary(blog),
        "questions": questions_html(blog),
        "pinned": _pinned(blog),
        "key_events": _key_events(blog),
        "older": _older(blog),
    }


def card_html(blog: BlogFacts) -> str:
    """The live blog on the front page: its mark, its headline, the newest post."""
    return element(
        "article",
        {"class": f"card {blog.status}", "data-card": blog.slug, **tongue(blog.language, blog.site.language)},
        NOTHING if blog.status == "closed" else _mark(blog.status, blog.say),  # those stand under that word
        element("h3", None, element("a", {"href": f"/live/{blog.slug}"}, text(blog_title(blog)))),
        _standfirst(blog),
        _latest(blog),
    )


def lead_html(blog: BlogFacts) -> str:
    """The same where it leads the front page: with its picture, and what turned the event."""
    return element(
        "article",
        {
            "class": f"card lead-card {blog.status}",
            "data-card": blog.slug,
            **tongue(blog.language, blog.site.language),
        },
        lead_picture(blog),
        element(
            "div",
            {"class": "lead-words"},
            NOTHING if blog.status == "closed" else _mark(blog.status, blog.say),
            element("h3", None, element("a", {"href": f"/live/{blog.slug}"}, text(blog.headline))),
            _standfirst(blog),
            NOTHING if newest_turns(blog) else _latest(blog),
            turning_points(blog),
        ),
    )


def site_masthead_html(site: SiteFacts) -> str:
    """The end of the head, and the top, of the title's own pages: the frame opens the head before it."""
    return join([theme_html(site), Html("</head>\n<body>\n"), _masthead(site)])


def front_html(site: SiteFacts) -> str:
    """The rest of the front page's head, and its masthead: the frame opens the head before it."""
    say = words_in(site.language)
    description = say("Live coverage by {name}: every post the moment it is published.", name=site.name)
    return join(
        [
            element("title", None, text(site.name)),
            element("meta", {"name": "description", "content": description}),
            element("meta", {"property": "og:title", "content": site.name}),
            element("meta", {"property": "og:type", "content": "website"}),
            element("meta", {"property": "og:url", "content": f"{site.public_url}/"}),
            theme_html(site),
            organization_data(site),
            Html("</head>\n<body>\n"),
            element(
                "header", {"class": "masthead front"}, element("h1", None, title_name(site)), to_search(site)
            ),
        ]
    )


def front_foot_html(site: SiteFacts) -> str:
    """The end of the front page."""
    return element("footer", {"class": "foot"}, policy_links(site), element("p", None, text(site.name)))


# --- head -------------------------------------------------------------------------------------------


def _feed_links(blog: BlogFacts) -> list[Html]:
    return [
        element(
            "link",
            {
                "rel": "alternate",
                "type": kind,
                "href": f"{blog.url}/{file}",
                "title": f"{blog_title(blog)} ({name})",
            },
        )
        for kind, file, name in _FEEDS
    ]


def _masthead(site: SiteFacts) -> Html:
    return element(
        "header",
        {"class": "masthead"},
        element("p", None, element("a", {"href": "/"}, title_name(site))),
        to_search(site),
    )


# --- slots ------------------------------------------------------------------------------------------


def _mark(status: str, say: Words) -> Html:
    named = {
        "draft": say("Draft"),
        "live": say("Live"),
        "paused": say("Paused"),
        "closed": say("Ended"),
    }
    return element(
        "p", {"class": f"status {status}"}, element("span", {"class": "mark"}, text(named[status]))
    )


def _status(blog: BlogFacts) -> Html:
    """The word for the status, and what follows from it for whoever waits for news."""
    if blog.status == "paused":
        return Html(
            _mark("paused", blog.say)
            + element("p", {"class": "status-note"}, text(blog.say("Coverage is paused and will go on.")))
        )
    if blog.status == "closed" and blog.closed_at:
        ended = full_time(blog.closed_at, blog.timezone, blog.language)
        return Html(
            _mark("closed", blog.say)
            + element(
                "p", {"class": "status-note"}, filled(blog.say("This live blog ended on {time}."), time=ended)
            )
        )
    return _mark(blog.status, blog.say)


def _standfirst(blog: BlogFacts) -> Html:
    return element("p", {"class": "standfirst"}, text(blog.standfirst)) if blog.standfirst else NOTHING


def _event(blog: BlogFacts) -> Html:
    """What the live blog is about, where and when, in one line; its name only where the headline is another."""
    event = blog.event
    if event is None:
        return NOTHING
    # Names may be in another script than the page: each keeps its direction to itself.
    known = [
        element("bdi", None, text(part))
        for part in (event.name, event.place)
        if part and part != blog.headline
    ]
    if event.starts_at:
        known.append(full_time(event.starts_at, blog.timezone, blog.language))
    return element("p", {"class": "event"}, join(known, " · ")) if known else NOTHING


def _byline(names: tuple[BylineName, ...], say: Words) -> Html:
    if not names:
        return NOTHING
    turns = {"now": say("{name} (now)"), "earlier": say("{name} (earlier)")}
    printed = [filled(turns.get(name.turn, "{name}"), name=name_html(name.name)) for name in names]
    return element("p", {"class": "byline"}, filled(say("By {names}"), names=Html(say.names(printed))))


def _summary(blog: BlogFacts) -> Html:
    """The newest round-up, open; a reader may fold it away."""
    if not blog.summary:
        return NOTHING
    return _post_box(blog, blog.summary, name="summary", label=blog.say("Summary"))


def _pinned(blog: BlogFacts) -> Html:
    """A copy of the pinned post, open while it is the newest; later its text is one press away."""
    if not blog.pinned:
        return NOTHING
    return _post_box(blog, blog.pinned, name="pinned", label=blog.say("Pinned"))


def _post_box(blog: BlogFacts, post: PostFacts, *, name: str, label: str) -> Html:
    newest = blog.latest is not None and blog.latest.post_id == post.id
    attributes: dict[str, Value] = {"class": f"box {name}-box", "open": newest or name == "summary"}
    spoken = tongue(post.document.language, blog.language)
    return element(
        "details",
        attributes,
        element(
            "summary",
            None,
            element("span", {"class": "label"}, text(label)),
            Html(" "),
            clock_time(post.first_published_at, blog.timezone, blog.language),
            Html(" "),
            element("h2", spoken, text(_title(post))),
        ),
        element("div", {"class": "post-body", **spoken}, Html(document_html(post.document))),
        element(
            "p",
            {"class": "in-place"},
            element("a", {"href": _post_page(blog, post.id)}, text(blog.say("Read the whole post"))),
        ),
    )


def _title(post: PostFacts) -> str:
    return post.headline or first_words(post.document, _TITLE_CHARS)


def _post_page(blog: BlogFacts, post_id: str) -> str:
    """Where the post stands among the others; the script scrolls when that is this page."""
    return f"/live/{blog.slug}?from={post_id}#post-{post_id}"


def _key_events(blog: BlogFacts) -> Html:
    if not blog.key_events:
        return NOTHING
    days = {local_date(event.at, blog.timezone) for event in blog.key_events}
    lines = [_key_event(blog, event, with_day=len(days) > 1) for event in blog.key_events]
    closed = blog.status == "closed"  # then it is the index of what is read from the beginning
    return element(
        "details",
        {"class": "key-events", "open": True},
        element("summary", None, element("h2", None, text(blog.say("Key events")))),
        element("ol", {"reversed": not closed}, *(reversed(lines) if closed else lines)),
    )


def _key_event(blog: BlogFacts, event: KeyEventFacts, *, with_day: bool) -> Html:
    at = (
        brief_time(event.at, blog.timezone, blog.language)
        if with_day
        else clock_time(event.at, blog.timezone, blog.language)
    )
    link = element(
        "a",
        {"href": _post_page(blog, event.post_id), "data-post": event.post_id},
        at,
        Html(" "),
        _summary_label(blog) if event.summary else NOTHING,
        element("span", None, text(event.title)),
    )
    return element("li", {"class": "summary"} if event.summary else None, link)


def _summary_label(blog: BlogFacts) -> Html:
    return Html(element("b", {"class": "label"}, text(blog.say("Summary"))) + " ")


def _older(blog: BlogFacts) -> Html:
    """The way down. `data-from` and `data-at`: the newest post that has left the first page, and its time."""
    if not blog.older_from:
        return NOTHING
    attributes: dict[str, Value] = {
        "class": "pager",
        "aria-label": blog.say("Older posts"),
        "data-from": blog.older_from,
        "data-at": rfc3339(blog.older_at) if blog.older_at else None,
    }
    newest_first = (
        "&order=newest" if blog.status == "closed" else ""
    )  # which is not what a plain address shows then
    address = f"/live/{blog.slug}?from={blog.older_from}{newest_first}"
    link = element("a", {"href": address}, text(blog.say("Older posts")))
    return element("nav", attributes, link)


# --- card -------------------------------------------------------------------------------------------


def _latest(blog: BlogFacts) -> Html:
    if blog.status == "closed":
        return _ended(blog)
    if not blog.latest:
        return NOTHING
    at = post_time(blog.latest.at, blog.timezone, blog.language)
    return element("p", {"class": "latest"}, at, Html(" "), element("span", None, text(blog.latest.title)))


def _ended(blog: BlogFacts) -> Html:
    if not blog.closed_at:
        return NOTHING
    at = day_time(blog.closed_at, blog.timezone, blog.language)
    return element("p", {"class": "latest"}, filled(blog.say("Ended {day}"), day=at))

"""What leads to and from the title's own pages: the lead of the front page, topics, the way to search.

Called by `page.py`, which puts these parts where they stand. May import `lib` and this room.
"""

from urllib.parse import quote

from stoppress.lib import limits
from stoppress.lib.languages import words_in
from stoppress.render.element import NOTHING, Html, Value, element, text
from stoppress.render.facts import BlogFacts, SiteFacts
from stoppress.render.times import brief_time, clock_time, local_date


def lead_picture(blog: BlogFacts) -> Html:
    """The live blog's first picture, in a box of its size."""
    image = blog.image
    if image is None:
        return NOTHING
    attributes: dict[str, Value] = {
        "src": image.src,
        "srcset": image.srcset or None,
        "sizes": "(min-width: 60em) 36rem, 100vw" if image.srcset else None,
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
    }
    return element("figure", None, element("img", attributes))


def turning_points(blog: BlogFacts) -> Html:
    """The newest key events, each with the way to it."""
    events = blog.key_events[: limits.LEAD_KEY_EVENTS]
    days = {local_date(event.at, blog.timezone) for event in events}
    when = brief_time if len(days) > 1 else clock_time
    lines = [
        element(
            "li",
            None,
            when(event.at, blog.timezone, blog.language),
            Html(" "),
            element(
                "a",
                {"href": f"/live/{blog.slug}?from={event.post_id}#post-{event.post_id}"},
                text(event.title),
            ),
        )
        for event in events
    ]
    if not lines:
        return NOTHING
    return element("ol", {"class": "turning", "aria-label": blog.say("Key events"), "reversed": True}, *lines)


def newest_turns(blog: BlogFacts) -> bool:
    """Whether the newest post is a key event of a live blog under way: its line says it then."""
    newest = blog.latest.post_id if blog.latest else ""
    return blog.status != "closed" and any(event.post_id == newest for event in blog.key_events[:1])


def to_search(site: SiteFacts) -> Html:
    """The way to search, in the masthead."""
    words = text(words_in(site.language)("Search"))
    return element("a", {"class": "to-search", "href": "/search", "lang": site.language}, words)


def topic_links(blog: BlogFacts) -> Html:
    """What the live blog is about, and the way to others about it."""
    if not blog.topics:
        return NOTHING
    links = [
        element("li", None, element("a", {"href": f"/topic/{quote(slug)}", "rel": "tag"}, text(name)))
        for name, slug in blog.topics
    ]
    return element("ul", {"class": "topics", "aria-label": blog.say("Topics")}, *links)

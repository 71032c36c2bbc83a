"""A whole live blog as one html file: the same parts as the page, nothing loaded from anywhere but pictures.

Called by `liveblogs/exports.py`. May import this room.
"""

from collections.abc import Iterable
from dataclasses import replace

from stoppress.document.structured import without_ballots
from stoppress.lib.languages import direction
from stoppress.render.addresses import absolute_html
from stoppress.render.element import Html, element, join
from stoppress.render.facts import BlogFacts, PostFacts, TombstoneFacts
from stoppress.render.page import foot_html, head_html, masthead_html, slots
from stoppress.render.post import post_html, tombstone_html


def standalone_html(blog: BlogFacts, posts: Iterable[PostFacts | TombstoneFacts]) -> str:
    """The document, newest post first, with every address absolute so that the file works anywhere."""
    lead = join(Html(html) for html in slots(blog).values())
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("link", {"rel": "canonical", "href": blog.url}),
        Html(head_html(blog)),
    )
    body = element(
        "body",
        None,
        Html(masthead_html(blog)),
        element("main", None, lead, join(_post(post, blog) for post in posts)),
        Html(foot_html(blog)),
    )
    page = element("html", {"lang": blog.language, "dir": direction(blog.language)}, head, body)
    return f"<!doctype html>\n{absolute_html(page, blog.site.public_url)}\n"


def _post(post: PostFacts | TombstoneFacts, blog: BlogFacts) -> Html:
    if isinstance(post, PostFacts):
        post = replace(post, document=without_ballots(post.document))
        return Html(post_html(post, blog.slug, blog.timezone, blog.language))
    return Html(tombstone_html(post, blog.slug, blog.timezone, blog.language))

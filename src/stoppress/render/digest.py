"""A live blog as an e-mail: the newest summary, the key events, the way to the whole. As html, and as plain text.

Called by `liveblogs/exports.py`. May import `document`, `lib` and this room. A file for mail programs, never
served as a page: they take a `<style>` and nothing that is loaded. So there
are no pictures in it, no script, nothing that counts who opens it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from stoppress.document.nodes import JsonNode, children
from stoppress.document.schema import Document
from stoppress.lib.languages import direction
from stoppress.render.addresses import absolute_html, post_url
from stoppress.render.element import NOTHING, Html, element, join, text
from stoppress.render.facts import BlogFacts, KeyEventFacts, PostFacts
from stoppress.render.html import document_html
from stoppress.render.plain import document_plain
from stoppress.render.times import full_words
from stoppress.render.titles import blog_title

# What reads well in a mail program: words in their order. The rest (pictures, embeds, polls) is on the site.
_WORDS = frozenset(
    {
        "paragraph",
        "heading",
        "quote",
        "bullet_list",
        "ordered_list",
        "table",
        "fact_box",
        "score",
        "link_card",
    }
)
_LINE = 72
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: #fffefb; color: #1c1b19; font: 17px/1.5 Georgia, serif; }
.mail { max-width: 600px; margin: 0 auto; }
.title, .time, .all, h2 { font-family: -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
.title { margin: 0 0 16px; padding-bottom: 8px; border-bottom: 1px solid #ddd8cd; font-size: 14px; font-weight: 700; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.15; }
h2 { margin: 28px 0 6px; padding-top: 10px; border-top: 2px solid #b0101c; font-size: 15px; }
h3 { margin: 16px 0 4px; font-size: 18px; }
p, ul, ol { margin: 0 0 12px; }
.time { display: block; color: #5f5b54; font-size: 13px; }
.events { padding: 0; list-style: none; }
.events li { margin: 0 0 12px; }
a { color: inherit; }
h1 a, .events a { text-decoration: none; }
.all { margin-top: 28px; font-size: 15px; font-weight: 700; }
td, th { padding: 4px 8px 4px 0; border-bottom: 1px solid #ddd8cd; text-align: start; }
@media (prefers-color-scheme: dark) {
  body { background: #151514; color: #e9e6df; }
  .title, td, th { border-color: #3a3833; }
  .time { color: #aca79d; }
  h2 { border-color: #ff8b80; }
}
"""


def digest_html(blog: BlogFacts) -> str:
    """The e-mail as a document of its own, every address absolute."""
    title = blog_title(blog)
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", None, text(title)),
        element("style", None, Html(_STYLE)),
    )
    mail = element(
        "div",
        {"class": "mail"},
        element("p", {"class": "title"}, text(blog.site.name)),
        element("h1", None, element("a", {"href": blog.url}, text(title))),
        element("p", None, text(blog.standfirst)) if blog.standfirst else NOTHING,
        _summary(blog, blog.summary) if blog.summary else NOTHING,
        _events(blog),
        element("p", {"class": "all"}, element("a", {"href": blog.url}, text(_way(blog)))),
    )
    page = element(
        "html", {"lang": blog.language, "dir": direction(blog.language)}, head, element("body", None, mail)
    )
    return f"<!doctype html>\n{absolute_html(page, blog.site.public_url)}\n"


def digest_text(blog: BlogFacts) -> str:
    """The same as plain text, ending in a line end."""
    return "\n".join(_lines(blog)) + "\n"


def _lines(blog: BlogFacts) -> Iterator[str]:
    yield blog_title(blog)
    yield from filter(None, (blog.standfirst, blog.url))
    if blog.summary:
        yield from ("", "-" * _LINE, blog.say("Summary"), _time(blog, blog.summary.first_published_at), "")
        yield from filter(None, (blog.summary.headline, document_plain(_in_words(blog.summary.document))))
    if blog.key_events:
        yield from ("", "-" * _LINE, blog.say("Key events"))
    for event in _in_order(blog):
        yield from ("", f"{_time(blog, event.at)}: {event.title}", post_url(blog, event.post_id))
    yield from ("", "-" * _LINE, f"{_way(blog)}: {blog.url}")


def _summary(blog: BlogFacts, summary: PostFacts) -> Html:
    return join(
        [
            element("h2", None, text(blog.say("Summary"))),
            element("span", {"class": "time"}, text(_time(blog, summary.first_published_at))),
            element("h3", None, text(summary.headline)) if summary.headline else NOTHING,
            Html(document_html(_in_words(summary.document))),
        ]
    )


def _events(blog: BlogFacts) -> Html:
    if not blog.key_events:
        return NOTHING
    lines = [
        element(
            "li",
            None,
            element("span", {"class": "time"}, text(_time(blog, event.at))),
            element("a", {"href": post_url(blog, event.post_id)}, text(event.title)),
        )
        for event in _in_order(blog)
    ]
    return join(
        [element("h2", None, text(blog.say("Key events"))), element("ul", {"class": "events"}, *lines)]
    )


def _in_order(blog: BlogFacts) -> Iterable[KeyEventFacts]:
    """As the page has them: newest first, once it is closed oldest first."""
    return reversed(blog.key_events) if blog.status == "closed" else blog.key_events


def _in_words(document: Document) -> Document:
    kept: list[JsonNode] = [node for node in children(document.root) if node["type"] in _WORDS]
    return replace(document, root=document.root | {"content": kept})


def _time(blog: BlogFacts, at: datetime) -> str:
    return full_words(at, blog.timezone, blog.language)


def _way(blog: BlogFacts) -> str:
    return blog.say("Read the whole live blog")

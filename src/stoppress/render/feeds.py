"""RSS 2.0, Atom 1.0 and JSON Feed 1.1: the head of a feed and one entry per post.

Called by `liveblogs/projection.py` (stored text, joined by the edge) and `liveblogs/exports.py`.
May import `document`, `lib` and this room.

How the parts are joined, newest post first, is `lib/feed_documents.py`'s: it adds what a head cannot know, its own
address, its neighbours, the hub, and when it changed. A withdrawn post is an Atom tombstone (RFC 6721); RSS and JSON
Feed can only leave it out.
"""

import re
from collections.abc import Iterable
from email.utils import format_datetime
from html import escape

from stoppress.lib import clock
from stoppress.lib.languages import direction
from stoppress.render.addresses import absolute, absolute_html, author_pages, entry_id, post_url
from stoppress.render.facts import BlogFacts, PostFacts, TombstoneFacts
from stoppress.render.html import document_html
from stoppress.render.jsonld import json_text, marks
from stoppress.render.pictures import Picture, media_type, pictures
from stoppress.render.plain import document_plain
from stoppress.render.titles import blog_title, post_title

# XML 1.0 section 2.2: these cannot stand in a document, not even as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rss_head(blog: BlogFacts) -> str:
    """Everything of the RSS document up to its first item."""
    return (
        f'{_XML}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        + _element("title", blog_title(blog))
        + _element("link", blog.url)
        + _element("description", blog.standfirst or blog.headline)
        + _element("language", blog.language)
        + _element("generator", "Stoppress")
    )


def rss_item(post: PostFacts, blog: BlogFacts) -> str:
    """One post. Its guid and pubDate never change; content, title and description follow its revisions."""
    address = post_url(blog, post.id)
    parts = [
        _element("title", post_title(post, blog)),
        _element("link", address),
        _element("guid", entry_id(post.id), isPermaLink="false"),
        _element("pubDate", format_datetime(post.first_published_at)),
        _element("dc:creator", ", ".join(post.byline)) if post.byline else "",
        *(_element("category", mark) for mark in marks(post)),
        _element("description", document_plain(post.document)),
        _element("content:encoded", content_html(post, blog)),
        *(_media(picture, blog) for picture in _own_pictures(post)),
    ]
    return "<item>\n" + "".join(parts) + "</item>\n"


def atom_head(blog: BlogFacts) -> str:
    """Everything of the Atom document up to its first entry, except `<updated>` and the links to other documents."""
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
        f' xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="{escape(_xml_text(blog.language))}">\n'
        + _element("id", blog.url)
        + _element("title", blog_title(blog))
        + (_element("subtitle", blog.standfirst) if blog.standfirst else "")
        + f"<author>{_element('name', blog.site.name).rstrip()}</author>\n"
        + _empty("link", rel="alternate", type="text/html", href=blog.url)
        + _element("generator", "Stoppress")
    )


def atom_entry(post: PostFacts, blog: BlogFacts) -> str:
    """One post. `updated` moves with every change readers see, `published` and `id` never."""
    pages = author_pages(post.authors, blog)
    parts = [
        _element("id", entry_id(post.id)),
        _element("title", post_title(post, blog)),
        _element("published", clock.rfc3339(post.first_published_at)),
        _element("updated", clock.rfc3339(post.last_changed_at)),
        *(_author(name, pages.get(name, "")) for name in post.byline),
        _empty("link", rel="alternate", type="text/html", href=post_url(blog, post.id)),
        *(_empty("category", term=mark) for mark in marks(post)),
        _element("content", content_html(post, blog), type="html"),
    ]
    spoken = post.document.language
    start = "<entry>\n" if spoken == blog.language else f'<entry xml:lang="{escape(spoken)}">\n'
    return start + "".join(parts) + "</entry>\n"


def _author(name: str, page: str) -> str:
    return f"<author>{_element('name', name).rstrip()}{_some('uri', page).rstrip()}</author>\n"


def atom_tombstone(gone: TombstoneFacts, blog: BlogFacts) -> str:
    """What is left of a withdrawn post: its id, when it went, the public reason (RFC 6721 section 3)."""
    reason = _element("at:comment", gone.reason) if gone.reason else ""
    ref, when = entry_id(gone.id), clock.rfc3339(gone.withdrawn_at)
    link = _empty("link", rel="alternate", type="text/html", href=post_url(blog, gone.id))
    return f'<at:deleted-entry ref="{ref}" when="{when}">\n{reason}{link}</at:deleted-entry>\n'


def json_feed_head(blog: BlogFacts) -> str:
    """A JSON object text that ends in `"items":[`. What may follow them: `next_url`, `hubs`."""
    fields = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": blog_title(blog),
        "home_page_url": blog.url,
        "feed_url": f"{blog.url}/feed.json",
        "language": blog.language,
        "authors": [{"name": blog.site.name, "url": blog.site.public_url}],
    }
    if blog.standfirst:
        fields["description"] = blog.standfirst
    return json_text(fields).removesuffix("}") + ',"items":['


def json_feed_item(post: PostFacts, blog: BlogFacts) -> str:
    """One post as a JSON object. Only a headline of its own becomes `title`."""
    fields: dict[str, object] = {
        "id": entry_id(post.id),
        "url": post_url(blog, post.id),
        "content_html": content_html(post, blog),
        "content_text": document_plain(post.document),
        "date_published": clock.rfc3339(post.first_published_at),
        "date_modified": clock.rfc3339(post.last_changed_at),
    }
    if post.headline:
        fields["title"] = post.headline
    if post.document.language != blog.language:
        fields["language"] = post.document.language
    if post.byline:
        pages = author_pages(post.authors, blog)
        fields["authors"] = [
            {"name": name} | ({"url": pages[name]} if name in pages else {}) for name in post.byline
        ]
    if tags := marks(post):
        fields["tags"] = list(tags)
    if own := _own_pictures(post):
        fields["image"] = absolute(blog.site.public_url, own[0].src)
    if files := [_attachment(picture, blog) for picture in own if media_type(picture.src)]:
        fields["attachments"] = files
    return json_text(fields)


def _attachment(picture: Picture, blog: BlogFacts) -> dict[str, str]:
    told = {
        "url": absolute(blog.site.public_url, picture.src),
        "mime_type": media_type(picture.src),
        "title": picture.caption or picture.alt,
    }
    return {name: value for name, value in told.items() if value}


def content_html(post: PostFacts, blog: BlogFacts) -> str:
    """The post's place line, text and corrections as html that stands alone: every address is absolute."""
    place = f"<p><em>{escape(post.dateline)}</em></p>" if post.dateline else ""
    notes = "".join(
        f'<p><strong>{blog.say("Correction")}</strong> <time datetime="{clock.rfc3339(note.at)}">'
        f"{note.at.date().isoformat()}</time>: {escape(note.text)}</p>"
        for note in post.corrections
    )
    text, spoken = absolute_html(document_html(post.document), blog.site.public_url), post.document.language
    if spoken != blog.language:
        text = f'<div lang="{escape(spoken)}" dir="{direction(spoken)}">{text}</div>'
    html = place + text + notes
    # Atom and RSS have no word for the direction, so the html says it where it is not what readers assume.
    return f'<div dir="rtl">{html}</div>' if direction(blog.language) == "rtl" else html


def _own_pictures(post: PostFacts) -> tuple[Picture, ...]:
    """Pictures we serve. Others stay links: a feed reader must not be sent to a third party by us."""
    return tuple(picture for picture in pictures(post.document) if picture.own)


def _media(picture: Picture, blog: BlogFacts) -> str:
    size = {"width": str(picture.width), "height": str(picture.height)} if picture.width else {}
    kind = {"type": media_type(picture.src)} if media_type(picture.src) else {}
    address = absolute(blog.site.public_url, picture.src)
    start = _tag("media:content", url=address, medium="image", **kind, **size)
    inner = _some("media:description", picture.alt or picture.caption) + _some("media:credit", picture.credit)
    return f"{start}{inner}</media:content>\n"


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("", text)


def _tag(name: str, **attributes: str) -> str:
    return f"<{name}{''.join(_attributes(attributes.items()))}>"


def _empty(name: str, **attributes: str) -> str:
    return f"<{name}{''.join(_attributes(attributes.items()))}/>\n"


def _attributes(pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f' {name}="{escape(_xml_text(value))}"' for name, value in pairs)


def _element(name: str, text: str, **attributes: str) -> str:
    """One element of escaped text. No CDATA anywhere, so `]]>` in a post ends nothing."""
    return f"{_tag(name, **attributes)}{escape(_xml_text(text), quote=False)}</{name}>\n"


def _some(name: str, text: str) -> str:
    return _element(name, text) if text else ""

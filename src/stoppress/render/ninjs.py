"""ninjs 3.1, the news agencies' JSON: a live blog as a composite item, each post as a text item in it.

Called by `liveblogs/exports.py`, and by whoever stores or joins parts as for feeds. May import `document`,
`lib` and this room. Source: iptc.org/std/ninjs/ninjs-schema_3.1.json: no property beside the schema's.

How the parts are joined: `ninjs_head` ends in `"associations":[`; then the posts' items, newest first, with
commas between, then `]}`. A withdrawn post is an item with `pubStatus` "canceled" and none of its words.
"""

from collections.abc import Iterable

from stoppress.document.nodes import Rendition
from stoppress.lib import clock
from stoppress.lib.origins import source_type
from stoppress.render.addresses import absolute, entry_id, post_url
from stoppress.render.facts import BlogFacts, PostFacts, TombstoneFacts
from stoppress.render.feeds import content_html
from stoppress.render.jsonld import json_text, marks
from stoppress.render.pictures import Picture, media_type, pictures
from stoppress.render.plain import document_plain
from stoppress.render.titles import blog_title, post_title

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
# A post goes on being edited, so the item of one is its state of now, complete.
_FULL = "full"


def ninjs_document(blog: BlogFacts, posts: Iterable[PostFacts | TombstoneFacts]) -> str:
    """The whole live blog, newest post first."""
    items = (
        ninjs_item(post, blog) if isinstance(post, PostFacts) else ninjs_tombstone(post, blog)
        for post in posts
    )
    return f"{ninjs_head(blog)}{','.join(items)}]}}"


def ninjs_head(blog: BlogFacts) -> str:
    """The composite item up to where its posts go."""
    started = blog.opened_at or blog.first_post_at
    fields: dict[str, object] = {
        "uri": blog.url,
        "standard": _STANDARD,
        "type": "composite",
        "profile": "live-blog",
        "representationType": _FULL,
        "pubStatus": "withheld" if blog.status == "draft" else "usable",
        "firstCreated": clock.rfc3339(started) if started else None,
        "versionCreated": clock.rfc3339(blog.changed_at) if blog.changed_at else None,
        "language": blog.language,
        "title": blog_title(blog),
        "headlines": [_words("main", blog_title(blog))],
        "descriptions": [_words("standfirst", blog.standfirst)] if blog.standfirst else None,
        "by": ", ".join(name.name for name in blog.byline),
        "slugline": blog.slug,
        "infoSources": _sources(blog),
        "altIds": [{"role": "web", "value": blog.url}],
        "trustIndicators": _trust(blog),
    }
    return json_text(_stated(fields)).removesuffix("}") + ',"associations":['


def ninjs_item(post: PostFacts, blog: BlogFacts) -> str:
    """One post as a JSON object: its words as plain text and as html, its pictures as items of their own."""
    fields: dict[str, object] = {
        **_frame(post.id, blog),
        "name": post_title(post, blog),
        "pubStatus": "usable",
        "version": str(post.revision),
        "firstCreated": clock.rfc3339(post.first_published_at),
        "versionCreated": clock.rfc3339(post.last_changed_at),
        "language": post.document.language,
        "headlines": [_words("main", post.headline)] if post.headline else None,
        "by": ", ".join(post.byline),
        "located": post.dateline,
        "genres": [{"name": mark} for mark in marks(post)],
        "descriptions": [_words("correction", note.text) for note in post.corrections],
        "bodies": [
            _words("main", document_plain(post.document)),
            _words("richtext", content_html(post, blog), "text/html"),
        ],
        "infoSources": _sources(blog),
        "associations": [_picture(picture, blog) for picture in pictures(post.document)],
    }
    return json_text(_stated(fields))


def ninjs_tombstone(gone: TombstoneFacts, blog: BlogFacts) -> str:
    """A withdrawn post: that it is to be taken down, when and why."""
    fields: dict[str, object] = {
        **_frame(gone.id, blog),
        "name": "Withdrawn",
        "pubStatus": "canceled",
        "firstCreated": clock.rfc3339(gone.first_published_at),
        "versionCreated": clock.rfc3339(gone.withdrawn_at),
        "edNote": gone.reason,
    }
    return json_text(_stated(fields))


def _frame(post_id: str, blog: BlogFacts) -> dict[str, object]:
    """What names a post, alive or gone."""
    return {
        "uri": entry_id(post_id),
        "rel": "post",
        "type": "text",
        "profile": "live-blog-post",
        "representationType": _FULL,
        "altIds": [
            {"role": "web", "value": post_url(blog, post_id)},
            {"role": "stoppress", "value": post_id},
        ],
    }


def _picture(picture: Picture, blog: BlogFacts) -> dict[str, object]:
    address = absolute(blog.site.public_url, picture.src)
    described = {"caption": picture.caption, "alt": picture.alt}
    main = {
        "name": "main",
        "href": address,
        "contentType": media_type(picture.src) if picture.own else "",
        "width": picture.width,
        "height": picture.height,
    }
    others = [_file(size, blog) for size in picture.sizes if size.src != picture.src]
    return _stated(
        {
            "uri": address,
            "name": picture.alt or picture.caption or "Picture",
            "rel": "picture",
            "type": "picture",
            "by": picture.credit,
            "descriptions": [_words(role, text) for role, text in described.items() if text],
            "digitalSourceType": _made(picture),
            "renditions": [_stated(main), *others],
        }
    )


def _file(size: Rendition, blog: BlogFacts) -> dict[str, object]:
    """One of the other sizes and formats of a picture."""
    kind = size.src.rpartition(".")[2]
    return {
        "name": f"{size.width}-{kind}",
        "href": absolute(blog.site.public_url, size.src),
        "contentType": media_type(size.src),
        "width": size.width,
        "height": size.height,
    }


def _made(picture: Picture) -> dict[str, str] | None:
    """How the picture was made, by the IPTC's own list."""
    source = source_type(picture.origin)
    return {"uri": source} if source else None


def _trust(blog: BlogFacts) -> list[dict[str, str]]:
    """Where readers find what was put right. Source: the IPTC's trust indicators (EBU and the Trust Project)."""
    role = "http://cv.iptc.org/newscodes/trustindicator/correctionsPolicy"
    return [{"role": role, "title": "Corrections", "href": f"{blog.url}/corrections"}]


def _words(role: str, value: str, content_type: str = "text/plain") -> dict[str, str]:
    return {"role": role, "contentType": content_type, "value": value}


def _sources(blog: BlogFacts) -> list[dict[str, str]]:
    return [{"name": blog.site.name, "role": "publisher", "uri": blog.site.public_url}]


def _stated(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", 0, [])}

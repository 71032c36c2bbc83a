"""schema.org structured data: the LiveBlogPosting of a page and the BlogPosting of each of its posts.

Called by `liveblogs/projection.py` (stored text, joined by the edge) and `liveblogs/exports.py`.
May import `document`, `lib` and this room. Source: schema.org/LiveBlogPosting.

How the parts are joined: `blog_json_ld` is a JSON object text ending in `}` without `liveBlogUpdate`. Take
the `}` off and append `,"liveBlogUpdate":[` + the posts' texts with commas between + `]}`. Both kinds are
bounded (limits.JSON_LD_BLOG_BYTES, JSON_LD_POST_BYTES), so the longest first page stays under
limits.JSON_LD_BYTES with every post in it: a long text is cut and ends in "…", no post is left out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from stoppress.document.structured import Point, points
from stoppress.lib import clock, limits
from stoppress.lib.origins import ORIGINS
from stoppress.render.addresses import absolute, anchor_url, author_pages
from stoppress.render.card import blog_card
from stoppress.render.facts import BlogFacts, CorrectionFacts, EventFacts, PostFacts
from stoppress.render.organization import organization
from stoppress.render.pictures import Picture, pictures
from stoppress.render.plain import document_plain
from stoppress.render.shapes import SHAPES, WIDTH, Cut
from stoppress.render.titles import blog_title, post_title

Json = Mapping[str, object]

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CUT = "…"
_HEADLINE_BYTES = 300  # in a post's bounded text
_AUTHOR_BYTES = 300  # same: the list of names


def blog_json_ld(blog: BlogFacts) -> str:
    """The live blog as a JSON object without `liveBlogUpdate`, at most limits.JSON_LD_BLOG_BYTES."""
    fields = _blog_fields(blog)
    room = limits.JSON_LD_BLOG_BYTES
    if _bytes(fields) > room:
        fields["author"] = _within(_blog_authors(blog), _AUTHOR_BYTES)
        fields["image"] = [each["url"] for each in _images_of(blog)]
        fields["description"] = ""
        if _bytes(fields) > room:
            fields.pop("about", None)
        fields["description"] = _cut(blog.standfirst, room - _bytes(fields))
    return json_text(fields)


def post_json_ld(post: PostFacts, blog: BlogFacts) -> str:
    """A post as a JSON object, at most limits.JSON_LD_POST_BYTES: what does not fit is cut or left out.

    In order of worth: when, who and where to find it; its newest correction; its first picture; its text.
    """
    fields = _post_fields(post, blog)
    fields["headline"] = _cut(post_title(post, blog), _HEADLINE_BYTES)
    fields["author"] = _within(_authors(post, blog), _AUTHOR_BYTES)
    room = limits.JSON_LD_POST_BYTES
    for name, value in _extras(post, blog):
        if value and _bytes({**fields, name: value}) <= room:
            fields[name] = value
    fields["articleBody"] = ""
    fields["articleBody"] = _cut(document_plain(post.document), room - _bytes(fields))
    return json_text(_without_empty(fields))


def whole_blog(blog: BlogFacts, posts: Iterable[PostFacts]) -> str:
    """The live blog with every post whole, newest first: for files, where no bound holds."""
    updates = [whole_post(post, blog) for post in posts]
    fields = {**_blog_fields(blog), "headline": blog.headline}  # as it is written, for whoever takes it in
    return json_text({**fields, "liveBlogUpdate": updates})


def whole_post(post: PostFacts, blog: BlogFacts) -> dict[str, object]:
    """A post with all of its text, pictures and corrections, as exports carry it."""
    fields = _post_fields(post, blog)
    fields["correction"] = [_correction(note) for note in post.corrections]
    fields["contentLocation"] = _places(post) or _dateline(post)
    fields["image"] = [_image(picture, blog) for picture in pictures(post.document)]
    fields["articleBody"] = document_plain(post.document)
    fields["keywords"] = list(marks(post))
    return _without_empty(fields)


def marks(post: PostFacts) -> tuple[str, ...]:
    """What the post is marked as, in the words that feeds and importers know."""
    return (("key event",) if post.key_event else ()) + (("summary",) if post.summary else ())


def json_text(value: object) -> str:
    """Compact JSON that can stand inside an html script element: no `<`, nothing UTF-8 cannot carry."""
    text = _COMPACT.encode(value)
    return text.replace("<", "\\u003c").encode("utf-8", "replace").decode("utf-8")


def _blog_fields(blog: BlogFacts) -> dict[str, object]:
    started = _times(blog.opened_at, blog.first_post_at)
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "@id": blog.url,
            "url": blog.url,
            "mainEntityOfPage": blog.url,
            "headline": blog_title(blog),
            "description": blog.standfirst,
            "inLanguage": blog.language,
            "datePublished": started,
            "dateModified": _times(blog.changed_at),
            "coverageStartTime": started,
            "coverageEndTime": _times(_end(blog)),
            "about": _event(blog.event, blog) if blog.event else None,
            "author": _blog_authors(blog),
            "publisher": organization(blog.site),
            "image": _images_of(blog),
        }
    )


def _post_fields(post: PostFacts, blog: BlogFacts) -> dict[str, object]:
    address = anchor_url(blog, post.id)
    return {
        "@context": "https://schema.org",  # the post's own page holds this text alone
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "headline": post_title(post, blog),
        "inLanguage": post.document.language if post.document.language != blog.language else None,
        "datePublished": clock.rfc3339(post.first_published_at),
        "dateModified": clock.rfc3339(post.last_changed_at),
        "author": _authors(post, blog),
        "contentLocation": _dateline(post),
    }


def _extras(post: PostFacts, blog: BlogFacts) -> tuple[tuple[str, object], ...]:
    newest = post.corrections[-1:]
    first = pictures(post.document)[:1]
    return (
        ("correction", [_correction(note) for note in newest]),
        ("contentLocation", _places(post)),
        ("image", [absolute(blog.site.public_url, picture.src) for picture in first]),
    )


def _dateline(post: PostFacts) -> Json | None:
    return {"@type": "Place", "name": post.dateline} if post.dateline else None


def _places(post: PostFacts) -> list[Json]:
    """The dateline and every point on a map; none where the dateline alone says where."""
    found = points(post.document)
    return [place for place in (_dateline(post), *map(_place, found)) if place] if found else []


def _place(point: Point) -> Json:
    geo = {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude}
    return _without_empty({"@type": "Place", "name": point.label, "geo": geo})


def _person(name: str, address: str = "") -> Json:
    return {"@type": "Person", "name": name} | ({"url": address} if address else {})


def _authors(post: PostFacts, blog: BlogFacts) -> list[Json]:
    """Who is printed over the post, with the page of each who has one."""
    pages = author_pages(post.authors, blog)
    return [_person(name, pages.get(name, "")) for name in post.byline]


def _blog_authors(blog: BlogFacts) -> list[Json]:
    """Everybody in the live blog's byline, with the page of each who has one."""
    pages = author_pages(blog.authors, blog)
    return [_person(name.name, pages.get(name.name, "")) for name in blog.byline]


def _end(blog: BlogFacts) -> datetime | None:
    """The true end once it is closed; till then the planned one, as long as nothing has been changed after it."""
    if blog.status == "closed":
        return blog.closed_at
    planned = blog.planned_end_at
    return planned if planned and (blog.changed_at is None or planned > blog.changed_at) else None


def _event(event: EventFacts, blog: BlogFacts) -> Json:
    """By the clock of where it happens, as those who list events expect it."""
    begins = event.starts_at.astimezone(ZoneInfo(blog.timezone)) if event.starts_at else None
    return _without_empty(
        {
            "@type": "Event",
            "name": event.name or blog.headline,
            "startDate": begins.isoformat(timespec="seconds") if begins else None,
            "location": {"@type": "Place", "name": event.place, "address": event.place}
            if event.place
            else None,
        }
    )


def _within(people: Sequence[Json], room: int) -> list[Json]:
    kept: list[Json] = []
    for one in people:
        if _bytes([*kept, one]) > room:
            break
        kept.append(one)
    return kept


def _correction(note: CorrectionFacts) -> Json:
    return {"@type": "CorrectionComment", "text": note.text, "datePublished": clock.rfc3339(note.at)}


def _image(picture: Picture, blog: BlogFacts) -> Json:
    return _without_empty(
        {
            "@type": "ImageObject",
            "url": absolute(blog.site.public_url, picture.src),
            "width": picture.width,
            "height": picture.height,
            "caption": picture.caption or picture.alt,
            "creditText": picture.credit,
            "digitalSourceType": f"https://schema.org/{ORIGINS[picture.origin].schema_org}"
            if picture.origin in ORIGINS
            else "",
        }
    )


def _images_of(blog: BlogFacts) -> list[Json]:
    """What stands for the live blog, in each shape: cut of its picture, or drawn where it has none large enough."""
    return [_in_shape(shape, blog) for shape in SHAPES]


def _in_shape(shape: str, blog: BlogFacts) -> Json:
    cut = Cut(blog.slug, shape, blog.image.widest) if blog.image and blog.image.widest else None
    if blog.image and cut and cut.size[0]:
        path, size, alt = cut.path, cut.size, blog.image.alt
    else:
        card = blog_card(blog, shape)
        path, size, alt = card.path, (WIDTH, card.height), card.alt
    return _without_empty(
        {
            "@type": "ImageObject",
            "url": absolute(blog.site.public_url, path),
            "width": size[0],
            "height": size[1],
            "caption": alt,
        }
    )


def _times(*moments: datetime | None) -> str | None:
    """The first moment that is known."""
    return next((clock.rfc3339(moment) for moment in moments if moment is not None), None)


def _without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", 0, [])}


def _bytes(value: object) -> int:
    return len(json_text(value).encode())


def _cut(text: str, room: int) -> str:
    """The longest beginning of `text` of at most `room` bytes inside a JSON string, cut at a word's end."""
    if _bytes(text) - 2 <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _bytes(text[:middle] + _CUT) - 2 <= room else (low, middle - 1)
    kept = text[:low]
    at_word = kept.rsplit(maxsplit=1)[0] if " " in kept else kept
    return at_word.rstrip() + _CUT if low else ""

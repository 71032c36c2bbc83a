"""What other sites are told of a page: Open Graph, the card of short messages, and oEmbed.

Called by `page.py` and `liveblogs/projection.py`. May import `document`, `lib` and this room. Sources: https://ogp.me,
https://oembed.com, https://developer.x.com/en/docs/x-for-websites/cards.
"""

from urllib.parse import quote

from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.lib.clock import rfc3339
from stoppress.render.addresses import absolute, post_url
from stoppress.render.card import HEIGHT, Card, blog_card, post_card
from stoppress.render.element import Html, element, join
from stoppress.render.facts import BlogFacts, ImageFacts, PostFacts
from stoppress.render.jsonld import json_text
from stoppress.render.pictures import pictures
from stoppress.render.shapes import WIDTH
from stoppress.render.titles import blog_title, post_title

_FORMATS = (("application/json+oembed", "json"), ("text/xml+oembed", "xml"))


def blog_metas(blog: BlogFacts) -> list[Html]:
    """In the head of a live blog's page."""
    began = blog.opened_at or blog.first_post_at
    told = [
        ("og:type", "article"),
        ("og:title", blog_title(blog)),
        ("og:url", blog.url),
        ("og:site_name", blog.site.name),
        ("og:description", blog.standfirst),
        ("og:locale", _locale(blog.language)),
        ("article:published_time", rfc3339(began) if began else ""),
        ("article:modified_time", rfc3339(blog.changed_at) if blog.changed_at else ""),
        *(("article:author", name.name) for name in blog.byline),
        *_images(blog, blog_card(blog), blog.image),
    ]
    return [*_metas(told), *_discovery(blog, blog.url, blog_title(blog))]


def post_head(post: PostFacts, blog: BlogFacts) -> str:
    """In the head of a post's own page, below its title."""
    address = post_url(blog, post.id)
    title = post_title(post, blog)
    said = first_words(post.document, limits.DESCRIPTION_CHARS)
    picture = next((one for one in pictures(post.document) if one.own), None)
    image = ImageFacts(picture.src, picture.width, picture.height, picture.alt) if picture else None
    told = [
        ("og:type", "article"),
        ("og:title", title),
        ("og:url", address),
        ("og:site_name", blog.site.name),
        ("og:description", said),
        ("og:locale", _locale(blog.language)),
        ("article:published_time", rfc3339(post.first_published_at)),
        ("article:modified_time", rfc3339(post.last_changed_at)),
        ("article:section", blog.headline),
        *(("article:author", name) for name in post.byline),
        *_images(blog, post_card(post, blog), image),
    ]
    description = [element("meta", {"name": "description", "content": said})] if said else []
    return join([*description, *_metas(told), *_discovery(blog, address, title)])


def blog_oembed(blog: BlogFacts) -> str:
    """What `edge/oembed.py` tells of a live blog, less what depends on the question."""
    names = ", ".join(name.name for name in blog.byline)
    return _oembed(blog, blog_title(blog), names, blog_card(blog))


def post_oembed(post: PostFacts, blog: BlogFacts) -> str:
    """The same of a post."""
    return _oembed(blog, post_title(post, blog), ", ".join(post.byline), post_card(post, blog))


def _oembed(blog: BlogFacts, title: str, author: str, card: Card) -> str:
    fields = {
        "title": title,
        "author_name": author or blog.site.name,
        "provider_name": blog.site.name,
        "provider_url": f"{blog.site.public_url}/",
        "thumbnail_url": absolute(blog.site.public_url, card.path),
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
    }
    return json_text(fields)


def _images(blog: BlogFacts, card: Card, picture: ImageFacts | None) -> list[tuple[str, str]]:
    """The drawn card first, since it says what is behind the link; then the picture."""
    drawn = ImageFacts(card.path, WIDTH, HEIGHT, card.alt)
    told = []
    for image in (drawn, *([picture] if picture else [])):
        told += [
            ("og:image", absolute(blog.site.public_url, image.src)),
            ("og:image:width", str(image.width)),
            ("og:image:height", str(image.height)),
            ("og:image:alt", image.alt),
        ]
    return told


def _metas(told: list[tuple[str, str]]) -> list[Html]:
    metas = [element("meta", {"property": name, "content": value}) for name, value in told if value]
    return [*metas, element("meta", {"name": "twitter:card", "content": "summary_large_image"})]


def _discovery(blog: BlogFacts, address: str, title: str) -> list[Html]:
    asked = f"{blog.site.public_url}/oembed?url={quote(address, safe='')}"
    return [
        element(
            "link",
            {
                "rel": "alternate",
                "type": kind,
                "href": f"{asked}&format={name}",
                "title": title,
            },
        )
        for kind, name in _FORMATS
    ]


def _locale(language: str) -> str:
    """As Open Graph writes it: uk or en_GB."""
    return language.replace("-", "_")

"""`/cards/…`: the pictures of a live blog or a post, for whoever shows a link to it. No session, no cookie.

Cards are drawn from words; a live blog's own picture is cut to the shapes that structured data names. Each question
asks the database first, so what was withdrawn, or never was public, is gone at once; only what stands is drawn or cut,
and each of it once.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from stoppress.cards.cut import NoPicture, cut_file
from stoppress.cards.draw import png
from stoppress.cards.kept import DrawingBusy, KeptCards
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID
from stoppress.lib.theme import Theme
from stoppress.liveblogs.facts import picture_of, plain_facts, post_facts
from stoppress.liveblogs.models import LiveBlog, Post, State, Status
from stoppress.liveblogs.pictures.files import StoreDown
from stoppress.render.card import Card, blog_card, post_card
from stoppress.render.shapes import SHAPES, Cut

_CARD = re.compile(rf"(?:({POST_ID.pattern})-)?[0-9a-f]{{16}}\.png")
_IN_SHAPE = re.compile(rf"[0-9a-f]{{16}}-({'|'.join(SHAPES)})\.(png|jpg)")
_CACHING = f"public, max-age={limits.MEDIA_CACHE_SECONDS}, s-maxage={limits.MEDIA_SHARED_SECONDS}"
_TAG_BYTES = 8

kept = KeptCards()


def card(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """The picture. 404 for what is not public, 410 for what is withdrawn, the way to today's for yesterday's."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    blog = LiveBlog.objects.select_related("publisher").filter(slug=slug).exclude(status=Status.DRAFT).first()
    found = _found(blog, file) if blog else 404
    if isinstance(found, int) or blog is None:
        return HttpResponse(status=found if isinstance(found, int) else 404)
    if found.file != file:
        return HttpResponseRedirect(found.path)
    if isinstance(found, Cut):
        return _picture(request, found.path, "image/jpeg", lambda: cut_file(found))
    theme = Theme.stored(blog.publisher.theme)
    return _picture(request, f"{theme.name} {found.path}", "image/png", lambda: png(found, theme))


def _found(blog: LiveBlog, file: str) -> Card | Cut | int:
    """What stands at this name or has come to stand there, or why there is nothing."""
    in_shape = _IN_SHAPE.fullmatch(file)
    if in_shape and in_shape[2] == "jpg":
        picture = picture_of(blog)
        return Cut(blog.slug, in_shape[1], picture.widest) if picture and picture.widest else 410
    named = _CARD.fullmatch(file)
    if named or in_shape:
        return _card(blog, named[1] if named else None, in_shape[1] if in_shape else "")
    return 404


def _card(blog: LiveBlog, post_id: str | None, shape: str) -> Card | int:
    """The words that stand now, or why there are none."""
    around = replace(plain_facts(blog), opened_at=blog.opened_at)
    if post_id is None:
        return blog_card(around, shape)
    post = Post.objects.filter(pk=post_id, liveblog=blog).first()
    if post is None or post.first_published_at is None:
        return 404
    return post_card(post_facts(post, blog), around) if post.state == State.PUBLISHED else 410


def _picture(request: HttpRequest, key: str, kind: str, make: Callable[[], bytes]) -> HttpResponse:
    try:
        body = kept.file(key, make)
    except NoPicture:
        return HttpResponse(status=404)
    except (DrawingBusy, StoreDown):
        return HttpResponse(status=503, headers={"Retry-After": "1"})
    tag = f'"{blake2b(body, digest_size=_TAG_BYTES).hexdigest()}"'
    known = request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if tag in known else HttpResponse(body, content_type=kind)
    for name, value in (
        ("Cache-Control", _CACHING),
        ("ETag", tag),
        ("Cross-Origin-Resource-Policy", "cross-origin"),  # other sites show it beside the link
    ):
        response[name] = value
    return response

"""`/cards/…`: the picture of a live blog or a post, for whoever shows a link to it. No session, no cookie.

Each question asks the database first, so a card of what was withdrawn, or never was public, is gone at once; only words
that stand are drawn, and each of them once.
"""

import re
from dataclasses import replace
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from stoppress.cards.draw import png
from stoppress.cards.kept import DrawingBusy, KeptCards
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID
from stoppress.lib.theme import Theme
from stoppress.liveblogs.facts import plain_facts, post_facts
from stoppress.liveblogs.models import LiveBlog, Post, State, Status
from stoppress.render.card import Card, blog_card, post_card

_FILE = re.compile(rf"(?:({POST_ID.pattern})-)?[0-9a-f]{{16}}\.png")
_CACHING = f"public, max-age={limits.MEDIA_CACHE_SECONDS}, s-maxage={limits.MEDIA_SHARED_SECONDS}"
_TAG_BYTES = 8

kept = KeptCards()


def card(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """The picture. 404 for what is not public, 410 for a withdrawn post, the way to today's for yesterday's words."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    named = _FILE.fullmatch(file)
    blog = LiveBlog.objects.select_related("publisher").filter(slug=slug).exclude(status=Status.DRAFT).first()
    if named is None or blog is None:
        return HttpResponse(status=404)
    found = _card(blog, named[1])
    if isinstance(found, int):
        return HttpResponse(status=found)
    if found.file != file:
        return HttpResponseRedirect(found.path)
    return _picture(request, found, Theme.stored(blog.publisher.theme))


def _card(blog: LiveBlog, post_id: str | None) -> Card | int:
    """The words that stand now, or why there are none."""
    around = replace(plain_facts(blog), opened_at=blog.opened_at)
    if post_id is None:
        return blog_card(around)
    post = Post.objects.filter(pk=post_id, liveblog=blog).first()
    if post is None or post.first_published_at is None:
        return 404
    return post_card(post_facts(post, blog), around) if post.state == State.PUBLISHED else 410


def _picture(request: HttpRequest, found: Card, theme: Theme) -> HttpResponse:
    try:
        body = kept.file(f"{theme.name} {found.path}", lambda: png(found, theme))
    except DrawingBusy:
        return HttpResponse(status=503, headers={"Retry-After": "1"})
    tag = f'"{blake2b(body, digest_size=_TAG_BYTES).hexdigest()}"'
    known = request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if tag in known else HttpResponse(body, content_type="image/png")
    for name, value in (
        ("Cache-Control", _CACHING),
        ("ETag", tag),
        ("Cross-Origin-Resource-Policy", "cross-origin"),  # other sites show it beside the link
    ):
        response[name] = value
    return response

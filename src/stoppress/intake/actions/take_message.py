"""Makes a post of a message: a draft, or, where a producer allowed it, what readers see at once."""

from datetime import datetime

from django.db import transaction

from stoppress.document.html import from_html
from stoppress.document.nodes import JsonNode
from stoppress.document.schema import Document
from stoppress.document.text import is_blank
from stoppress.intake.models import Channel, Item, Route
from stoppress.intake.queries import origin_words
from stoppress.intake.refusals import NotTaken
from stoppress.intake.said import Said
from stoppress.lib import limits
from stoppress.lib.ids import digest
from stoppress.liveblogs.access import check_takes_posts, check_write
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.upload_media import image_node, upload_media
from stoppress.liveblogs.refusals import Busy, InvalidInput, NoRoom, Refused
from stoppress.newsroom.roles import Staff


def take_message(*, route: Route, said: Said, by: Staff, at: datetime) -> Item:
    """Keep what was said as a draft of `by`'s, with a row that says where it came from.

    On a route that publishes directly, and when the sender is proven, it is published; where that is refused (a
    house rule, a picture without its description) it stays a draft. One post for one message and live blog.
    Raises: NotTaken (nothing in it), and what draft_post raises.
    """
    check_write(by)
    check_takes_posts(route.liveblog)
    document, notes = from_html(said.html)
    pictures, more = _pictures(said, by, at)
    content = PostContent(document=_with(document, pictures), headline=said.headline)
    if is_blank(content.document) and not content.headline:
        raise NotTaken("The message holds no words and no picture that can be taken in.")
    sentences = [said.doubt, *said.notes, *notes, *more]
    with transaction.atomic():
        item, ours = Item.objects.get_or_create(
            channel=route.channel,
            liveblog=route.liveblog,
            message=digest(said.message),
            defaults={
                "route": route,
                "by_id": by.user_id,
                "post_id": "",
                "revision": 0,
                "version": said.version,
                "origin": origin_words(route.channel, said.sender),
                "notes": [line for line in sentences if line][: limits.INTAKE_NOTES],
                "at": at,
                "changed_at": at,
            },
        )
        if not ours:  # the same came twice at once
            return item
        written = _written(route, said, content, by=by, at=at)
        item.post_id, item.revision = written.post_id, written.revision
        item.save(update_fields=["post_id", "revision"])
        Channel.objects.filter(pk=route.channel_id).update(last_at=at)
    return item


def _written(route: Route, said: Said, content: PostContent, *, by: Staff, at: datetime) -> Written:
    slug = route.liveblog.slug
    if route.direct and said.proven:
        try:
            return publish_new_post(by=by, slug=slug, content=content, at=at)
        except Refused:  # it may still be a draft, which somebody looks at
            pass
    return draft_post(by=by, slug=slug, content=content, at=at)


def _pictures(said: Said, by: Staff, at: datetime) -> tuple[list[JsonNode], list[str]]:
    """Blocks, and notes on pictures that were no pictures. Outside the transaction: each takes a second."""
    blocks, notes = [], []
    for picture in said.pictures:
        try:
            blocks.append(
                image_node(upload_media(by=by, filename=picture.filename, data=picture.data, at=at))
            )
        except (Busy, NoRoom):
            raise
        except InvalidInput as refused:
            notes.append(f"A picture ({picture.filename}) was left out: {refused}"[: limits.REASON_CHARS])
    return blocks, notes


def _with(document: Document, pictures: list[JsonNode]) -> Document:
    if not pictures:
        return document
    words = document.root["content"] if not is_blank(document) else []
    return Document.stored({"type": "doc", "content": [*words, *pictures]})

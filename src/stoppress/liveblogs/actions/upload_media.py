"""Takes pictures in, and keeps what is said about them.

A picture belongs to a publisher and not to a live blog, so no event is written. Called by `desk` and `api`.
"""

import base64
import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, transaction

from stoppress.archive.format import ArchivedPicture
from stoppress.document.schema import JsonNode
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID, new_post_id
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.actions.keep_answer import Answer, earlier_answer, kept_answer
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.pictures.credits import with_packet
from stoppress.liveblogs.pictures.files import StoreDown, rewrite_credit
from stoppress.liveblogs.pictures.kinds import InvalidPicture
from stoppress.liveblogs.pictures.metadata import credit_packet
from stoppress.liveblogs.pictures.read import Picture, PicturesBusy, read_picture
from stoppress.liveblogs.pictures.store import picture_store
from stoppress.liveblogs.refusals import Busy, InvalidInput, NoRoom, NotAllowed, NotFound
from stoppress.newsroom.roles import LEADING, Staff

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the last: a bound on files, as systemd may set


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came. Words that are given here stand instead of what the file says of itself."""

    filename: str
    data: bytes
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """Makes a repeated upload happen once: see `keep_answer.kept_answer`."""

    key: str
    request: bytes
    answer: Callable[[Media], Answer]


def upload_media(*, by: Staff, filename: str, data: bytes, at: datetime) -> Media:
    """Take a picture in: renditions on the disk first, then the row. Takes seconds: not inside a transaction.

    Raises: NotAllowed, InvalidInput (not a picture we take, with a sentence), Busy, NoRoom.
    """
    return upload_described_media(by=by, upload=Upload(filename=filename, data=data), at=at)


def upload_described_media(*, by: Staff, upload: Upload, at: datetime) -> Media:
    """The same with words of the reporter's own. Raises as `upload_media` does."""
    with _files_written(by, upload, at) as media, transaction.atomic():
        media.save(force_insert=True)
    return media


def upload_media_once(*, by: Staff, upload: Upload, once: Once, at: datetime) -> Answer:
    """The same under an idempotency key; the picture is read outside the transaction that keeps the answer.

    Raises as `upload_media` and `kept_answer` do.
    """
    earlier = earlier_answer(by=by, key=once.key, request=once.request)
    if earlier is not None:
        return earlier
    with _files_written(by, upload, at) as media:

        def make() -> Answer:
            media.save(force_insert=True)
            return once.answer(media)

        return kept_answer(by=by, key=once.key, request=once.request, make=make)


def restore_picture(*, by: Staff, picture: ArchivedPicture, at: datetime) -> None:
    """Bring a picture back from an archive under its own id, decoded and drawn anew like any upload.

    A picture that is here already stays as it is. Raises: NotAllowed, InvalidInput (not a picture), Busy, NoRoom.
    """
    if not POST_ID.fullmatch(picture.id):
        raise InvalidInput(
            "pictures", f"The archive names a picture {picture.id[:40]!r}; no picture has such an id."
        )
    if Media.objects.filter(pk=picture.id).exists():
        return
    upload = Upload(
        filename=f"{picture.id}.webp",
        data=base64.b64decode(picture.bytes_base64),
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
    )
    with _files_written(by, upload, at, media_id=picture.id) as media, transaction.atomic():
        media.save(force_insert=True)


def describe_media(
    *, by: Staff, media_id: str, alt: str | None = None, caption: str | None = None, credit: str | None = None
) -> Media:
    """Change what is said about a picture; None leaves a part as it is. Posts that show it keep their words.

    The credit line inside the files follows. Raises: NotAllowed, NotFound, InvalidInput.
    """
    media = _media_to_describe(by, media_id)
    with transaction.atomic():
        media = Media.objects.select_for_update().get(pk=media.pk)
        before = media.credit
        _describe(media, alt=alt, caption=caption, credit=credit)
        media.save(update_fields=["alt", "caption", "credit"])
        if media.credit != before:
            words = (media.pk, media.credit, media.origin)
            transaction.on_commit(lambda: rewrite_credit(picture_store(), *words), robust=True)
    return media


def focus_media(*, by: Staff, media_id: str, x: int, y: int) -> Media:
    """Remember what matters in a picture, in per cent from its left and top; posts made from now on start there.

    Raises: NotAllowed, NotFound, InvalidInput.
    """
    media = _media_to_describe(by, media_id)
    if not (0 <= x <= limits.FOCUS_MAX and 0 <= y <= limits.FOCUS_MAX):
        raise InvalidInput(
            "focus", f"A focal point is two numbers from 0 to {limits.FOCUS_MAX}; these are not."
        )
    media.focus_x, media.focus_y = x, y
    media.save(update_fields=["focus_x", "focus_y"])
    return media


def _media_to_describe(by: Staff, media_id: str) -> Media:
    media = media_for(by=by, media_id=media_id)
    access.check_write(by)
    if media.uploaded_by_id != by.user_id and by.role not in LEADING:
        raise NotAllowed(f"A {by.role} may not describe another's picture; ask who uploaded it or an editor.")
    return media


def media_for(*, by: Staff, media_id: str) -> Media:
    """The picture, for anybody on its publisher's staff. Raises: NotFound."""
    found = queries.media_for(by, media_id)
    if found is None:
        raise NotFound(f"There is no picture {media_id!r} here; upload it first.")
    return found


def image_node(media: Media) -> JsonNode:
    """The picture as a block of a Document, ready to stand in a post."""
    renditions = [dict(each) for each in media.renditions]
    return {
        "type": "image",
        "attrs": {
            "src": renditions[-1]["src"],
            "alt": media.alt,
            "caption": media.caption,
            "credit": media.credit,
            "origin": media.origin,
            "focus_x": media.focus_x,
            "focus_y": media.focus_y,
            "width": media.width,
            "height": media.height,
            "media": media.pk,
            "renditions": list(renditions),
        },
    }


@contextmanager
def _files_written(by: Staff, upload: Upload, at: datetime, media_id: str = "") -> Iterator[Media]:
    """A Media still to be saved, whose files are on the disk. Unless the block saves it they go again."""
    access.check_write(by)
    try:
        picture = read_picture(upload.filename, upload.data)
    except InvalidPicture as refused:
        raise InvalidInput("file", str(refused)) from refused
    except PicturesBusy as busy:
        raise Busy(str(busy)) from busy
    media = _media(by, picture, at, media_id or new_post_id(at))
    _describe(media, alt=upload.alt, caption=upload.caption, credit=upload.credit)
    _write(media, picture)
    try:
        yield media
    finally:
        _remove_unless_saved(media)


def _remove_unless_saved(media: Media) -> None:
    """A refusal, a failed commit, a repeat that lost the race to the first: files without a row go.

    When the database cannot be asked they stay: files too many harm nobody, a row without files does.
    """
    with suppress(DatabaseError, StoreDown):
        if not Media.objects.filter(pk=media.pk).exists():
            picture_store().remove(media.pk)


def _media(by: Staff, picture: Picture, at: datetime, media_id: str) -> Media:
    widest = picture.renditions[-1]
    return Media(
        id=media_id,
        publisher_id=by.publisher_id,
        width=widest.width,
        height=widest.height,
        renditions=[
            {
                "src": f"{settings.MEDIA_URL}{media_id}/{each.width}.{each.suffix}",
                "width": each.width,
                "height": each.height,
            }
            for each in picture.renditions
        ],
        wide_width=picture.wide.width if picture.wide else None,
        wide_height=picture.wide.height if picture.wide else None,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        origin=picture.origin,
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )


def _describe(media: Media, *, alt: str | None, caption: str | None, credit: str | None) -> None:
    if alt is not None:
        media.alt = line("alt", alt, limits.ALT_CHARS)
    if caption is not None:
        media.caption = line("caption", caption, limits.CAPTION_CHARS)
    if credit is not None:
        media.credit = line("credit", credit, limits.CREDIT_CHARS)


def _write(media: Media, picture: Picture) -> None:
    packet = credit_packet(media.credit, media.origin) if media.credit != picture.credit else b""
    files = (
        (f"{each.width}.{each.suffix}", with_packet(each.suffix, each.data, packet) if packet else each.data)
        for each in (*picture.renditions, *([picture.wide] if picture.wide else []))
    )
    try:
        picture_store().write(media.pk, files)
    except StoreDown as down:
        _remove_unless_saved(media)
        raise Busy("Pictures cannot be kept just now: their store does not answer. Try again soon.") from down
    except OSError as fault:
        _remove_unless_saved(media)
        if fault.errno in _DISK_FULL:
            raise NoRoom(
                "The disk is full, so the picture was not kept; tell whoever runs the server."
            ) from fault
        raise

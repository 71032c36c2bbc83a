"""The archive as JSON, in and out: `loads(dumps(archive)) == archive`, and nothing half-right is let in.

Called by `detect.py`, `liveblogs/exports.py`, `cli` and `demo`. May import `document` and `lib`.
The fields are described in docs/reference/archive.md.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import TypeVar

from stoppress.archive.fields import Fields, unreadable
from stoppress.archive.format import (
    VERSION,
    Archive,
    ArchivedCorrection,
    ArchivedEvent,
    ArchivedPicture,
    ArchivedPost,
    ArchivedRevision,
    ArchivedShift,
    UnreadableArchive,
)
from stoppress.document.schema import Document
from stoppress.lib import limits

FORMAT = "stoppress archive"
STATUSES = ("draft", "live", "paused", "closed")
STATES = ("draft", "scheduled", "published", "withdrawn")

_Value = TypeVar("_Value")


def dumps(archive: Archive) -> bytes:
    """The archive as UTF-8 JSON, one field a line, so that two of them can be compared by any tool."""
    whole = {"format": FORMAT, "version": VERSION, **_json(archive)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def loads(data: bytes) -> Archive:
    """The archive in `data`. Raises: UnreadableArchive: which field, what was expected, what came."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, a number or a depth beyond reason
        raise UnreadableArchive(
            f"An archive is one JSON object in UTF-8; this file cannot be read as that ({error}). "
            "Export it again, or fetch it again if it was cut on the way."
        ) from None
    return from_json(value)


def is_archive(value: object) -> bool:
    """Whether a parsed JSON value says that it is one of ours."""
    return isinstance(value, dict) and value.get("format") == FORMAT


def from_json(value: object) -> Archive:
    """The archive in a parsed JSON value. Raises: UnreadableArchive."""
    top = Fields(value, "")
    name, version = top.text("format", 40), top.whole("version", most=1_000_000)
    if name != FORMAT:
        unreadable("format", f"{FORMAT!r}", repr(name), "import a file that `stoppress export` wrote")
    if version != VERSION:
        todo = "import it with the Stoppress release that wrote it, or a newer one"
        unreadable("version", str(VERSION), str(version), todo)
    archive = Archive(
        headline=top.text("headline", limits.HEADLINE_CHARS, empty=False),
        slug=top.slug("slug"),
        standfirst=top.text("standfirst", limits.STANDFIRST_CHARS),
        status=top.choice("status", STATUSES),
        timezone=top.timezone("timezone"),
        language=top.language("language"),
        topics=top.texts_if_there("topics", limits.TOPICS_PER_LIVEBLOG, limits.TOPIC_CHARS),
        event=_event(top.object_if_there("event")),
        planned_end_at=top.moment_if_there("planned_end_at"),
        opened_at=top.moment_or_none("opened_at"),
        closed_at=top.moment_or_none("closed_at"),
        source_url=top.text("source_url", limits.URL_CHARS),
        shifts=_each(top.items("shifts", limits.ARCHIVE_SHIFTS), _shift),
        pictures=_each(top.items("pictures", limits.ARCHIVE_PICTURES), _picture),
        posts=_each(top.items("posts", limits.POSTS_PER_LIVEBLOG), _post),
    )
    top.end()
    _check_whole(archive)
    return archive


def _each(items: Iterable[Fields], read: Callable[[Fields], _Value]) -> tuple[_Value, ...]:
    return tuple(read(item) for item in items)


def _event(item: Fields | None) -> ArchivedEvent | None:
    if item is None:
        return None
    event = ArchivedEvent(
        name=item.text("name", limits.EVENT_NAME_CHARS),
        place=item.text("place", limits.EVENT_PLACE_CHARS),
        starts_at=item.moment_or_none("starts_at"),
    )
    item.end()
    return event


def _post(item: Fields) -> ArchivedPost:
    post = ArchivedPost(
        id=item.text("id", limits.ARCHIVE_ID_CHARS),
        state=item.choice("state", STATES),
        first_published_at=item.moment("first_published_at"),
        last_changed_at=item.moment("last_changed_at"),
        key_event=item.flag("key_event"),
        summary=item.flag("summary"),
        pinned=item.flag("pinned"),
        publish_at=item.moment_or_none("publish_at"),
        withdrawn_at=item.moment_or_none("withdrawn_at"),
        withdrawn_reason=item.text("withdrawn_reason", limits.REASON_CHARS),
        revisions=_each(item.items("revisions", limits.ARCHIVE_REVISIONS), _revision),
        corrections=_each(item.items("corrections", limits.ARCHIVE_REVISIONS), _correction),
    )
    item.end()
    _check_post(post, item)
    return post


def _revision(item: Fields) -> ArchivedRevision:
    revision = ArchivedRevision(
        number=item.whole("number", least=1),
        at=item.moment("at"),
        by=item.text("by", limits.NAME_CHARS),
        headline=item.text("headline", limits.HEADLINE_CHARS),
        dateline=item.text("dateline", limits.DATELINE_CHARS),
        byline=item.names("byline"),
        document=item.document("document"),
        public=item.flag("public"),
    )
    item.end()
    return revision


def _correction(item: Fields) -> ArchivedCorrection:
    correction = ArchivedCorrection(
        text=item.text("text", limits.CORRECTION_CHARS, empty=False),
        at=item.moment("at"),
        revision=item.whole("revision", least=1),
    )
    item.end()
    return correction


def _shift(item: Fields) -> ArchivedShift:
    shift = ArchivedShift(
        name=item.text("name", limits.NAME_CHARS, empty=False),
        started_at=item.moment("started_at"),
        ended_at=item.moment_or_none("ended_at"),
    )
    item.end()
    return shift


def _picture(item: Fields) -> ArchivedPicture:
    picture = ArchivedPicture(
        id=item.text("id", limits.ARCHIVE_ID_CHARS, empty=False),
        width=item.whole("width", least=1, most=limits.UPLOAD_SIDE_PIXELS),
        height=item.whole("height", least=1, most=limits.UPLOAD_SIDE_PIXELS),
        alt=item.text("alt", limits.ALT_CHARS),
        caption=item.text("caption", limits.CAPTION_CHARS),
        credit=item.text("credit", limits.CREDIT_CHARS),
        bytes_base64=item.text("bytes_base64", limits.UPLOAD_BYTES * 4 // 3 + 4, empty=False),
    )
    item.end()
    try:
        base64.b64decode(picture.bytes_base64, validate=True)
    except binascii.Error:
        item.refuse("bytes_base64", "base64 text", "something else", "export the live blog again")
    return picture


def _check_post(post: ArchivedPost, item: Fields) -> None:
    """What the fields must say together."""
    numbers = [revision.number for revision in post.revisions]
    if not numbers or numbers != sorted(set(numbers)):
        item.refuse("revisions", "at least one, numbered upwards", str(numbers), "keep them in their order")
    for index, note in enumerate(post.corrections):
        if note.revision not in numbers:
            where, came = f"corrections[{index}].revision", str(note.revision)
            item.refuse(
                where, "the number of one of the post's revisions", came, "name the one it belongs to"
            )
    if post.state == "withdrawn" and post.withdrawn_at is None:
        item.refuse(
            "withdrawn_at", "a time, since the state is withdrawn", "null", "say when it was withdrawn"
        )
    if post.state == "scheduled" and post.publish_at is None:
        item.refuse("publish_at", "a time, since the state is scheduled", "null", "say when it is to appear")


def _check_whole(archive: Archive) -> None:
    ids = [post.id for post in archive.posts if post.id]
    twice = next((each for each in ids if ids.count(each) > 1), None) if len(set(ids)) < len(ids) else None
    if twice is not None:
        unreadable("posts", "ids that differ", f"{twice!r} twice", "remove one of the two posts")
    if sum(post.pinned for post in archive.posts) > 1:
        unreadable("posts", "at most one pinned post", "several", "keep `pinned` on one of them")
    times = [post.first_published_at for post in archive.posts]
    if times != sorted(times):
        unreadable("posts", "the oldest post first", "another order", "sort them by first_published_at")


def _json(value: object) -> dict[str, object]:
    """A dataclass of the format as a JSON object: the fields in their order."""
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}  # type: ignore[arg-type]  # a dataclass


def _plain(value: object) -> object:
    match value:
        case datetime():
            # Not clock.rfc3339, which keeps milliseconds: what came from elsewhere may be finer.
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case Document():
            return value.root
        case tuple():
            return [_plain(each) for each in value]
        case None | bool() | int() | str():
            return value
        case _:
            return _json(value)

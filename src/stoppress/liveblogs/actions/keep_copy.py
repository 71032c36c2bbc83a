"""Keeps what somebody is typing, for them alone: no post, no revision, no event, and nothing a reader could see.

Called by `desk` every few seconds while a text is under way. Source: docs/decisions/0019-working-copies.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from stoppress.lib import limits
from stoppress.lib.ids import POST_ID
from stoppress.liveblogs import access
from stoppress.liveblogs.copies import COPY_NAME
from stoppress.liveblogs.models import WorkingCopy
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """A text under way. `turn` counts what this device has sent of it; `text` is the composer's fields, checked."""

    name: str
    turn: int
    post_id: str
    base_revision: int
    words: str
    text: Mapping[str, object]
    device: str = ""


def keep_copy(*, by: Staff, slug: str, typed: TypedText, at: datetime) -> int | None:
    """Store `typed` unless a newer turn of it is here. Returns the turn that stands; None when it was settled.

    However often and late a request is repeated, the newest turn stands. Raises: NotAllowed, NotFound, InvalidInput.
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    _check_name(typed.name)
    if typed.post_id and not POST_ID.fullmatch(typed.post_id):
        raise InvalidInput("post_id", "This is not the id of a post. Reload the page; the text stays.")
    values = {
        "turn": typed.turn,
        "post_id": typed.post_id,
        "base_revision": typed.base_revision,
        "words": typed.words,
        "text": dict(typed.text),
        "device": typed.device,
        "at": at,
    }
    with transaction.atomic():
        mine = WorkingCopy.objects.select_for_update().filter(user_id=by.user_id)
        row, made = mine.get_or_create(
            name=typed.name, defaults={"user_id": by.user_id, "liveblog": blog, **values}
        )
        if made:
            _check_room(by)
        elif row.settled or row.liveblog_id != blog.pk:
            return None
        elif typed.turn > row.turn:
            WorkingCopy.objects.filter(pk=row.pk).update(**values)
            return typed.turn
        return row.turn


def settle_copy(*, by: Staff, slug: str, name: str, at: datetime) -> None:
    """Empty the copy: its text became a post or was thrown away. A turn that arrives later brings nothing back.

    Part of the caller's transaction when there is one. Raises: NotAllowed, NotFound, InvalidInput.
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    _check_name(name)
    emptied = {"text": {}, "words": "", "settled": True, "at": at}
    row, made = WorkingCopy.objects.get_or_create(
        user_id=by.user_id, name=name, defaults={"liveblog": blog, "turn": 0, **emptied}
    )
    if not made and not row.settled:
        WorkingCopy.objects.filter(pk=row.pk).update(**emptied)


def forget_old_copies(*, at: datetime) -> int:
    """Delete what nobody went on with for long, and what was settled; returns how many. Called by the worker."""
    settled = WorkingCopy.objects.filter(settled=True, at__lt=at - timedelta(days=limits.SETTLED_COPY_DAYS))
    old = WorkingCopy.objects.filter(at__lt=at - timedelta(days=limits.COPY_DAYS))
    return settled.delete()[0] + old.delete()[0]


def _check_name(name: str) -> None:
    if not COPY_NAME.fullmatch(name):
        raise InvalidInput(
            "name", "This is not the name of a text under way. Reload the page; the text stays."
        )


def _check_room(by: Staff) -> None:
    if WorkingCopy.objects.filter(user_id=by.user_id, settled=False).count() > limits.COPIES_PER_PERSON:
        raise InvalidInput(
            "name",
            f"The server keeps {limits.COPIES_PER_PERSON} texts under way for you already; publish or throw some away.",
        )

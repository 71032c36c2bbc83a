"""What the composer sends, read with suspicion: unknown fields are refused, every field has its type.

Called by `views/posts.py`. Lengths, content and house rules are judged by the actions.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stoppress.desk.moments import moment_of
from stoppress.document.parse import parse_document
from stoppress.lib import limits
from stoppress.liveblogs.actions.content import Marks, PostContent
from stoppress.liveblogs.refusals import InvalidInput


class Intent(StrEnum):
    """What pressing the button means."""

    DRAFT = "draft"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    AMEND = "amend"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """A composer's request. `publish_at` is set exactly when the intent is to schedule; a mark of None stays."""

    key: str
    intent: Intent
    base_revision: int | None
    content: PostContent
    key_event: bool | None
    summary: bool | None
    correction: str
    publish_at: datetime | None
    copy: str = ""  # the text under way that this settles

    @property
    def marks(self) -> Marks:
        """Of a new post."""
        return Marks(key_event=bool(self.key_event), summary=bool(self.summary))


_FIELDS = frozenset(
    {
        *("key", "intent", "base_revision", "headline", "dateline", "byline", "document"),
        *("key_event", "summary", "correction", "publish_at", "copy"),
    }
)
_DEEP = "This request is not the composer's; reload the page. What you typed stays on this device."


def read_post_form(body: bytes, zone: str) -> PostForm:
    """The request in `body`. `zone` is the event's: times are written by its clock.

    Raises: InvalidInput, InvalidDocument.
    """
    fields = _fields(body)
    intent = _intent(fields.get("intent"))
    return PostForm(
        key=_text(fields, "key"),
        intent=intent,
        base_revision=_revision(fields.get("base_revision")),
        content=PostContent(
            document=parse_document(fields.get("document")),
            headline=_text(fields, "headline"),
            dateline=_text(fields, "dateline"),
            byline=_names(fields.get("byline", [])),
        ),
        key_event=_flag(fields, "key_event"),
        summary=_flag(fields, "summary"),
        correction=_text(fields, "correction"),
        publish_at=moment_of(_text(fields, "publish_at"), zone) if intent is Intent.SCHEDULE else None,
        copy=_text(fields, "copy"),
    )


def _fields(body: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidInput("body", _DEEP) from None
    if not isinstance(fields, dict):
        raise InvalidInput("body", _DEEP)
    unknown = sorted(str(name) for name in fields.keys() - _FIELDS)
    if unknown:
        raise InvalidInput(
            unknown[0], f"A post has no field {unknown[0][:40]!r}; reload the page and try again."
        )
    return fields


def _intent(value: object) -> Intent:
    try:
        return Intent(str(value))
    except ValueError:
        known = ", ".join(Intent)
        raise InvalidInput("intent", f"What shall be done with the post is one of {known}.") from None


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise InvalidInput(name, f"The {name} is a text; something else came. Reload the page and try again.")
    return value


def _flag(fields: Mapping[str, object], name: str) -> bool | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, bool):
        raise InvalidInput(name, f"The mark {name} is true or false. Reload the page and try again.")
    return value


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise InvalidInput("byline", "The byline is a list of names. Reload the page and try again.")
    return tuple(value)


def _revision(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= limits.CURSOR_MAX:
        raise InvalidInput("base_revision", "The revision is a number. Reload the page and try again.")
    return value

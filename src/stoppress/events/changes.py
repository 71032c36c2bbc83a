"""What an open page must do to become the fresh page: the objects of the stream and of `changes`.

Built by `edge/store.py` from read-model rows; applied by `web/reader/apply.ts` and, in tests, by
`tests/property/fold.py`. The shapes are a public contract (docs/reference/changes.md).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from stoppress.lib.clock import rfc3339
from stoppress.lib.ids import PostId, Seq

JsonObject: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class PostChange:
    """A post is new or different. `after`: the post below which it stands, or None for first.

    `leaf` is the page it belongs to (0 = the first page): a page inserts an unknown post only when the
    post is of its own leaf, and replaces a known one always.
    """

    seq: Seq
    id: PostId
    html: str
    after: PostId | None
    leaf: int
    key_event: bool
    summary: bool
    first_published_at: datetime
    last_changed_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawnChange:
    """A post was taken down; `html` is its tombstone, which stands in the same place."""

    seq: Seq
    id: PostId
    html: str
    after: PostId | None
    leaf: int
    last_changed_at: datetime


@dataclass(frozen=True, slots=True)
class HeadChange:
    """Parts above (and, for `older`, below) the posts: slot name → html. Only slots that changed."""

    seq: Seq
    html: dict[str, str]


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The live blog went live, was paused or closed."""

    seq: Seq
    status: str


@dataclass(frozen=True, slots=True)
class Reload:
    """The page cannot be mended piece by piece: fetch it afresh. `why` is for logs and people."""

    seq: Seq
    why: str


Change: TypeAlias = PostChange | WithdrawnChange | HeadChange | StatusChange | Reload

KIND: dict[type[Change], str] = {
    PostChange: "post",
    WithdrawnChange: "withdrawn",
    HeadChange: "head",
    StatusChange: "status",
    Reload: "reload",
}


def to_json(change: Change) -> JsonObject:
    """The object as it goes out: `kind` and `seq` first, times as RFC 3339 in UTC."""
    fields: JsonObject = {"kind": KIND[type(change)]}
    for name in change.__dataclass_fields__:
        value = getattr(change, name)
        fields[name] = rfc3339(value) if isinstance(value, datetime) else value
    return fields

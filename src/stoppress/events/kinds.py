"""The facts a live blog's log can hold, in the past tense. None carries text (law 3).

Written by `liveblogs/actions`; read by `tail`, the audit view and consumers with a cursor.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stoppress.lib.ids import PostId, Seq


class Kind(StrEnum):
    """One word per fact; stored in the log and printed by `stoppress tail`."""

    LIVEBLOG_CREATED = "liveblog.created"
    LIVEBLOG_CHANGED = "liveblog.changed"
    LIVEBLOG_OPENED = "liveblog.opened"
    LIVEBLOG_PAUSED = "liveblog.paused"
    LIVEBLOG_CLOSED = "liveblog.closed"
    LIVEBLOG_REOPENED = "liveblog.reopened"
    POST_DRAFTED = "post.drafted"
    POST_DRAFT_SAVED = "post.draft_saved"
    POST_DISCARDED = "post.discarded"
    POST_SUBMITTED = "post.submitted"
    POST_RETURNED = "post.returned"
    POST_TAKEN_BACK = "post.taken_back"
    POST_SCHEDULED = "post.scheduled"
    POST_UNSCHEDULED = "post.unscheduled"
    POST_PUBLISHED = "post.published"
    POST_AMENDED = "post.amended"
    POST_CORRECTED = "post.corrected"
    POST_CLAIM_CHANGED = "post.claim_changed"
    POST_WITHDRAWN = "post.withdrawn"
    POST_MARKED = "post.marked"
    POST_COUNTED = "post.counted"  # readers voted: the numbers of its polls are new, its words are not
    POST_PINNED = "post.pinned"
    POST_UNPINNED = "post.unpinned"
    SHIFT_STARTED = "shift.started"
    SHIFT_ENDED = "shift.ended"
    HANDOVER_LEFT = "handover.left"
    HANDOVER_TAKEN = "handover.taken"
    PROMISE_NOTED = "promise.noted"
    PROMISE_KEPT = "promise.kept"
    HEAD_CHANGED = "head.changed"  # follows another fact when what stands above the posts changed with it


# What turns the head of a live blog, in the order in which the index of the log names them.
TURNS = (
    Kind.LIVEBLOG_CHANGED,
    Kind.LIVEBLOG_CLOSED,
    Kind.LIVEBLOG_OPENED,
    Kind.LIVEBLOG_PAUSED,
    Kind.LIVEBLOG_REOPENED,
    Kind.POST_PINNED,
    Kind.POST_UNPINNED,
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: number in its live blog, what, which post and revision, by whom, when."""

    seq: Seq
    kind: Kind
    post_id: PostId | None
    revision: int | None
    by: str
    at: datetime

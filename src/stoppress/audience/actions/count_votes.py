"""Brings the numbers of open polls up to date, and closes those whose time has come. Called by the worker."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count

from stoppress.audience.models import Vote
from stoppress.document.structured import Poll
from stoppress.lib import limits
from stoppress.liveblogs.actions.show_results import Counted, show_results
from stoppress.liveblogs.models import Post, Status
from stoppress.liveblogs.poll_results import PollResult
from stoppress.liveblogs.polls import has_ended, polls_under_way


def count_votes(*, at: datetime) -> int:
    """Show readers what was voted since they last heard; returns how many posts changed.

    One transaction and one `post.counted` event for each post that differs. A poll is counted at most once in
    POLL_COUNT_SECONDS, and ever more rarely as it grows old, so that a poll of ten hours with a vote every second
    adds some four hundred events to the log, not thirty-six thousand.
    """
    return sum(_count(post, found, at) for post, found in polls_under_way(at))


def _count(post: Post, found: list[Poll], at: datetime) -> int:
    shown = {row.poll_id: row for row in PollResult.objects.filter(post=post)}
    fresh: dict[str, Counted] = {}
    for poll in found:
        counted = _counted(post, poll, shown.get(poll.id), at)
        if counted is not None:
            fresh[poll.id] = counted
    return show_results(post_id=post.pk, results=fresh, at=at) if fresh else 0


def _counted(post: Post, poll: Poll, row: PollResult | None, at: datetime) -> Counted | None:
    """What differs from what readers see, or None: nothing does, or it is not yet time to say so."""
    ended = has_ended(poll, at)
    ends = ended != (row.ended if row else False)
    is_over = post.liveblog.status == Status.CLOSED  # no more votes come: the last ones need not wait
    if row is not None and not ends and not is_over and at < _due(row):
        return None
    votes = _votes(post, poll)
    if not ends and votes == (row.votes if row else {}):
        return None
    return Counted(votes=votes, ended=ended)


def _due(row: PollResult) -> datetime:
    """When this poll may be counted again: after a sixtieth of its age, and never sooner than readers can follow."""
    age = row.counted_at - row.first_counted_at
    return row.counted_at + max(timedelta(seconds=limits.POLL_COUNT_SECONDS), age / limits.POLL_COUNT_SHARE)


def _votes(post: Post, poll: Poll) -> Mapping[str, int]:
    rows = Vote.objects.filter(post=post, poll_id=poll.id).values_list("option_id").order_by("option_id")
    return dict(rows.annotate(count=Count("id")))

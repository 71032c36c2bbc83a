"""Shows readers what was counted in the polls of a post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.poll_results import PollResult
from stoppress.liveblogs.writing import writing


@dataclass(frozen=True, slots=True)
class Counted:
    """The votes of one poll by the answer's id, and whether its time is over."""

    votes: Mapping[str, int]
    ended: bool


def show_results(*, post_id: str, results: Mapping[str, Counted], at: datetime) -> int:
    """Put new numbers into a published post, by the poll's id; returns 1, or 0 when the post is gone by now.

    One transaction: the results, the read model and one `post.counted` event. The post's revision and its times stay:
    nobody wrote in it. Called by the room `audience`, for no one person.
    """
    blog_id = Post.objects.filter(pk=post_id).values_list("liveblog_id", flat=True).first()
    if blog_id is None:
        return 0
    with writing(blog_id, by="Readers", at=at) as log:
        post = Post.objects.get(pk=post_id)
        if post.state != State.PUBLISHED:
            return 0
        for poll_id, counted in results.items():
            _keep(post, poll_id, counted, at)
        log.append_visible(Kind.POST_COUNTED, post)
        return 1


def _keep(post: Post, poll_id: str, counted: Counted, at: datetime) -> None:
    now = {"votes": dict(counted.votes), "ended": counted.ended, "counted_at": at}
    PollResult.objects.update_or_create(
        post=post, poll_id=poll_id, defaults=now, create_defaults={**now, "first_counted_at": at}
    )

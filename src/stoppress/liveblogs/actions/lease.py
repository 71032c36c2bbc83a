"""Marks a post as open for writing, for a while, so that two people do not begin on it unknowingly.

A lease keeps nobody from saving: what protects a text is the revision it was written on (`StaleRevision`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from stoppress.lib import limits
from stoppress.liveblogs import access
from stoppress.liveblogs.announce import announce_newsroom
from stoppress.liveblogs.models import Lease, LiveBlog, Post, State
from stoppress.liveblogs.refusals import Leased, WrongState
from stoppress.newsroom.roles import Staff


def take_lease(*, by: Staff, post_id: str, tab: str, over: bool = False, at: datetime) -> Lease:
    """Mark the post as open in the window `tab` of `by`, for LEASE_SECONDS.

    A lease that has lapsed is free, and so is one's own in another window; `over` takes a colleague's on purpose.
    Raises: NotFound, NotAllowed, WrongState (withdrawn), Leased (a colleague has it).
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "edit")
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).select_related("liveblog").get(pk=seen.pk)
        if post.state == State.WITHDRAWN:
            raise WrongState("The post was withdrawn, and what is withdrawn stays so; write a new post.")
        held = Lease.objects.select_related("user").filter(post=post).first()
        if held and _is_anothers(held, by, at) and not over:
            raise Leased(
                f"{held.user} has this post open. Leave it to them, or take it over: "
                "nothing of what they have written is lost.",
                name=str(held.user),
            )
        lease = _hold(post, by=by, tab=tab, held=held, at=at)
        transaction.on_commit(lambda: announce_newsroom(post.liveblog), robust=True)
    return lease


def hold_leases(*, by: Staff, blog: LiveBlog, tab: str, post_ids: Sequence[str], at: datetime) -> bool:
    """In the caller's transaction: a window still has these posts open, and no others.

    Leases of its own are held on; a post that nobody has is taken; a colleague's is left alone. Returns whether
    anybody sees a difference.
    """
    mine = Lease.objects.filter(post__liveblog=blog, user_id=by.user_id, tab=tab)
    dropped, _ = mine.exclude(post_id__in=[*post_ids]).delete()
    news = dropped > 0
    if not post_ids:
        return news
    posts = Post.objects.select_for_update().filter(pk__in=[*post_ids], liveblog=blog).order_by("pk")
    held = {lease.post_id: lease for lease in Lease.objects.filter(post_id__in=[*post_ids])}
    for post in posts:
        lease = held.get(post.pk)
        if post.state == State.WITHDRAWN or (lease and _is_anothers(lease, by, at)):
            continue
        if lease and lease.user_id == by.user_id and lease.tab != tab and lease.until > at:
            continue  # opened later in another window of one's own
        news = lease is None or lease.until <= at or lease.user_id != by.user_id or news
        _hold(post, by=by, tab=tab, held=lease, at=at)
    return news


def _is_anothers(lease: Lease, by: Staff, at: datetime) -> bool:
    return lease.user_id != by.user_id and lease.until > at


def _hold(post: Post, *, by: Staff, tab: str, held: Lease | None, at: datetime) -> Lease:
    goes_on = held is not None and held.user_id == by.user_id and held.until > at
    facts = {
        "user_id": by.user_id,
        "tab": tab,
        "taken_at": held.taken_at if held and goes_on else at,
        "until": at + timedelta(seconds=limits.LEASE_SECONDS),
    }
    lease, _ = Lease.objects.update_or_create(post=post, defaults=facts)
    return lease

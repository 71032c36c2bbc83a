"""Reads of this room: the channel behind an address, who somebody is there, where a draft came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from stoppress.intake.kinds import CAME_BY, MAIL_KINDS, Kind
from stoppress.intake.models import Channel, Item, Route, SeenSignature, Sender
from stoppress.lib import limits
from stoppress.lib.ids import digest
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.models import LiveBlog, Post, State
from stoppress.newsroom.queries import staff_by_email, staff_by_id
from stoppress.newsroom.roles import Staff


def channel_open(kind: Kind, key: str) -> Channel | None:
    """The working channel at an address."""
    return Channel.objects.filter(kind=kind.value, key=key, revoked_at=None).first()


def mailboxes() -> list[Channel]:
    """Working channels that fetch: one for each publisher."""
    return list(Channel.objects.filter(kind=Kind.MAILBOX.value, revoked_at=None).order_by("id"))


def routes_for(channel: Channel, places: tuple[str, ...]) -> list[Route]:
    """Where what came to these places goes: each live blog once."""
    rows = Route.objects.select_related("liveblog", "channel").filter(channel=channel, place__in=places)
    return list({row.liveblog_id: row for row in rows.order_by("-id")}.values())


def staff_for(channel: Channel, handle: str) -> Staff | None:
    """Who on the channel's publisher's staff this is, or None."""
    row = Sender.objects.filter(channel=channel, handle=handle).first()
    found = staff_by_id(row.user_id) if row else None
    if found is None and channel.kind in MAIL_KINDS:
        found = staff_by_email(handle)
    return found if found and found.publisher_id == channel.publisher_id else None


def item_of(channel: Channel, liveblog_id: int, message: str) -> Item | None:
    """What became of a message, by its name in the tool."""
    return Item.objects.filter(channel=channel, liveblog_id=liveblog_id, message=digest(message)).first()


def was_used(channel: Channel, signature: str) -> bool:
    """Whether this very request was taken before."""
    return SeenSignature.objects.filter(channel=channel, digest=digest(signature)).exists()


# --- for the desk -------------------------------------------------------------------------------------------


def channels(by: Staff) -> list[Channel]:
    """The publisher's working channels with where they lead and who may speak. Raises: NotAllowed."""
    check_manage(by, "look after what comes in")
    rows = Channel.objects.filter(publisher_id=by.publisher_id, revoked_at=None)
    ways = Prefetch("routes", Route.objects.select_related("liveblog").order_by("place", "id"))
    people = Prefetch("senders", Sender.objects.select_related("user").order_by("handle"))
    return list(rows.prefetch_related(ways, people).order_by("name", "id"))


def open_liveblogs(by: Staff) -> list[LiveBlog]:
    """Those that something may lead to, the newest first. Raises: NotAllowed."""
    check_manage(by, "look after what comes in")
    rows = LiveBlog.objects.filter(publisher_id=by.publisher_id).exclude(status="closed")
    return list(rows.order_by("-id")[: limits.FRONT_LIVE])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a post came from. `told`: what happened there since that the desk has to decide about."""

    words: str
    notes: tuple[str, ...]
    told: str


def origins_of(post_ids: Iterable[str]) -> dict[str, Origin]:
    """Of those posts that came in."""
    rows = Item.objects.filter(post_id__in=list(post_ids)).order_by("id")
    return {row.post_id: Origin(row.origin, tuple(row.notes), row.told) for row in rows}


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a sender did since, about a post that readers see."""

    post: Post
    told: str


def to_decide(blog: LiveBlog, at: datetime) -> list[Decision]:
    """What senders changed or deleted of late and what did not follow by itself, the newest first."""
    since = at - timedelta(hours=limits.INTAKE_TOLD_HOURS)
    rows = Item.objects.filter(liveblog=blog, changed_at__gt=since).exclude(told="").order_by("-changed_at")
    told = {row.post_id: row.told for row in rows[: limits.INTAKE_NOTES]}
    public = {post.pk: post for post in blog.posts.filter(pk__in=list(told), state=State.PUBLISHED)}
    return [Decision(public[post_id], sentence) for post_id, sentence in told.items() if post_id in public]


def origin_words(channel: Channel, sender: str) -> str:
    """Such as "By e-mail, ana@example.org" or "From Slack, Newsroom app"."""
    kind = Kind(channel.kind)
    return f"{CAME_BY[kind]}, {sender if kind in MAIL_KINDS else channel.name}"[: limits.INTAKE_ORIGIN_CHARS]

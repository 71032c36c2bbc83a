"""Keeps a request until its sender has said that it is theirs."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from stoppress.lib import limits
from stoppress.lib.feed_documents import TYPES
from stoppress.lib.http_out import OUTSIDE, NotFetched, Outside
from stoppress.lib.sealed import sealed
from stoppress.liveblogs.models import LiveBlog, Status
from stoppress.websub.models import Asked, Mode, Subscription
from stoppress.websub.refusals import Full, NoSuchFeed, NotTaken

PURPOSE = "stoppress websub secrets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a subscriber sent, as it came."""

    mode: str
    topic: str
    callback: str
    lease_seconds: str = ""
    secret: str = ""


def ask(*, wish: Wish, at: datetime, outside: Outside = OUTSIDE) -> None:
    """Note that the sender of `wish` is to be asked whether it is theirs. A second one for the same replaces the first.

    One row, no event. Raises: NotTaken (a field is wrong), NoSuchFeed, Full.
    """
    if wish.mode not in Mode.values:
        raise NotTaken(f"hub.mode must be subscribe or unsubscribe; it is {wish.mode[:40]!r}.")
    blog, feed = _topic(wish.topic)
    _check_callback(wish.callback, outside)
    if len(wish.secret.encode()) > limits.WEBSUB_SECRET_BYTES:
        raise NotTaken(f"hub.secret may have {limits.WEBSUB_SECRET_BYTES} bytes; it has more.")
    row = {
        "mode": wish.mode,
        "callback": wish.callback,
        "secret": sealed(wish.secret, settings.SECRET_KEY, PURPOSE) if wish.secret else "",
        "lease_seconds": _lease(wish.lease_seconds),
        "tries": 0,
        "due_at": at,
    }
    callback_digest = sha256(wish.callback.encode()).hexdigest()
    with transaction.atomic():
        _check_room(blog)
        Asked.objects.update_or_create(
            liveblog=blog, feed=feed, callback_digest=callback_digest, defaults=row
        )


def _topic(topic: str) -> tuple[LiveBlog, str]:
    """The feed that the topic is the address of: exactly as the feed's own `self` says it."""
    place, _, feed = topic.rpartition("/")
    slug = place.removeprefix(f"{settings.PUBLIC_URL}/live/")
    found = None
    if feed in TYPES and slug != place and 0 < len(slug) <= limits.SLUG_CHARS and "\0" not in slug:
        found = LiveBlog.objects.filter(slug=slug).exclude(status=Status.DRAFT).first()
    if found is None:
        raise NoSuchFeed(
            "hub.topic is no feed of this site; use the address that the feed gives as its self link."
        )
    return found, feed


def _check_callback(callback: str, outside: Outside) -> None:
    try:
        callback.encode("ascii")
        outside.check(callback)
    except UnicodeEncodeError as fault:
        raise NotTaken("hub.callback must be ASCII; encode other letters as %-sequences.") from fault
    except NotFetched as fault:
        raise NotTaken(f"hub.callback cannot be called: {fault}") from fault
    if not callback.isprintable() or " " in callback:
        raise NotTaken("hub.callback holds a space or a control character; encode it.")


def _lease(text: str) -> int:
    """Seconds within the hub's bounds; its own where none are asked for."""
    if not text:
        return limits.WEBSUB_LEASE_SECONDS
    if not (text.isascii() and text.isdigit() and len(text) <= limits.NUMBER_CHARS):
        raise NotTaken("hub.lease_seconds must be a whole number.")
    return min(max(int(text), limits.WEBSUB_LEASE_SECONDS_MIN), limits.WEBSUB_LEASE_SECONDS_MAX)


def _check_room(blog: LiveBlog) -> None:
    if (
        Asked.objects.count() >= limits.WEBSUB_ASKED
        or Subscription.objects.filter(liveblog=blog).count() >= limits.WEBSUB_SUBSCRIBERS
    ):
        raise Full("This hub has as many subscribers as it can tell; read the feed now and then instead.")

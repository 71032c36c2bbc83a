"""Begins, changes and ends what a reader's device is told of one live blog."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from stoppress.audience.refusals import NoSuchThing, NotTaken, Unfit
from stoppress.lib import limits
from stoppress.lib.http_out import OUTSIDE, Outside
from stoppress.lib.languages import later
from stoppress.liveblogs.models import LiveBlog, Status
from stoppress.push.message import device_of
from stoppress.push.models import LogPlace, Subscription, Wants
from stoppress.push.server_key import from_base64url, server_key
from stoppress.push.services import is_endpoint

_AUTH_BYTES = 16  # RFC 8291 section 3.2
_OLD = later(
    "Your browser's subscription was made for another key of this site; reload the page and press again."
)


@dataclass(frozen=True, slots=True)
class Device:
    """What a browser says of itself (PushSubscription): its address at a push service, and its two keys."""

    endpoint: str
    p256dh: str
    auth: str
    server_key: str


def subscribe(*, slug: str, device: Device, wants: Wants, at: datetime, outside: Outside = OUTSIDE) -> None:
    """Tell the device of what comes from now on; a device that is known changes what it wants.

    One row, no event. Raises: NoSuchThing, NotTaken (ended, or full), Unfit (no push service, wrong keys).
    """
    _check(device, outside)
    with transaction.atomic():
        blog = LiveBlog.objects.select_for_update().filter(slug=slug).first()
        if blog is None or blog.status == Status.DRAFT:
            raise NoSuchThing(later("There is no such live blog here; look for it on the front page."))
        if blog.status == Status.CLOSED:
            raise NotTaken(later("This live blog has ended; there is nothing more to tell of."))
        LogPlace.objects.get_or_create(liveblog=blog, defaults={"seq": blog.last_seq})
        name = device_of(device.endpoint)
        kept = {
            "endpoint": device.endpoint,
            "p256dh": device.p256dh,
            "auth": device.auth,
            "server_key": device.server_key,
            "wants": wants,
        }
        if Subscription.objects.filter(liveblog=blog, device=name).update(**kept):
            return
        if Subscription.objects.filter(liveblog=blog).count() >= limits.PUSH_SUBSCRIPTIONS:
            raise NotTaken(later("More readers asked to be told than can be; follow the page itself."))
        Subscription.objects.create(liveblog=blog, device=name, told_seq=blog.last_seq, at=at, **kept)


def renew(*, was: str, device: Device, outside: Outside = OUTSIDE) -> int:
    """Send what went to the endpoint `was` to `device` from now on, on every live blog; how many those are.

    Only the browser itself knows its endpoint, so whoever names it may move it. No event. Raises: NotTaken, Unfit.
    """
    _check(device, outside)
    name, before = device_of(device.endpoint), device_of(was)
    with transaction.atomic():
        moved = Subscription.objects.select_for_update().filter(device=before)
        if name != before:
            known = Subscription.objects.filter(device=name).values("liveblog_id")
            moved.filter(liveblog_id__in=list(known.values_list("liveblog_id", flat=True))).delete()
        return moved.update(
            device=name,
            endpoint=device.endpoint,
            p256dh=device.p256dh,
            auth=device.auth,
            server_key=device.server_key,
        )


def unsubscribe(*, slug: str, endpoint: str) -> None:
    """Forget the device on this live blog. Saying it twice changes nothing. No event."""
    Subscription.objects.filter(liveblog__slug=slug, device=device_of(endpoint)).delete()


def _check(device: Device, outside: Outside) -> None:
    if not is_endpoint(device.endpoint, outside):
        raise Unfit(
            later("Your browser's push service is none that this site knows; follow the page itself.")
        )
    if device.server_key != server_key().public:
        raise NotTaken(_OLD)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(device.p256dh))
        fits = len(from_base64url(device.auth)) == _AUTH_BYTES
    except ValueError:
        fits = False
    if not fits or max(len(device.p256dh), len(device.auth)) > limits.PUSH_KEY_CHARS:
        raise Unfit(later("Your browser gave keys that are none; reload the page and press again."))

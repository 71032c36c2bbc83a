"""Makes channels, changes their secrets, takes them back; says where they lead and who may speak. For producers."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from stoppress.intake.kinds import MAIL_KINDS, Kind
from stoppress.intake.models import Channel, Route, SeenSignature, Sender
from stoppress.intake.sealed import sealed
from stoppress.lib import limits
from stoppress.lib.ids import digest, new_secret
from stoppress.liveblogs.access import blog_to_see, check_manage
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.queries import staff_by_email
from stoppress.newsroom.roles import Staff

DEED = "look after what comes in"
KEY_BYTES = 15  # 20 characters in an address


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """A channel to be. `secret`: Slack's signing secret; the other kinds get one of ours."""

    kind: str
    name: str
    secret: str = ""
    authority: str = ""


def make_channel(*, by: Staff, details: NewChannel, at: datetime, address: str = "") -> tuple[Channel, str]:
    """A new channel and its secret, "" where the other side has it already (Slack) or none is needed (mailbox).

    The secret is returned here and never shown again. Raises: NotAllowed, InvalidInput.
    """
    check_manage(by, DEED)
    kind = _kind(details.kind)
    name = line("name", details.name, limits.NAME_CHARS, required=True)
    authority = line("authority", details.authority, limits.INTAKE_AUTHORITY_CHARS)
    secret, shown = _secrets(kind, details.secret)
    if (
        Channel.objects.filter(publisher_id=by.publisher_id, revoked_at=None).count()
        >= limits.INTAKE_CHANNELS
    ):
        raise InvalidInput(
            "name", f"There are {limits.INTAKE_CHANNELS} channels; take back one that is not used."
        )
    with transaction.atomic():
        channel = Channel(
            publisher_id=by.publisher_id,
            kind=kind.value,
            name=name,
            key=secrets.token_urlsafe(KEY_BYTES),
            secret=sealed(secret) if secret else "",
            authority=authority if kind in MAIL_KINDS else "",
            created_at=at,
        )
        try:
            with transaction.atomic():
                channel.save(force_insert=True)
        except IntegrityError as taken:
            raise InvalidInput(
                "name", f"There is a channel {name!r} already; give this one another name."
            ) from taken
        record(Deed.CHANNEL_MADE, by=by, whom=name, detail=kind.value, address=address, at=at)
    return channel, shown


def _kind(value: str) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        raise InvalidInput(
            "kind", f"A channel is one of {', '.join(Kind)}; {value[:40]!r} is none."
        ) from None


def _secrets(kind: Kind, given: str) -> tuple[str, str]:
    """What is kept, and what is shown once."""
    if kind is Kind.MAILBOX:
        return "", ""
    if kind is Kind.SLACK:
        secret = line("secret", given, limits.INTAKE_SECRET_CHARS, required=True)
        return secret, ""
    made = new_secret()
    return made, made


def rotate_secret(
    *, by: Staff, channel_id: int, secret: str = "", at: datetime, address: str = ""
) -> tuple[Channel, str]:
    """Another secret; the one before is refused from now on. Returns as make_channel does.

    Raises: NotAllowed, NotFound, InvalidInput (no signing secret for Slack; a mailbox has none).
    """
    channel = _channel(by, channel_id)
    if channel.kind == Kind.MAILBOX:
        raise InvalidInput(
            "secret", "A mailbox has no secret here; its password is the server’s own setting."
        )
    kept, shown = _secrets(Kind(channel.kind), secret)
    with transaction.atomic():
        channel.secret = sealed(kept)
        channel.save(update_fields=["secret"])
        record(Deed.CHANNEL_ROTATED, by=by, whom=channel.name, address=address, at=at)
    return channel, shown


def revoke_channel(*, by: Staff, channel_id: int, at: datetime, address: str = "") -> None:
    """Nothing comes in by it any more. What came stays, and its row for the record. Raises: NotAllowed, NotFound."""
    channel = _channel(by, channel_id)
    with transaction.atomic():
        Channel.objects.filter(pk=channel.pk).update(revoked_at=at, secret="")
        record(Deed.CHANNEL_REVOKED, by=by, whom=channel.name, address=address, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoute:
    """From a place to a live blog; `direct` publishes without a look."""

    place: str
    slug: str
    direct: bool = False


def add_route(*, by: Staff, channel_id: int, details: NewRoute, at: datetime, address: str = "") -> None:
    """What comes to the place goes to that live blog; said again it says whether directly.

    Raises: NotAllowed, NotFound, InvalidInput.
    """
    channel = _channel(by, channel_id)
    blog = blog_to_see(by, details.slug)
    place = _name(channel, "place", details.place)
    if channel.routes.count() >= limits.INTAKE_ROUTES:
        raise InvalidInput("place", f"A channel leads to {limits.INTAKE_ROUTES} places; remove one first.")
    with transaction.atomic():
        Route.objects.update_or_create(
            channel=channel, place=place, liveblog=blog, defaults={"direct": details.direct}
        )
        way = "directly" if details.direct else "as drafts"
        record(
            Deed.CHANNEL_CHANGED,
            by=by,
            whom=channel.name,
            detail=f"{place} → {blog.slug}, {way}",
            address=address,
            at=at,
        )


def remove_route(*, by: Staff, route_id: int, at: datetime, address: str = "") -> None:
    """What comes to the place goes nowhere. Raises: NotAllowed, NotFound."""
    check_manage(by, DEED)
    route = (
        Route.objects.select_related("channel", "liveblog")
        .filter(pk=route_id, channel__publisher_id=by.publisher_id)
        .first()
    )
    if route is None:
        raise NotFound("There is no such way here; somebody removed it already.")
    with transaction.atomic():
        detail = f"no longer {route.place} → {route.liveblog.slug}"
        record(Deed.CHANNEL_CHANGED, by=by, whom=route.channel.name, detail=detail, address=address, at=at)
        route.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSender:
    """Somebody in the tool, and the address that they sign in to the desk with."""

    handle: str
    email: str


def add_sender(*, by: Staff, channel_id: int, details: NewSender, at: datetime, address: str = "") -> None:
    """What this sender says comes in as theirs. Raises: NotAllowed, NotFound, InvalidInput."""
    channel = _channel(by, channel_id)
    handle = _name(channel, "handle", details.handle)
    who = staff_by_email(details.email)
    if who is None or who.publisher_id != by.publisher_id:
        raise InvalidInput(
            "email", f"Nobody on the staff signs in with {details.email[:80]!r}; look at the team."
        )
    if channel.senders.count() >= limits.INTAKE_SENDERS:
        raise InvalidInput("handle", f"A channel knows {limits.INTAKE_SENDERS} senders; remove one first.")
    with transaction.atomic():
        Sender.objects.update_or_create(channel=channel, handle=handle, defaults={"user_id": who.user_id})
        detail = f"{handle} is {who.name}"
        record(Deed.CHANNEL_CHANGED, by=by, whom=channel.name, detail=detail, address=address, at=at)


def remove_sender(*, by: Staff, sender_id: int, at: datetime, address: str = "") -> None:
    """This sender is unknown from now on. Raises: NotAllowed, NotFound."""
    check_manage(by, DEED)
    sender = (
        Sender.objects.select_related("channel")
        .filter(pk=sender_id, channel__publisher_id=by.publisher_id)
        .first()
    )
    if sender is None:
        raise NotFound("There is no such sender here; somebody removed them already.")
    with transaction.atomic():
        detail = f"no longer knows {sender.handle}"
        record(Deed.CHANNEL_CHANGED, by=by, whom=sender.channel.name, detail=detail, address=address, at=at)
        sender.delete()


def remember_signature(*, channel: Channel, signature: str, at: datetime) -> None:
    """The same request is refused from now on; those whose time is over are forgotten."""
    over = at - timedelta(seconds=2 * limits.INTAKE_SIGNATURE_SECONDS)
    SeenSignature.objects.filter(channel=channel, at__lt=over).delete()
    SeenSignature.objects.get_or_create(channel=channel, digest=digest(signature), defaults={"at": at})


def _channel(by: Staff, channel_id: int) -> Channel:
    check_manage(by, DEED)
    found = Channel.objects.filter(pk=channel_id, publisher_id=by.publisher_id, revoked_at=None).first()
    if found is None:
        raise NotFound("There is no such channel here; it may have been taken back already.")
    return found


def _name(channel: Channel, field: str, value: str) -> str:
    """A place or a handle; addresses in small letters. Raises: InvalidInput."""
    name = line(field, value, limits.EMAIL_CHARS, required=True)
    if channel.kind not in MAIL_KINDS:
        return name
    if "@" not in name:
        raise InvalidInput(field, f"In mail this is an address with an @; {name[:80]!r} is none.")
    return name.lower()

"""What comes in by others' tools: the producer's page of channels, with their secrets, live blogs and senders.

A secret is shown once, and made only after the password was asked for again. No idempotency keys here: what is kept
under one would be the answer, and with it the secret; names and places are unique, so pressing twice does it once.
"""

from collections.abc import Callable

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.accounts.models import User
from stoppress.desk.door import desk_view
from stoppress.desk.forms.intake import ChannelForm, RouteForm, SecretForm, SenderForm
from stoppress.desk.forms.liveblog import put_refusal
from stoppress.intake import queries
from stoppress.intake.actions import channels
from stoppress.intake.kinds import BY_WEBHOOK, MAIL_KINDS, WORDS, Kind
from stoppress.intake.models import Channel
from stoppress.lib import clock
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.address import address_of
from stoppress.newsroom.roles import Staff

DEED = channels.DEED


@desk_view("GET")
def show(request: HttpRequest, by: Staff) -> HttpResponse:
    """Every channel, where it leads, who may speak."""
    return _page(request, by)


@desk_view("GET", "POST")
def make(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET shows the form, once the password was given again; POST makes the channel and shows its secret once."""
    check_manage(by, DEED)
    if again := _ask_again(request, "desk:make_channel"):
        return again
    form = ChannelForm(request.POST or None, initial={"kind": Kind.MAIL.value})
    if request.method == "POST" and form.is_valid():
        details = channels.NewChannel(**form.cleaned_data)
        try:
            channel, secret = channels.make_channel(
                by=by, details=details, at=clock.now(), address=address_of(request)
            )
        except InvalidInput as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, f"{channel.name} is made. Now say where it leads.")
            return _page(request, by, secret=secret, fresh=channel)
    context = {"by": by, "form": form, "mailbox": bool(settings.INTAKE_IMAP_URL)}
    return render(request, "desk/intake_make.html", context, status=422 if form.errors else 200)


@desk_view("GET", "POST")
def secret(request: HttpRequest, by: Staff, channel_id: int) -> HttpResponse:
    """GET asks, once the password was given again; POST changes the secret and shows the new one once."""
    channel = _channel(by, channel_id)
    if again := _ask_again(request, "desk:channel_secret", channel_id):
        return again
    is_slack = channel.kind == Kind.SLACK
    form: forms.Form = SecretForm(request.POST or None) if is_slack else forms.Form(request.POST or None)
    if request.method == "POST" and (not is_slack or form.is_valid()):
        given = form.cleaned_data["secret"] if is_slack else ""
        _, shown = channels.rotate_secret(
            by=by, channel_id=channel_id, secret=given, at=clock.now(), address=address_of(request)
        )
        messages.success(
            request, f"{channel.name} has another secret; the one before is refused from now on."
        )
        return _page(request, by, secret=shown, fresh=channel)
    context = {"by": by, "form": form, "channel": channel, "is_slack": is_slack}
    return render(request, "desk/intake_secret.html", context, status=422 if form.errors else 200)


@desk_view("POST")
def revoke(request: HttpRequest, by: Staff, channel_id: int) -> HttpResponse:
    """Nothing comes in by this channel any more."""
    channels.revoke_channel(by=by, channel_id=channel_id, at=clock.now(), address=address_of(request))
    messages.success(request, "Taken back; what still comes by it is refused.")
    return redirect("desk:intake")


def _saved(request: HttpRequest, form: forms.Form, add: Callable[[], None]) -> HttpResponse | None:
    """Back to the page when the form is whole and `add` takes it; None, with the refusal in the form, when not."""
    if not form.is_valid():
        return None
    try:
        add()
    except InvalidInput as refused:
        put_refusal(form, refused)
        return None
    messages.success(request, "Saved.")
    return redirect("desk:intake")


@desk_view("POST")
def add_route(request: HttpRequest, by: Staff, channel_id: int) -> HttpResponse:
    """What comes to the place goes to that live blog."""
    channel = _channel(by, channel_id)
    form = _route_form(by, channel, request.POST)

    def add() -> None:
        details = channels.NewRoute(**form.cleaned_data)
        channels.add_route(
            by=by, channel_id=channel_id, details=details, at=clock.now(), address=address_of(request)
        )

    return _saved(request, form, add) or _page(request, by, faulty={channel_id: {"route": form}})


@desk_view("POST")
def remove_route(request: HttpRequest, by: Staff, route_id: int) -> HttpResponse:
    """What comes to the place goes nowhere."""
    channels.remove_route(by=by, route_id=route_id, at=clock.now(), address=address_of(request))
    messages.success(request, "Removed. Posts that came by it stay.")
    return redirect("desk:intake")


@desk_view("POST")
def add_sender(request: HttpRequest, by: Staff, channel_id: int) -> HttpResponse:
    """What this sender says comes in as that member of staff's."""
    channel = _channel(by, channel_id)
    form = SenderForm(request.POST, kind=Kind(channel.kind), number=channel.pk)

    def add() -> None:
        details = channels.NewSender(**form.cleaned_data)
        channels.add_sender(
            by=by, channel_id=channel_id, details=details, at=clock.now(), address=address_of(request)
        )

    return _saved(request, form, add) or _page(request, by, faulty={channel_id: {"sender": form}})


@desk_view("POST")
def remove_sender(request: HttpRequest, by: Staff, sender_id: int) -> HttpResponse:
    """This sender is unknown from now on."""
    channels.remove_sender(by=by, sender_id=sender_id, at=clock.now(), address=address_of(request))
    messages.success(request, "Removed.")
    return redirect("desk:intake")


# --- the page -----------------------------------------------------------------------------------------------

Faulty = dict[int, dict[str, forms.Form]]


def _page(
    request: HttpRequest,
    by: Staff,
    *,
    secret: str = "",
    fresh: Channel | None = None,
    faulty: Faulty | None = None,
) -> HttpResponse:
    shown = [_shown(by, channel, (faulty or {}).get(channel.pk, {})) for channel in queries.channels(by)]
    context = {"by": by, "channels": shown, "secret": secret, "fresh": fresh}
    return render(request, "desk/intake.html", context, status=422 if faulty else 200)


def _shown(by: Staff, channel: Channel, faulty: dict[str, forms.Form]) -> dict[str, object]:
    kind = Kind(channel.kind)
    return {
        "channel": channel,
        "kind": WORDS[kind],
        "address": f"{settings.PUBLIC_URL}/intake/{kind}/{channel.key}" if kind in BY_WEBHOOK else "",
        "has_secret": kind in BY_WEBHOOK,
        "is_mail": kind in MAIL_KINDS,
        "waits_for_mailbox": kind is Kind.MAILBOX and not settings.INTAKE_IMAP_URL,
        "route": faulty.get("route") or _route_form(by, channel, None),
        "sender": faulty.get("sender") or SenderForm(None, kind=kind, number=channel.pk),
        "open": "route" in faulty or not channel.routes.all(),
        "open_sender": "sender" in faulty or not (kind in MAIL_KINDS or channel.senders.all()),
    }


def _route_form(by: Staff, channel: Channel, data: object) -> RouteForm:
    return RouteForm(data, kind=Kind(channel.kind), blogs=queries.open_liveblogs(by), number=channel.pk)


def _channel(by: Staff, channel_id: int) -> Channel:
    """Raises: NotAllowed, NotFound."""
    found = next((one for one in queries.channels(by) if one.pk == channel_id), None)
    if found is None:
        raise NotFound("There is no such channel here; it may have been taken back already.")
    return found


def _ask_again(request: HttpRequest, page: str, *where: int) -> HttpResponse | None:
    """For the password, before the form is shown.

    A form sent too late is asked for again, and not kept meanwhile: it may hold a secret.
    Raises: ReauthenticationRequired, which allauth turns into its page and comes back from.
    """
    if not isinstance(request.user, User) or not is_reauthentication_required(request, app="allauth.mfa"):
        return None
    if request.method == "POST":
        return redirect(page, *where)
    raise ReauthenticationRequired

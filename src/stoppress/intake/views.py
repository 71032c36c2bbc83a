"""The webhooks. No session and no CSRF token here: who speaks is decided by a signature over what they say.

Called by tools' servers. In this order: address, content type, time, size, signature, then what was said. Refusals
are problem details (RFC 9457). What is well signed and not for us is answered 200, so that it is not sent again.
"""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from stoppress.intake import queries, signatures
from stoppress.intake.actions.channels import remember_signature
from stoppress.intake.kinds import Kind
from stoppress.intake.models import Channel
from stoppress.intake.readers import slack as slack_reader
from stoppress.intake.readers import telegram as telegram_reader
from stoppress.intake.readers.mail import read_mail
from stoppress.intake.readers.shapes import json_object
from stoppress.intake.refusals import Later, NotTaken, Replayed, TooLarge, Turned, Unsigned, WrongKind
from stoppress.intake.sealed import opened
from stoppress.intake.take import take
from stoppress.lib import clock, limits
from stoppress.lib.pace import Pace

log = structlog.get_logger("stoppress.intake")
pace = Pace(limits.INTAKE_PER_MINUTE)

JSON, MAIL = "application/json", "message/rfc822"


@csrf_exempt
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """A raw message, signed with the channel's secret: see docs/howto/take-in-e-mail.md."""
    return _answered(request, Kind.MAIL, key, _mail)


@csrf_exempt
def slack(request: HttpRequest, key: str) -> HttpResponse:
    """A delivery of Slack's Events API."""
    return _answered(request, Kind.SLACK, key, _slack)


@csrf_exempt
def telegram(request: HttpRequest, key: str) -> HttpResponse:
    """An update of Telegram's Bot API."""
    return _answered(request, Kind.TELEGRAM, key, _telegram)


def _mail(request: HttpRequest, channel: Channel, secret: str) -> HttpResponse:
    now = clock.now()
    _check_type(request, MAIL)
    time = signatures.check_time(request.headers.get(signatures.MAIL_TIME, ""), now)
    body = _body(request, limits.INTAKE_MAIL_BYTES)
    came = request.headers.get(signatures.MAIL_SIGNATURE, "")
    signatures.check_signature(signatures.mail_signature(secret, time, body), came)
    if queries.was_used(channel, came):
        raise Replayed("This request was taken already; sign a repeated delivery anew.")
    _check_pace(channel)
    taken = take(channel, read_mail(body, channel.authority), now)
    remember_signature(channel=channel, signature=came, at=now)
    return JsonResponse({"taken": taken})


def _slack(request: HttpRequest, channel: Channel, secret: str) -> HttpResponse:
    now = clock.now()
    _check_type(request, JSON)
    time = signatures.check_time(request.headers.get(signatures.SLACK_TIME, ""), now)
    body = _body(request, limits.REQUEST_BODY_BYTES)
    expected = signatures.slack_signature(secret, time, body)
    signatures.check_signature(expected, request.headers.get(signatures.SLACK_SIGNATURE, ""))
    delivery = json_object(body)
    if word := slack_reader.challenge(delivery):
        return JsonResponse({"challenge": word})
    _check_pace(channel)
    came = slack_reader.came(delivery)
    return JsonResponse({"taken": take(channel, came, now) if came else 0})


def _telegram(request: HttpRequest, channel: Channel, secret: str) -> HttpResponse:
    _check_type(request, JSON)
    signatures.check_telegram(secret, request.headers)
    update = json_object(_body(request, limits.REQUEST_BODY_BYTES))
    _check_pace(channel)
    came = telegram_reader.came(update)
    return JsonResponse({"taken": take(channel, came, clock.now()) if came else 0})


# --- what they share ----------------------------------------------------------------------------------------

Handler = Callable[[HttpRequest, Channel, str], HttpResponse]


def _answered(request: HttpRequest, kind: Kind, key: str, handle: Handler) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    channel = queries.channel_open(kind, key)
    if channel is None:
        return _problem(404, "There is no channel at this address; it may have been taken back.")
    try:
        secret = opened(channel.secret)
        if secret is None:
            raise Unsigned(
                "This server cannot read the channel’s secret any more; a producer can make a new one."
            )
        return handle(request, channel, secret)
    except NotTaken as refused:
        log.warning("not taken in", channel=channel.name, why=str(refused))
        return JsonResponse({"taken": 0, "detail": str(refused)})
    except Turned as refused:
        log.warning("not taken in", channel=channel.name, status=refused.status, why=str(refused))
        return _problem(refused.status, str(refused))


def _problem(status: int, detail: str) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "detail": detail}
    answer = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == Later.status:
        answer["Retry-After"] = str(limits.INTAKE_RETRY_SECONDS)
    return answer


def _check_type(request: HttpRequest, expected: str) -> None:
    if request.content_type != expected:
        came = (request.content_type or "nothing")[: limits.FAULT_CHARS]
        raise WrongKind(f"This channel takes {expected}; {came} came.")


def _body(request: HttpRequest, most: int) -> bytes:
    """The body, of which no byte beyond the bound is kept. Raises: TooLarge."""
    body = request.read(most + 1)
    if len(body) > most:
        raise TooLarge(f"This channel takes {most // (1024 * 1024)} MB; send less at once.")
    return body


def _check_pace(channel: Channel) -> None:
    """After the signature, so that nobody else can use up what the tool may send. Raises: Later."""
    if pace.seconds_to_wait(channel.key, clock.now()):
        raise Later(f"That was {limits.INTAKE_PER_MINUTE} messages in a minute; send it again later.")

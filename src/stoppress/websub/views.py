"""`POST /websub`: a subscriber wants to be told, or no longer. No session, no cookie and no account here.

Answers 202 when the request is kept: the worker then asks the subscriber whether it is theirs (`hub.py`). Refusals are
one sentence of plain text, as the standard has it.
"""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from stoppress.lib import clock, limits
from stoppress.lib.pace import Pace
from stoppress.newsroom.address import address_of
from stoppress.websub.actions.ask import Wish, ask
from stoppress.websub.refusals import NotTaken, TooOften

FORM = "application/x-www-form-urlencoded"
_TEXT = "text/plain; charset=utf-8"
_ALLOWED = "POST"

pace = Pace(limits.WEBSUB_PER_MINUTE)


@csrf_exempt
def hub(request: HttpRequest) -> HttpResponse:
    """Fields: `hub.mode`, `hub.topic`, `hub.callback`; `hub.lease_seconds`, `hub.secret` where there are any."""
    if request.method != _ALLOWED:
        sentence = "This is a WebSub hub: subscribers send a POST (https://www.w3.org/TR/websub/).\n"
        return HttpResponse(sentence, status=405, content_type=_TEXT, headers={"Allow": _ALLOWED})
    try:
        wait = pace.seconds_to_wait(address_of(request), clock.now())
        if wait:
            raise TooOften(f"Too much came from your address in a minute; try again in {wait} seconds.")
        ask(wish=_wish(_form(request)), at=clock.now())
    except NotTaken as refused:
        headers = {"Retry-After": "60"} if refused.status in (TooOften.status, 503) else {}
        return HttpResponse(f"{refused}\n", status=refused.status, content_type=_TEXT, headers=headers)
    return HttpResponse("You will be asked whether this is yours.\n", status=202, content_type=_TEXT)


def _form(request: HttpRequest) -> QueryDict:
    """The form's fields; not a byte beyond the bound is kept."""
    if request.content_type != FORM:
        raise NotTaken(f"A form was expected ({FORM}), and something else came.")
    body = request.read(limits.WEBSUB_BODY_BYTES + 1)
    if len(body) > limits.WEBSUB_BODY_BYTES:
        raise NotTaken("That is more than a subscription has; send the fields of the standard.")
    return QueryDict(body, encoding="utf-8")


def _wish(form: QueryDict) -> Wish:
    return Wish(
        mode=form.get("hub.mode", ""),
        topic=form.get("hub.topic", ""),
        callback=form.get("hub.callback", ""),
        lease_seconds=form.get("hub.lease_seconds", ""),
        secret=form.get("hub.secret", ""),
    )

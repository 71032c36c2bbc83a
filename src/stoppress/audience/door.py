"""The door for what readers send: bounded, paced, for this site's own pages alone; no session, no cookie, no account.

Called by `views.py` and by `push`. A script is answered in JSON, a plain form with a page of one sentence.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, QueryDict
from django.shortcuts import render

from stoppress.audience.refusals import FromElsewhere, NotTaken, TooMuch, TooOften, Unfit
from stoppress.lib import assets, clock, limits
from stoppress.lib.languages import direction, later, words_in
from stoppress.lib.pace import Pace
from stoppress.liveblogs.models import LiveBlog
from stoppress.newsroom.address import address_of

FORM = "application/x-www-form-urlencoded"
Handler = Callable[[QueryDict], HttpResponse]


def answered(request: HttpRequest, slug: str, pace: Pace, handle: Handler) -> HttpResponse:
    """What `handle` makes of the form, or why not: the method, another site's page, too often, too much, refused."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        _check_origin(request)
        wait = pace.seconds_to_wait(_network(address_of(request)), clock.now())
        if wait:
            sentence = later("Too much came from your network in a minute; try again in {wait} seconds.")
            raise TooOften(sentence, wait=wait)
        return handle(_form(request))
    except NotTaken as refused:
        return _refused(request, slug, refused)


def _check_origin(request: HttpRequest) -> None:
    """Raises: FromElsewhere. Browsers say where a form stands; what is no browser can only speak for itself."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    other = origin not in ("", "null") and urlsplit(origin).netloc != request.get_host()
    if site not in ("", "same-origin", "none") or other:
        raise FromElsewhere(
            later("This came from a page of another site; do it on the live blog's own page.")
        )


def _form(request: HttpRequest) -> QueryDict:
    """The form's fields; not a byte beyond the bound is kept. Raises: Unfit, TooMuch."""
    if request.content_type != FORM:
        raise Unfit(later("A form was expected ({form}), and something else came."), form=FORM)
    body = request.read(limits.AUDIENCE_BODY_BYTES + 1)
    if len(body) > limits.AUDIENCE_BODY_BYTES:
        raise TooMuch(later("That is more than the form holds; shorten it."))
    return QueryDict(body, encoding="utf-8")


def _network(address: str) -> str:
    """One name for everything that one subscriber of an IPv6 network can send from."""
    known = ip_address(address) if address else None
    return (
        str(int(known) >> 64) if isinstance(known, IPv6Address) else address
    )  # the upper half is the network


def wants_json(request: HttpRequest) -> bool:
    """A script asks, and not a plain form."""
    return not request.accepts("text/html")


def _language_of(slug: str) -> str:
    """What the live blog's page speaks; English where there is none."""
    return LiveBlog.objects.filter(slug=slug).values_list("language", flat=True).first() or "en"


def _refused(request: HttpRequest, slug: str, refused: NotTaken) -> HttpResponse:
    language = _language_of(slug)
    say = words_in(language)
    sentence = refused.said(say)
    if wants_json(request):
        body = {"type": "about:blank", "status": refused.status, "detail": sentence}
        response: HttpResponse = JsonResponse(
            body, status=refused.status, content_type="application/problem+json"
        )
    else:
        context = {
            "language": language,
            "direction": direction(language),
            "title": say("Not taken"),
            "sentence": sentence,
            "back": say("Back to the live blog"),
            "slug": slug,
            "style": assets.asset("reader.css"),
        }
        response = render(request, "audience/refused.html", context, status=refused.status)
    if refused.status == TooOften.status:
        response["Retry-After"] = "60"
    return response

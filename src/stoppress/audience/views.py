"""What readers send: a vote, a question. No session, no cookie and no account here.

Called by the forms in posts and on live pages, with the reader's script and without. A script is answered in JSON, a
plain form comes back to the post, or to a page with one sentence. Pages of other sites may not send (`_check_origin`).
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from stoppress.audience.actions.ask_question import ask_question
from stoppress.audience.actions.vote import Ballot
from stoppress.audience.actions.vote import vote as vote_now
from stoppress.audience.refusals import FromElsewhere, NotTaken, TooMuch, TooOften, Unfit
from stoppress.audience.voters import voter_of
from stoppress.lib import assets, clock, limits
from stoppress.lib.pace import Pace
from stoppress.newsroom.address import address_of

pace = Pace(limits.AUDIENCE_PER_MINUTE)
question_pace = Pace(limits.QUESTIONS_PER_MINUTE)

FORM = "application/x-www-form-urlencoded"
Handler = Callable[[QueryDict], HttpResponse]


@csrf_exempt
def vote(request: HttpRequest, slug: str, post_id: str, poll_id: str) -> HttpResponse:
    """A vote: `option`, and `device` from the reader's script. JSON out: `{"counted": true or false}`."""

    def count(form: QueryDict) -> HttpResponse:
        voter = voter_of(
            token=form.get("device", ""),
            address=address_of(request),
            browser=request.headers.get("User-Agent", "")[: limits.URL_CHARS],
            poll=(post_id, poll_id),
        )
        ballot = Ballot(
            slug=slug, post_id=post_id, poll_id=poll_id, option_id=form.get("option", ""), voter=voter
        )
        counted = vote_now(ballot=ballot, at=clock.now())
        if _wants_json(request):
            return JsonResponse({"counted": counted})
        place = f"{'voted' if counted else 'again'}-{post_id}-{poll_id}"
        return _see_other(f"/live/{slug}/posts/{post_id}#{place}")

    return _answered(request, slug, pace, count)


@csrf_exempt
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A question: `question`, and `name` where the reader gave one. JSON out: `{"asked": true}`."""

    def keep(form: QueryDict) -> HttpResponse:
        ask_question(slug=slug, text=form.get("question", ""), name=form.get("name", ""), at=clock.now())
        return JsonResponse({"asked": True}) if _wants_json(request) else _see_other(f"/live/{slug}#asked")

    return _answered(request, slug, question_pace, keep)


# --- what both share --------------------------------------------------------------------------------


def _answered(request: HttpRequest, slug: str, pace: Pace, handle: Handler) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        _check_origin(request)
        wait = pace.seconds_to_wait(_network(address_of(request)), clock.now())
        if wait:
            raise TooOften(f"Too much came from your network in a minute; try again in {wait} seconds.")
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
            "This came from a page of another site; vote and ask on the live blog's own page."
        )


def _form(request: HttpRequest) -> QueryDict:
    """The form's fields; not a byte beyond the bound is kept. Raises: Unfit, TooMuch."""
    if request.content_type != FORM:
        raise Unfit(f"A form was expected ({FORM}), and something else came.")
    body = request.read(limits.AUDIENCE_BODY_BYTES + 1)
    if len(body) > limits.AUDIENCE_BODY_BYTES:
        raise TooMuch("That is more than a vote or a question has; shorten it.")
    return QueryDict(body, encoding="utf-8")


def _network(address: str) -> str:
    """One name for everything that one subscriber of an IPv6 network can send from."""
    known = ip_address(address) if address else None
    return (
        str(int(known) >> 64) if isinstance(known, IPv6Address) else address
    )  # the upper half is the network


def _wants_json(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _refused(request: HttpRequest, slug: str, refused: NotTaken) -> HttpResponse:
    if _wants_json(request):
        body = {"type": "about:blank", "status": refused.status, "detail": str(refused)}
        response: HttpResponse = JsonResponse(
            body, status=refused.status, content_type="application/problem+json"
        )
    else:
        context = {"sentence": str(refused), "slug": slug, "style": assets.asset("reader.css")}
        response = render(request, "audience/refused.html", context, status=refused.status)
    if refused.status == TooOften.status:
        response["Retry-After"] = "60"
    return response

"""What readers send: a vote, a question. No session, no cookie and no account here.

Called by the forms in posts and on live pages, with the reader's script and without. A script is answered in JSON, a
plain form comes back to the post, or to a page with one sentence. What every door for readers does is in `door.py`.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from stoppress.audience.actions.ask_question import ask_question
from stoppress.audience.actions.vote import Ballot
from stoppress.audience.actions.vote import vote as vote_now
from stoppress.audience.door import FORM, answered, wants_json
from stoppress.audience.voters import voter_of
from stoppress.lib import clock, limits
from stoppress.lib.pace import Pace
from stoppress.newsroom.address import address_of

__all__ = ["FORM", "ask", "vote"]

pace = Pace(limits.AUDIENCE_PER_MINUTE)
question_pace = Pace(limits.QUESTIONS_PER_MINUTE)


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
        if wants_json(request):
            return JsonResponse({"counted": counted})
        place = f"{'voted' if counted else 'again'}-{post_id}-{poll_id}"
        return _see_other(f"/live/{slug}/posts/{post_id}#{place}")

    return answered(request, slug, pace, count)


@csrf_exempt
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A question: `question`, and `name` where the reader gave one. JSON out: `{"asked": true}`."""

    def keep(form: QueryDict) -> HttpResponse:
        ask_question(slug=slug, text=form.get("question", ""), name=form.get("name", ""), at=clock.now())
        return JsonResponse({"asked": True}) if wants_json(request) else _see_other(f"/live/{slug}#asked")

    return answered(request, slug, question_pace, keep)


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response

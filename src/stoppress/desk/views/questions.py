"""What readers ask: the moderator's list, the form's switch, and what was passed on, for the composer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from stoppress.audience import queries as audience
from stoppress.audience.access import may_moderate
from stoppress.audience.actions.decide_question import decide_question
from stoppress.audience.models import QuestionState
from stoppress.desk.answers import wants_json
from stoppress.desk.door import desk_view
from stoppress.desk.once import form_key, once
from stoppress.desk.shown import Look, new_key
from stoppress.events.changes import JsonObject
from stoppress.lib import clock
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.take_questions import take_questions
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff

_TABS = (
    (QuestionState.WAITING, "Waiting"),
    (QuestionState.PASSED_ON, "Passed on"),
    (QuestionState.PUT_AWAY, "Put away"),
)
_DONE = {
    QuestionState.PASSED_ON: "Passed on: reporters can answer it.",
    QuestionState.PUT_AWAY: "Put away: nobody will see it.",
    QuestionState.WAITING: "Put back among those that wait.",
}


@desk_view("GET")
def show(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """The questions of one live blog. `?state=`: waiting, passed_on or put_away. JSON: those passed on, unanswered."""
    look = Look(by, queries.liveblog_for(by, slug), clock.now())
    if wants_json(request):
        passed_on = audience.questions(by, slug, QuestionState.PASSED_ON)
        open_ones = [asked for asked in passed_on if not asked.answered_in]
        return JsonResponse(
            {"questions": [{"id": one.id, "text": one.text, "name": one.name} for one in open_ones]}
        )
    moderates = may_moderate(by)
    tabs = _TABS if moderates else _TABS[1:2]
    chosen = request.GET.get("state", "")
    state = next((state for state, _ in tabs if state == chosen), tabs[0][0])
    counts = audience.counts(by, slug)
    context = {
        "look": look,
        "by": by,
        "blog": look.blog,
        "tabs": [(tab.value, word, counts.get(tab.value, 0)) for tab, word in tabs],
        "state": state.value,
        "questions": audience.questions(by, slug, state),
        "moderates": moderates,
        "key": new_key(),
    }
    return render(request, "desk/questions.html", context)


@desk_view("POST")
def decide(request: HttpRequest, by: Staff, slug: str, question_id: str) -> HttpResponse:
    """`to`: what becomes of the question."""
    wanted = request.POST.get("to", "")
    if wanted not in QuestionState.values:
        raise InvalidInput("to", f"A question can be {', '.join(QuestionState.values)}; choose one.")
    state = QuestionState(wanted)

    def make() -> JsonObject:
        decide_question(by=by, slug=slug, question_id=question_id, state=state, at=clock.now())
        return {}

    once(request, by, form_key(request), make)
    messages.success(request, _DONE[state])
    back = request.POST.get("from", "")
    where = f"?state={back}" if back in QuestionState.values else ""
    return redirect(f"{_page(slug)}{where}")


@desk_view("POST")
def switch_form(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """`to`: open or shut the form that readers see."""
    wanted = request.POST.get("to") == "open"

    def make() -> JsonObject:
        return {"seq": take_questions(by=by, slug=slug, wanted=wanted, at=clock.now())}

    once(request, by, form_key(request), make)
    said = "Readers can ask questions now." if wanted else "Readers see no form any more."
    messages.success(request, said)
    return redirect(_page(slug))


def _page(slug: str) -> str:
    return reverse("desk:questions", args=[slug])

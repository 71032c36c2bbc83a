"""How the desk says yes and no: JSON for its script, pages for everybody else, each with a sentence.

Called by `door.py` and the views. Refusals in JSON are problem details (RFC 9457).
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from stoppress.events.changes import JsonObject

PROBLEM = "application/problem+json"
CSRF_PROBLEM = "stoppress:csrf"


def wants_json(request: HttpRequest) -> bool:
    """Whether the desk's script asks (it accepts nothing but JSON)."""
    return not request.accepts("text/html")


def problem(status: int, detail: str, *, kind: str = "about:blank", **more: object) -> HttpResponse:
    """A refusal for the script. `detail` is a sentence for the reporter."""
    body: JsonObject = {"type": kind, "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse({**body, **more}, status=status, content_type=PROBLEM)


def refusal(request: HttpRequest, status: int, sentence: str, *, field: str = "") -> HttpResponse:
    """A refusal in the form that was asked for."""
    if wants_json(request):
        return problem(status, sentence, **({"field": field} if field else {}))
    context = {"status": status, "phrase": HTTPStatus(status).phrase, "sentence": sentence}
    return render(request, "desk/refusal.html", context, status=status)

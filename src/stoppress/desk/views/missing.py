"""Addresses that lead nowhere and faults of ours, said in the desk's manner. Named in `config/urls.py`."""

from django.http import HttpRequest, HttpResponse

from stoppress.desk.answers import refusal
from stoppress.desk.door import unkept
from stoppress.lib import limits


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """No such page."""
    return unkept(refusal(request, 404, "There is no page at this address; go to the list of live blogs."))


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the log has it."""
    sentence = "Something failed here, and it was written to the log. Try again in a moment."
    return unkept(refusal(request, 500, sentence))


def too_many(request: HttpRequest) -> HttpResponse:
    """More requests than anybody makes by hand (allauth's bounds)."""
    answer = unkept(refusal(request, 429, "That were too many attempts; wait a few minutes and try again."))
    answer["Retry-After"] = str(limits.RETRY_LATER_SECONDS)
    return answer

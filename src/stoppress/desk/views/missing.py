"""Addresses that lead nowhere and faults of ours, said in the desk's manner. Named in `config/urls.py`."""

import sys

from django.http import HttpRequest, HttpResponse

from stoppress.desk.answers import refusal
from stoppress.desk.door import unkept
from stoppress.lib import limits, numbered
from stoppress.liveblogs.database_faults import PASSING, is_full


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """No such page."""
    return unkept(refusal(request, 404, "There is no page at this address; go to the list of live blogs."))


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours, which the log has; or the database is away or full, and says so."""
    fault = sys.exception()  # Django calls this while it handles the fault
    if isinstance(fault, PASSING):
        return _not_saved(request, full=is_full(fault))
    sentence = (
        f"Something failed here, and it was written to the log under the number {numbered.current()}. "
        "Try again in a moment."
    )
    return unkept(refusal(request, 500, sentence))


def _not_saved(request: HttpRequest, *, full: bool) -> HttpResponse:
    kept = "Nothing was saved or published; what you typed stays on this device."
    if full:
        sentence = f"The server's disk is full. {kept} Tell whoever runs the server, then try again."
        return unkept(refusal(request, 507, sentence))
    answer = unkept(
        refusal(request, 503, f"The newsroom's database does not answer. {kept} Try again in a moment.")
    )
    answer["Retry-After"] = str(limits.RETRY_AFTER_SECONDS)
    return answer


def too_many(request: HttpRequest) -> HttpResponse:
    """More requests than anybody makes by hand (allauth's bounds)."""
    answer = unkept(refusal(request, 429, "That were too many attempts; wait a few minutes and try again."))
    answer["Retry-After"] = str(limits.RETRY_LATER_SECONDS)
    return answer

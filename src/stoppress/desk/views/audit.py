"""The audit trail: who did what, when, from where. For admins; nothing on it can be changed."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stoppress.desk.audit_trail import Asked, event_words, page
from stoppress.desk.door import desk_view
from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.newsroom import queries
from stoppress.newsroom.deeds import WORDS
from stoppress.newsroom.roles import Staff

_KINDS = (
    ("People", [(deed.value, words) for deed, words in WORDS.items()]),
    ("Live blogs", [(kind.value, event_words(kind.value)) for kind in Kind]),
)


@desk_view("GET")
def show(request: HttpRequest, by: Staff) -> HttpResponse:
    """One page of it, newest first."""
    asked = Asked(
        who=request.GET.get("who", "")[: limits.EMAIL_CHARS],
        kind=request.GET.get("kind", ""),
        before=request.GET.get("before", ""),
    )
    lines, further = page(by, asked)
    kept = {"who": asked.who, "kind": asked.kind}
    title = queries.publisher()
    context = {
        "by": by,
        "lines": lines,
        "asked": asked,
        "further": urlencode({**kept, "before": further}) if further else "",
        "newest": urlencode(kept),
        "names": sorted({str(person.user) for person in queries.people(by)}),
        "kinds": _KINDS,
        "zone": title.timezone if title else "UTC",
    }
    return render(request, "desk/audit.html", context)

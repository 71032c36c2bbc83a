"""What is claimed in a live blog: the list with its filters, and one press that says how a claim stands."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from stoppress.desk.answers import wants_json
from stoppress.desk.door import desk_view
from stoppress.desk.once import once
from stoppress.desk.shown import Look, new_key
from stoppress.desk.shown_claims import WORDS, entry
from stoppress.desk.views.liveblog import card_html
from stoppress.document.check import CLAIM_STATES
from stoppress.document.claims import OPEN_STATES
from stoppress.events.changes import JsonObject
from stoppress.lib import clock, limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.change_claim import ClaimChange, change_claim
from stoppress.liveblogs.listed_claims import claim_counts, claims_of
from stoppress.liveblogs.models import Post
from stoppress.liveblogs.refusals import InvalidInput, NotFound, StaleRevision
from stoppress.newsroom.roles import Staff

# What a filter is called in the address, and what it lets through; nothing named means all.
_FILTERS = {"open": OPEN_STATES, "all": (), **{state: (state,) for state in CLAIM_STATES}}
_SETTLED = {
    "confirmed": "Confirmed: every open page says so.",
    "disputed": "Disputed: every open page says so.",
    "false": "False: every open page says so.",
    "unverified": "Unverified again: every open page says so.",
}


@desk_view("GET")
def show(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """Every claim in what readers see. `?state=` open, all or one state; `?q=` words in what is said or who says it."""
    look = Look(by, queries.liveblog_for(by, slug), clock.now())
    chosen = request.GET.get("state", "open")
    state = chosen if chosen in _FILTERS else "open"
    asked = " ".join(request.GET.get("q", "").split())[: limits.CLAIM_SOURCE_CHARS]
    key = new_key()
    found = claims_of(by, slug, states=_FILTERS[state], words=asked, rows=limits.CLAIMS_SHOWN)
    counts = claim_counts(by, slug)
    filters = [("open", "Open", sum(counts.get(each, 0) for each in OPEN_STATES))]
    filters += [(each, WORDS[each], counts.get(each, 0)) for each in CLAIM_STATES]
    context = {
        "look": look,
        "by": by,
        "blog": look.blog,
        "entries": [entry(look.blog, listed, key) for listed in found],
        "state": state,
        "asked": asked,
        "filters": [*filters, ("all", "All", sum(counts.values()))],
        "back": urlencode({"state": state, **({"q": asked} if asked else {})}),
    }
    return render(request, "desk/claims.html", context)


@desk_view("POST")
def change(request: HttpRequest, by: Staff, slug: str, post_id: str, claim_id: str) -> HttpResponse:
    """`state`: how the claim stands; `note`: a public correction when it is false; `base_revision`: what was seen."""
    state = request.POST.get("state", "")
    wanted = ClaimChange(claim_id=claim_id, state=state, note=request.POST.get("note", ""))

    def make() -> JsonObject:
        post = _post(by, slug, post_id)
        change_claim(by=by, post_id=post.pk, change=wanted, base_revision=_revision(request), at=clock.now())
        return {"id": post_id}

    key = request.POST.get("key", "")
    try:
        once(request, by, f"{key}-{state[:20]}" if key else "", make)
    except StaleRevision as stale:
        if wants_json(request):
            raise
        messages.error(request, str(stale))
        return _back(request, slug)
    if wants_json(request):
        look = Look(by, queries.liveblog_for(by, slug), clock.now())
        html = card_html(request, look, post_id)
        return JsonResponse({"id": post_id, "html": html, "message": _SETTLED[state]})
    messages.success(request, _SETTLED[state])
    return _back(request, slug)


def _post(by: Staff, slug: str, post_id: str) -> Post:
    """The post of this very live blog. Raises: NotFound."""
    post = queries.post_for(by, post_id)
    if post.liveblog_id != queries.liveblog_for(by, slug).pk:
        raise NotFound(f"There is no post {post_id!r} in this live blog; it may stand in another.")
    return post


def _revision(request: HttpRequest) -> int:
    """The revision that was looked at. Raises: InvalidInput: without it two people could overwrite each other."""
    text = request.POST.get("base_revision", "")
    if text.isascii() and text.isdigit() and 0 < int(text[:20]) <= limits.CURSOR_MAX:
        return int(text)
    raise InvalidInput("base_revision", "The revision of the post is missing; reload the page and try again.")


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    """To the list it was pressed in, with the filters of that list; else to the live blog."""
    if "back" not in request.POST:
        return redirect("desk:liveblog", slug=slug)
    return redirect(f"{reverse('desk:claims', args=[slug])}?{_known(request.POST['back'])}")


def _known(query: str) -> str:
    """Only what this page understands, so that an address from outside leads nowhere else."""
    asked = QueryDict(query[: limits.CLAIM_SOURCE_CHARS * 4])
    return urlencode({name: asked[name] for name in ("state", "q") if name in asked})

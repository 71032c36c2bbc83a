"""Two pairs of eyes: a post before an editor, and what the editor decides."""

from django.http import HttpRequest, HttpResponse

from stoppress.desk.door import desk_view
from stoppress.desk.views.posts import deed_on
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.return_post import approve_post, return_post
from stoppress.liveblogs.actions.submit_post import submit_post, take_back_post
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff


@desk_view("POST")
def submit(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """A draft waits for an editor as it stands."""

    def act(pk: str) -> object:
        return submit_post(by=by, post_id=pk, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Submitted: an editor publishes it or returns it.")


@desk_view("POST")
def take_back(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """It waits no longer; it is its author's draft again."""

    def act(pk: str) -> object:
        return take_back_post(by=by, post_id=pk, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Taken back. It is your draft again.")


@desk_view("POST")
def approve(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """Out with it, or scheduled for the time that was asked for. `revision`: the one on the editor's screen."""
    revision = _revision(request.POST.get("revision", ""))

    def act(pk: str) -> object:
        return approve_post(by=by, post_id=pk, base_revision=revision, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Approved.")


@desk_view("POST")
def give_back(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """Back to its author, with a `note` on what is to be mended."""

    def act(pk: str) -> object:
        return return_post(by=by, post_id=pk, note=request.POST.get("note", ""), at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Returned: its author sees your note on the draft.")


def _revision(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:19]) <= limits.CURSOR_MAX:
        return int(text)
    raise InvalidInput("revision", "Say which revision you have read. Reload the page and press again.")

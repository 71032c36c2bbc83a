"""Several hands on one live blog: who is here, which posts are open, the chat, and the stream that tells it.

Windows say again and again that they are there; saying the same twice does no harm, so these carry no key. A chat
message does.
"""

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse

from stoppress.desk.answers import problem
from stoppress.desk.door import desk_view
from stoppress.desk.once import once
from stoppress.events.changes import JsonObject
from stoppress.events.seat import HEADER, Seat
from stoppress.lib import clock, limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.chat import say
from stoppress.liveblogs.actions.lease import take_lease
from stoppress.liveblogs.actions.presence import leave_liveblog, note_presence
from stoppress.liveblogs.newsroom_state import chat_page, newsroom_state
from stoppress.liveblogs.refusals import InvalidInput, Leased, NotFound
from stoppress.newsroom.roles import Staff
from stoppress.newsroom.signed_in import session_number


@desk_view("GET")
def state(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:  # noqa: ARG001 (a view)
    """What is going on here, for this person: the same object that the stream sends."""
    return JsonResponse(newsroom_state(by, slug, clock.now()))


@desk_view("GET")
def events(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """204, with the seat of whoever asks: the server before this application makes a stream of it if it can.

    See `edge/newsroom.py`. Where the answer itself arrives, no stream is to be had now; browsers then ask no more.
    """
    blog = queries.liveblog_for(by, slug)
    answer = HttpResponse(status=204)
    number = session_number(request.session.session_key or "", by.user_id)
    if number is not None:
        answer[HEADER] = str(Seat(by.user_id, number, blog.pk, blog.slug))
    return answer


@desk_view("POST")
def here(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """`{tab, writing: [post id or "new"]}`: this window is open. `{tab, gone: true}`: it is being closed."""
    fields = _fields(request, {"tab", "writing", "gone"})
    tab, at = _text(fields, "tab"), clock.now()
    if fields.get("gone") is True:
        leave_liveblog(by=by, slug=slug, tab=tab, at=at)
    else:
        note_presence(by=by, slug=slug, tab=tab, writing=_texts(fields, "writing"), at=at)
    return JsonResponse({})


@desk_view("POST")
def lease(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """`{tab, over}`: open the post for writing. 409 with `holder` when a colleague has it and `over` is not true."""
    blog = queries.liveblog_for(by, slug)
    if queries.post_for(by, post_id).liveblog_id != blog.pk:
        raise NotFound(f"There is no post {post_id!r} in this live blog; it may stand in another.")
    fields = _fields(request, {"tab", "over"})
    try:
        take_lease(
            by=by, post_id=post_id, tab=_text(fields, "tab"), over=fields.get("over") is True, at=clock.now()
        )
    except Leased as leased:
        return problem(leased.http_status, str(leased), holder=leased.name)
    return JsonResponse({})


@desk_view("GET", "POST")
def chat(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """GET: the newest messages, or those older than number `?before=n`. POST: `{key, text}` says something."""
    blog = queries.liveblog_for(by, slug)
    if request.method != "POST":
        return JsonResponse(chat_page(blog, before=_before(request.GET.get("before"))))
    fields = _fields(request, {"key", "text"})
    text = _text(fields, "text")

    def make() -> JsonObject:
        return {"id": say(by=by, slug=slug, text=text, at=clock.now()).pk}

    return JsonResponse(once(request, by, _text(fields, "key"), make), status=201)


# --- what came --------------------------------------------------------------------------------------


def _fields(request: HttpRequest, known: set[str]) -> Mapping[str, object]:
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.keys() - known:
        raise InvalidInput(
            "body", f"An object with {', '.join(sorted(known))} was expected; reload the page."
        )
    return fields


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise InvalidInput(name, f"The {name} is a text; something else came. Reload the page.")
    return value


def _texts(fields: Mapping[str, object], name: str) -> list[str]:
    value = fields.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InvalidInput(name, f"The {name} is a list of texts; something else came. Reload the page.")
    return value


def _before(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and int(text) <= limits.CURSOR_MAX:
        return int(text)
    raise InvalidInput("before", f"before is the number of a message; {text[:40]!r} is none.")

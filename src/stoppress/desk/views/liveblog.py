"""One live blog: the screen where the work is done, and what changes the live blog as a whole."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from stoppress.desk.answers import wants_json
from stoppress.desk.door import desk_view
from stoppress.desk.once import form_key, once
from stoppress.desk.shown import Card, Look, card, coming, new_key, side
from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.events.changes import JsonObject
from stoppress.events.kinds import Kind
from stoppress.lib import clock, limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.change_status import (
    close_liveblog,
    open_liveblog,
    pause_liveblog,
    reopen_liveblog,
)
from stoppress.liveblogs.actions.hand_over import leave_handover
from stoppress.liveblogs.actions.pin_post import unpin_post
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.models import Event, Post
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.roles import Staff

_STATUS = {
    "open": (open_liveblog, "The live blog is open: readers see it."),
    "pause": (pause_liveblog, "The live blog is paused: readers are told that coverage rests."),
    "close": (close_liveblog, "The live blog is closed: the page says “as it happened”."),
    "reopen": (reopen_liveblog, "The live blog is open again."),
}
_SHIFT = {
    "start": (start_shift, "You are on shift: the byline says so."),
    "end": (end_shift, "Your shift has ended."),
}


@desk_view("GET")
def show(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """Drafts, composer, timeline, live blog. `?q=` finds posts by their words, `?all` shows every post."""
    look = Look(by, queries.liveblog_for(by, slug), clock.now())
    asked = " ".join(request.GET.get("q", "").split())[: limits.HEADLINE_CHARS]
    whole = bool(asked) or "all" in request.GET
    rows = limits.POSTS_PER_LIVEBLOG if whole else limits.DESK_POSTS
    public = queries.timeline(by, slug, rows + 1)
    waiting = queries.coming(by, slug, limits.DESK_POSTS)
    found = [post for post in [*waiting, *public[:rows]] if _speaks_of(post, asked)]
    context = {
        "look": look,
        "by": by,
        "blog": look.blog,
        "cards": _newest_first([card(look, post) for post in found]),
        "coming": coming(look, waiting),
        "side": side(look),
        "more": len(public) > rows,
        "asked": asked,
        "upload_bytes": limits.UPLOAD_BYTES,
        "limits": limits,
        "key": new_key(),
    }
    return render(request, "desk/liveblog.html", context)


def _newest_first(cards: list[Card]) -> list[Card]:
    return sorted(cards, key=lambda shown: (shown.at, shown.post.pk), reverse=True)


def _speaks_of(post: Post, asked: str) -> bool:
    """Whether every word asked for stands somewhere in the post."""
    if not asked:
        return True
    parts = (post.headline, post.dateline, *post.byline, plain_text(Document.stored(post.document)))
    text = "\n".join(parts).casefold()
    return all(word in text for word in asked.casefold().split())


@desk_view("GET")
def changes(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """What is different since event `?after=n`: cards of touched posts and both columns. 204 when nothing is."""
    after = _cursor(request.GET.get("after", ""))
    # The numbers first: a change committed meanwhile may be shown early, never counted as shown when it is not.
    events = queries.events_after(slug, after, limits.CHANGES_AT_ONCE + 1)
    look = Look(by, queries.liveblog_for(by, slug), clock.now())
    if not events and after <= look.blog.last_seq:
        return HttpResponse(status=204)
    body: JsonObject = {
        "seq": events[-1].seq if events else look.blog.last_seq,
        "reload": not events or len(events) > limits.CHANGES_AT_ONCE,
        "status": look.blog.status,
        "headline": look.blog.headline,
        "zone": look.blog.timezone,
        "pinned": look.blog.pinned_post_id or "",
        "posts": [],
    }
    if not body["reload"]:
        cards = ((post_id, card_html(request, look, post_id)) for post_id in _touched(look, events))
        body["posts"] = [{"id": post_id, "html": html} for post_id, html in cards]
        body |= columns(request, look)
    return JsonResponse(body)


def _touched(look: Look, events: list[Event]) -> list[str]:
    """Ids of the posts whose cards these events changed; opening the live blog changes every card."""
    ids = [event.post_id for event in events if event.post_id]
    if any(event.kind == Kind.LIVEBLOG_OPENED for event in events):
        ids += [post.pk for post in queries.timeline(look.by, look.blog.slug, limits.DESK_POSTS)]
    return list(dict.fromkeys(ids))


def _cursor(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= limits.CURSOR_MAX:
        return int(text)
    raise InvalidInput("after", f"after is the number of an event, 0 or more; {text[:40]!r} is none.")


def card_html(request: HttpRequest, look: Look, post_id: str) -> str | None:
    """The post's card as this person sees it now, or None: gone, or not for them."""
    try:
        post = queries.post_for(look.by, post_id)
    except NotFound:
        return None
    context = {"card": card(look, post), "look": look, "blog": look.blog}
    return render_to_string("desk/card.html", context, request)


def columns(request: HttpRequest, look: Look) -> JsonObject:
    """Both side columns, and what stands above the composer, as HTML."""
    waiting = queries.coming(look.by, look.blog.slug, limits.DESK_POSTS)
    shown = side(look)
    context = {"look": look, "blog": look.blog, "coming": coming(look, waiting), "side": shown}
    return {
        "coming": render_to_string("desk/coming.html", context, request),
        "side": render_to_string("desk/side.html", context, request),
        "handover": render_to_string("desk/handover.html", context | {"handover": shown.handover}, request),
    }


Choice = TypeVar("Choice")


@desk_view("POST")
def change_status(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """`to`: open, pause, close or reopen."""
    act, message = _chosen(request, "to", _STATUS)
    return deed_in(request, by, slug, lambda: act(by=by, slug=slug, at=clock.now()), message)


@desk_view("POST")
def change_shift(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """`to`: start or end the shift of whoever asks; at its end with a `note` for the next, or none."""
    act, message = _chosen(request, "to", _SHIFT)
    note = request.POST.get("note", "") if request.POST.get("to") == "end" else ""

    def deed() -> int:
        if note.strip():
            leave_handover(by=by, slug=slug, text=note, at=clock.now())
        return act(by=by, slug=slug, at=clock.now())

    return deed_in(request, by, slug, deed, message)


@desk_view("POST")
def unpin(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """Nothing is pinned any more."""
    return deed_in(request, by, slug, lambda: unpin_post(by=by, slug=slug, at=clock.now()), "Unpinned.")


def _chosen(request: HttpRequest, field: str, choices: dict[str, Choice]) -> Choice:
    value = request.POST.get(field, "")
    if value not in choices:
        raise InvalidInput(
            field, f"Press one of the buttons: {', '.join(choices)}. {value[:40]!r} is none of them."
        )
    return choices[value]


def deed_in(request: HttpRequest, by: Staff, slug: str, act: Callable[[], int], message: str) -> HttpResponse:
    """Do it once; the script gets a sentence, a plain form goes back to the live blog. Called by `handover.py` too."""
    once(request, by, form_key(request), lambda: {"seq": act()})
    if wants_json(request):
        return JsonResponse({"message": message})
    messages.success(request, message)
    return redirect("desk:liveblog", slug=slug)

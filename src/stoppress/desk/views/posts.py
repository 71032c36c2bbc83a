"""One post: written, read with its history, and everything that is done to it."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from stoppress.desk.answers import problem, wants_json
from stoppress.desk.door import desk_view
from stoppress.desk.forms.post import Intent, PostForm, read_post_form
from stoppress.desk.meeting import KEPT_AS, keep_beside, told_kept, two_versions
from stoppress.desk.moments import local_form
from stoppress.desk.once import form_key, once
from stoppress.desk.safe_html import shown_document
from stoppress.desk.shown import Look, card, history
from stoppress.desk.views.liveblog import card_html
from stoppress.document.schema import Document
from stoppress.events.changes import JsonObject
from stoppress.lib import clock, limits
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.content import Written
from stoppress.liveblogs.actions.draft_post import discard_draft, draft_post, save_draft
from stoppress.liveblogs.actions.keep_copy import settle_copy
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.pin_post import pin_post, unpin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post, publish_post
from stoppress.liveblogs.actions.schedule_post import schedule_new_post, schedule_post, unschedule_post
from stoppress.liveblogs.actions.submit_post import submit_new_post, submit_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import InvalidInput, NotFound, StaleRevision, WrongState
from stoppress.newsroom.roles import Staff


def _post(by: Staff, slug: str, post_id: str) -> Post:
    """The post of this very live blog. Raises: NotFound."""
    blog = queries.liveblog_for(by, slug)
    post = queries.post_for(by, post_id)
    if post.liveblog_id != blog.pk:
        raise NotFound(f"There is no post {post_id!r} in this live blog; it may stand in another.")
    return post


def _is_there(by: Staff, post_id: str) -> bool:
    try:
        queries.post_for(by, post_id)
    except NotFound:
        return False
    return True


def _look(by: Staff, slug: str) -> Look:
    return Look(by, queries.liveblog_for(by, slug), clock.now())


# --- reading ----------------------------------------------------------------------------------------


@desk_view("GET")
def show(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """The post with its history and what readers have been told."""
    post = _post(by, slug, post_id)
    look = _look(by, slug)
    context = {
        "look": look,
        "by": by,
        "blog": look.blog,
        "card": card(look, post),
        "versions": history(post, queries.revisions_of(by, post_id)),
        "upload_bytes": limits.UPLOAD_BYTES,
        "limits": limits,
        "on_its_page": True,
    }
    return render(request, "desk/post.html", context)


@desk_view("GET")
def fragment(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """The post's card alone, for a page that shows it already."""
    html = card_html(request, _look(by, slug), _post(by, slug, post_id).pk)
    return JsonResponse({"html": html}) if wants_json(request) else HttpResponse(html)


def _content(by: Staff, post: Post, zone: str) -> JsonObject:
    """The post as the composer takes it."""
    access.check_touch(by, post, "change")
    if post.state == State.WITHDRAWN:
        raise WrongState("The post was withdrawn, and what is withdrawn stays so; write a new post.")
    return {
        "id": post.pk,
        "revision": post.revision,
        "state": post.state,
        "headline": post.headline,
        "dateline": post.dateline,
        "byline": post.byline,
        "document": Document.stored(post.document).root,
        "key_event": post.key_event,
        "summary": post.summary,
        "publish_at": local_form(post.publish_at, zone),
    }


# --- writing ----------------------------------------------------------------------------------------


@desk_view("POST")
def create(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """A new post from the composer: JSON in, `{id, seq, revision, state, html}` out."""
    blog = queries.liveblog_for(by, slug)
    form = read_post_form(request.body, blog.timezone)
    done = once(request, by, form.key, lambda: _settled(by, slug, form, _write_new(by, slug, form)))
    return _written(request, by, slug, done, status=201)


def _write_new(by: Staff, slug: str, form: PostForm) -> Written:
    at = clock.now()
    if form.intent is Intent.DRAFT:
        return draft_post(by=by, slug=slug, content=form.content, marks=form.marks, at=at)
    if access.submits(by):  # by the house rule, to publish is to ask an editor
        return submit_new_post(
            by=by, slug=slug, content=form.content, marks=form.marks, publish_at=form.publish_at, at=at
        )
    if form.publish_at is not None:
        return schedule_new_post(
            by=by, slug=slug, content=form.content, marks=form.marks, publish_at=form.publish_at, at=at
        )
    return publish_new_post(by=by, slug=slug, content=form.content, marks=form.marks, at=at)


@desk_view("GET", "POST")
def content(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """GET: the post for the composer. POST: its next version; 412 with their text when somebody was faster."""
    blog = queries.liveblog_for(by, slug)
    if request.method != "POST":
        return JsonResponse(_content(by, _post(by, slug, post_id), blog.timezone))
    form = read_post_form(request.body, blog.timezone)
    try:
        done = once(
            request,
            by,
            form.key,
            lambda: _settled(by, slug, form, _write(by, _post(by, slug, post_id), form)),
        )
    except StaleRevision as stale:
        return problem(stale.http_status, str(stale), current=_theirs(by, post_id, form))
    except WrongState:
        kept = keep_beside(request, by, post_id, key=form.key, content=form.content)
        if kept is None:
            raise
        return told_kept(slug, kept)
    if KEPT_AS in done:
        return told_kept(slug, done)
    return _written(request, by, slug, done, status=200)


def _write(by: Staff, post: Post, form: PostForm) -> Written:
    """Save the text, then what the button asked for; one transaction (`once` holds it)."""
    at, post_id = clock.now(), post.pk
    if form.intent is Intent.AMEND or (form.intent is Intent.PUBLISH and post.state == State.PUBLISHED):
        written = amend_post(
            by=by,
            post_id=post_id,
            content=form.content,
            base_revision=form.base_revision,
            correction=form.correction,
            at=at,
        )
    else:
        written = save_draft(
            by=by, post_id=post_id, content=form.content, base_revision=form.base_revision, at=at
        )
    if (form.key_event, form.summary) != (None, None):
        written = mark_post(by=by, post_id=post_id, key_event=form.key_event, summary=form.summary, at=at)
    if (
        form.intent in (Intent.PUBLISH, Intent.SCHEDULE)
        and post.state != State.PUBLISHED
        and access.submits(by)
    ):
        return submit_post(by=by, post_id=post_id, publish_at=form.publish_at, at=at)
    if form.publish_at is not None:
        return schedule_post(by=by, post_id=post_id, publish_at=form.publish_at, at=at)
    return publish_post(by=by, post_id=post_id, at=at) if form.intent is Intent.PUBLISH else written


def _settled(by: Staff, slug: str, form: PostForm, written: Written) -> JsonObject:
    """What was written; the copy of it that was kept while it was typed goes in the same transaction."""
    if form.copy:
        settle_copy(by=by, slug=slug, name=form.copy, at=clock.now())
    return {"id": written.post_id, "seq": written.seq, "revision": written.revision}


def _written(request: HttpRequest, by: Staff, slug: str, done: JsonObject, *, status: int) -> HttpResponse:
    """What was done, with the post as it stands now: a repeat may come later than another's change."""
    post_id = str(done["id"])
    look = _look(by, slug)
    html = card_html(request, look, post_id)
    state = queries.post_for(by, post_id).state if html else "gone"
    return JsonResponse({**done, "state": state, "html": html}, status=status)


def _theirs(by: Staff, post_id: str, mine: PostForm) -> JsonObject:
    """The newest version, for whoever wrote on an older one, and where the two differ."""
    newest = queries.revisions_of(by, post_id)[0]
    return {
        "revision": newest.number,
        "by": str(newest.by or "Somebody"),
        "at": rfc3339(newest.at),
        "headline": newest.headline,
        "dateline": newest.dateline,
        "byline": newest.byline,
        "document": newest.document,
        "html": shown_document(newest.document),
        "differences": two_versions(newest, mine.content),
    }


# --- deeds: plain forms, which the script sends without leaving the page ----------------------------


def deed_on(
    request: HttpRequest,
    by: Staff,
    post: tuple[str, str],
    act: Callable[[str], object],
    message: str,
) -> HttpResponse:
    """Do `act` to the post (its live blog's slug, its id) once, then show the post as it stands.

    Called by `approval.py` too.
    """
    slug, post_id = post

    def make() -> JsonObject:
        act(_post(by, slug, post_id).pk)
        return {"id": post_id}

    once(request, by, form_key(request), make)
    if wants_json(request):
        html = card_html(request, _look(by, slug), post_id)
        return JsonResponse({"id": post_id, "html": html, "message": message})
    messages.success(request, message)
    if request.POST.get("back") == "post" and _is_there(by, post_id):
        return redirect("desk:post", slug=slug, post_id=post_id)
    return redirect(f"{reverse('desk:liveblog', args=[slug])}#post-{post_id}")


@desk_view("POST")
def publish(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """A draft or scheduled post goes out as it stands."""

    def act(pk: str) -> object:
        return publish_post(by=by, post_id=pk, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Published.")


@desk_view("POST")
def unschedule(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """It will not go out by itself; it is a draft again."""

    def act(pk: str) -> object:
        return unschedule_post(by=by, post_id=pk, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "It will not go out by itself. It is a draft again.")


@desk_view("POST")
def discard(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """A draft is thrown away."""

    def act(pk: str) -> None:
        discard_draft(by=by, post_id=pk, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "The draft is thrown away.")


@desk_view("POST")
def withdraw(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """Taken down in public; `reason` stays for readers and for the record."""

    def act(pk: str) -> object:
        return withdraw_post(by=by, post_id=pk, reason=request.POST.get("reason", ""), at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Withdrawn: readers see the reason in its place.")


@desk_view("POST")
def pin(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """`on`: 1 pins the post above the others, 0 lets it go."""
    on = _switch(request, "on")

    def act(pk: str) -> object:
        if on:
            return pin_post(by=by, post_id=pk, at=clock.now())
        return unpin_post(by=by, slug=slug, at=clock.now())

    return deed_on(request, by, (slug, post_id), act, "Pinned above the posts." if on else "Unpinned.")


@desk_view("POST")
def mark(request: HttpRequest, by: Staff, slug: str, post_id: str) -> HttpResponse:
    """`key_event` or `summary`: 1 sets the mark, 0 clears it."""
    name = "summary" if "summary" in request.POST else "key_event"
    on = _switch(request, name)

    def act(pk: str) -> object:
        if name == "summary":
            return mark_post(by=by, post_id=pk, summary=on, at=clock.now())
        return mark_post(by=by, post_id=pk, key_event=on, at=clock.now())

    word = "summary" if name == "summary" else "key event"
    return deed_on(
        request, by, (slug, post_id), act, f"Marked as a {word}." if on else f"No longer a {word}."
    )


def _switch(request: HttpRequest, name: str) -> bool:
    value = request.POST.get(name, "")
    if value not in ("0", "1"):
        raise InvalidInput(
            name, f"{name} is 1 or 0; {json.dumps(value[:20])} came. Reload the page and try again."
        )
    return value == "1"

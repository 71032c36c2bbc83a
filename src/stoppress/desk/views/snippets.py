"""Templates and snippets: the list, one of them, and what the composer's menu is given."""

from collections.abc import Callable
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from stoppress.desk.door import desk_view
from stoppress.desk.forms.liveblog import put_refusal
from stoppress.desk.forms.snippet import SnippetForm
from stoppress.desk.once import form_key, once
from stoppress.desk.shown import new_key
from stoppress.document.parse import InvalidDocument
from stoppress.events.changes import JsonObject
from stoppress.lib import clock
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.actions.keep_snippet import (
    SnippetContent,
    add_snippet,
    change_snippet,
    remove_snippet,
    snippet_to_change,
)
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.liveblogs.snippets import BUILT_IN, PLACEHOLDERS, document_of, facts_for, snippets_of
from stoppress.newsroom.roles import Staff


@desk_view("GET")
def index(request: HttpRequest, by: Staff) -> HttpResponse:
    """All of them, for everybody; buttons to change them for those who lead."""
    context = {"by": by, "snippets": snippets_of(by), "may_lead": access.may_lead(by)}
    return render(request, "desk/snippets.html", context)


@desk_view("GET", "POST")
def add(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET shows an empty form, or with `?instead_of=` a built-in one to put the title's own words into."""
    access.check_lead(by, "change the title's snippets")
    instead_of = request.GET.get("instead_of", "")
    start = next((asdict(shown) for shown in BUILT_IN if shown.built_in == instead_of), None)
    form = SnippetForm(request.POST or None, initial=start)

    def act(content: SnippetContent) -> int:
        return add_snippet(by=by, content=content, instead_of=instead_of, at=clock.now())

    return _edited(request, by, form, act)


@desk_view("GET", "POST")
def change(request: HttpRequest, by: Staff, snippet_id: int) -> HttpResponse:
    """GET shows it in a form; POST keeps what it holds now."""
    row = snippet_to_change(by, snippet_id)
    given = {"name": row.name, "headline": row.headline, "text": row.text, "summary": row.summary}
    form = SnippetForm(request.POST or None, initial=given)

    def act(content: SnippetContent) -> int:
        change_snippet(by=by, snippet_id=snippet_id, content=content, at=clock.now())
        return snippet_id

    return _edited(request, by, form, act, changing=True)


@desk_view("POST")
def remove(request: HttpRequest, by: Staff, snippet_id: int) -> HttpResponse:
    """It is gone from the menu; posts in which it was used stay as they are."""

    def act() -> JsonObject:
        remove_snippet(by=by, snippet_id=snippet_id)
        return {}

    once(request, by, form_key(request), act)
    messages.success(request, "Removed. Posts in which it was used stay as they are.")
    return redirect("desk:snippets")


def _edited(
    request: HttpRequest,
    by: Staff,
    form: SnippetForm,
    act: Callable[[SnippetContent], int],
    *,
    changing: bool = False,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        content = SnippetContent(**form.cleaned_data)
        try:
            once(request, by, form_key(request), lambda: {"id": act(content)})
        except InvalidInput as refused:
            put_refusal(form, refused)
        except InvalidDocument as invalid:
            form.add_error("text", str(invalid))
        else:
            messages.success(request, f"Saved. “{content.name}” is in the menu that / opens.")
            return redirect("desk:snippets")
    context = {
        "by": by,
        "form": form,
        "changing": changing,
        "placeholders": PLACEHOLDERS.items(),
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "desk/snippet.html", context, status=422 if form.errors else 200)


@desk_view("GET")
def menu(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """For the composer: each snippet as a document with its placeholders, and what fills them but the time."""
    access.check_write(by)
    blog = queries.liveblog_for(by, slug)
    found = [
        {
            "name": shown.name,
            "headline": shown.headline,
            "summary": shown.summary and access.may_lead(by),
            "document": document_of(shown),
        }
        for shown in snippets_of(by)
    ]
    return JsonResponse({"snippets": found, "facts": facts_for(by, blog, clock.now())})

"""The list of live blogs, a new one, and the settings of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from stoppress.desk.door import desk_view
from stoppress.desk.forms.liveblog import HeadForm, NewLiveBlogForm, put_refusal, zones
from stoppress.desk.once import once
from stoppress.desk.shown import Look, new_key
from stoppress.events import reach
from stoppress.lib import clock
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.models import Status
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.queries import publisher
from stoppress.newsroom.roles import Staff

_SECTIONS = (
    (Status.LIVE, "Live"),
    (Status.PAUSED, "Paused"),
    (Status.DRAFT, "Drafts"),
    (Status.CLOSED, "Closed"),
)


@desk_view("GET")
def index(request: HttpRequest, by: Staff) -> HttpResponse:
    """Every live blog of the newsroom, by status."""
    listed = queries.liveblogs_of(by)
    readers = reach.read(request.headers.get(reach.HEADER, ""))
    sections = [
        (
            status.value,
            word,
            [(line, readers.get(line.blog.pk, 0)) for line in listed if line.blog.status == status],
        )
        for status, word in _SECTIONS
    ]
    context = {"by": by, "sections": sections, "any": bool(listed), "may_lead": access.may_lead(by)}
    return render(request, "desk/liveblogs.html", context)


@desk_view("GET", "POST")
def create(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET shows the form; POST makes the live blog and goes there."""
    access.check_lead(by, "create live blogs")
    title = publisher()
    start = {
        "timezone": title.timezone if title else "UTC",
        "language": title.language if title else "en",
        "key": new_key(),
        "status": "draft",
    }
    form = NewLiveBlogForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = once(request, by, form.cleaned_data["key"], lambda: {"slug": _made(by, form)})
        except InvalidInput as refused:
            put_refusal(form, refused)
        else:
            return redirect("desk:liveblog", slug=made["slug"])
    context = {"by": by, "form": form, "zones": zones()}
    return render(request, "desk/create_liveblog.html", context, status=422 if form.errors else 200)


def _made(by: Staff, form: NewLiveBlogForm) -> str:
    fields = form.cleaned_data
    details = NewLiveBlog(
        headline=fields["headline"],
        standfirst=fields["standfirst"],
        topics=fields["topics"],
        slug=fields["slug"],
        timezone=fields["timezone"],
        language=fields["language"],
        status=fields["status"],
    )
    return create_liveblog(by=by, details=details, at=clock.now()).slug


@desk_view("GET", "POST")
def settings(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """GET shows headline, standfirst, topics and time zone; POST changes them."""
    blog = queries.liveblog_for(by, slug)
    access.check_lead(by, "change a live blog's headline")
    start = {
        "headline": blog.headline,
        "standfirst": blog.standfirst,
        "topics": ", ".join(blog.topics),
        "timezone": blog.timezone,
    }
    form = HeadForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            once(request, by, request.POST.get("key", ""), lambda: {"seq": _changed(by, slug, form)})
        except InvalidInput as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, "Saved. Open pages show it now.")
            return redirect(reverse("desk:liveblog", args=[slug]))
    context = {
        "look": Look(by, blog, clock.now()),
        "by": by,
        "form": form,
        "zones": zones(),
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "desk/settings.html", context, status=422 if form.errors else 200)


def _changed(by: Staff, slug: str, form: HeadForm) -> int:
    fields = form.cleaned_data
    change = LiveBlogChange(
        headline=fields["headline"],
        standfirst=fields["standfirst"],
        timezone=fields["timezone"],
        topics=fields["topics"],
    )
    return change_liveblog(by=by, slug=slug, change=change, at=clock.now())

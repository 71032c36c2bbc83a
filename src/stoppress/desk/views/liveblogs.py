"""The list of live blogs, a new one, and the settings of one."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from stoppress.desk.door import desk_view
from stoppress.desk.forms.liveblog import NewLiveBlogForm, SettingsForm, put_refusal, zones
from stoppress.desk.moments import moment_in, plain_form
from stoppress.desk.once import once
from stoppress.desk.shown import Look, new_key
from stoppress.events import reach
from stoppress.lib import clock
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.content import About, NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.models import LiveBlog, Status
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
        about=About(
            event_name=fields["event_name"],
            event_place=fields["event_place"],
            event_starts_at=_moment("event_starts_at", None, form),
            planned_end_at=_moment("planned_end_at", None, form),
        ),
    )
    return create_liveblog(by=by, details=details, at=clock.now()).slug


@desk_view("GET", "POST")
def settings(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """GET shows headline, standfirst, topics, time zone and event; POST changes them."""
    blog = queries.liveblog_for(by, slug)
    access.check_lead(by, "change a live blog's headline")
    start = {
        "headline": blog.headline,
        "standfirst": blog.standfirst,
        "topics": ", ".join(blog.topics),
        "timezone": blog.timezone,
        "event_name": blog.event_name,
        "event_place": blog.event_place,
        "event_starts_at": plain_form(blog.event_starts_at, blog.timezone),
        "planned_end_at": plain_form(blog.planned_end_at, blog.timezone),
    }
    form = SettingsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            once(request, by, request.POST.get("key", ""), lambda: {"seq": _changed(by, blog, form)})
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


def _changed(by: Staff, blog: LiveBlog, form: SettingsForm) -> int:
    fields = form.cleaned_data
    change = LiveBlogChange(
        headline=fields["headline"],
        standfirst=fields["standfirst"],
        timezone=fields["timezone"],
        topics=fields["topics"],
        about=About(
            event_name=fields["event_name"],
            event_place=fields["event_place"],
            event_starts_at=_moment("event_starts_at", blog.event_starts_at, form),
            planned_end_at=_moment("planned_end_at", blog.planned_end_at, form),
        ),
    )
    return change_liveblog(by=by, slug=blog.slug, change=change, at=clock.now())


def _moment(name: str, stands: datetime | None, form: SettingsForm) -> datetime | None:
    """What the field says by the clock in the form; what nobody touched stays, to the second."""
    zone = form.cleaned_data["timezone"]
    if not {name, "timezone"}.intersection(form.changed_data):
        return stands
    return moment_in(name, form.cleaned_data[name], zone)

"""Pages by which readers know those who write: one's own, and everybody's for who looks after the title."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.desk.door import desk_view
from stoppress.desk.forms.liveblog import put_refusal
from stoppress.desk.forms.title_pages import AuthorForm
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_author import AuthorWords, keep_author
from stoppress.liveblogs.actions.upload_media import Upload, media_for, upload_described_media
from stoppress.liveblogs.models import Media
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom import access
from stoppress.newsroom.address import address_of
from stoppress.newsroom.authors import AuthorLine, author_line, author_lines
from stoppress.newsroom.roles import Staff


@desk_view("GET")
def index(request: HttpRequest, by: Staff) -> HttpResponse:
    """Everybody who works here, with their page if they have one."""
    access.check_manage(by, "look after the pages of those who write")
    return render(request, "desk/authors.html", {"by": by, "people": author_lines(by)})


@desk_view("GET", "POST")
def own(request: HttpRequest, by: Staff) -> HttpResponse:
    """One's own page."""
    return _one(request, by, author_line(by, by.user_id), "desk:own_author")


@desk_view("GET", "POST")
def show(request: HttpRequest, by: Staff, user_id: int) -> HttpResponse:
    """Somebody's page, for who looks after the title."""
    access.check_manage(by, "write somebody else's page for readers")
    return _one(request, by, author_line(by, user_id), "desk:authors")


def _one(request: HttpRequest, by: Staff, line: AuthorLine, after: str) -> HttpResponse:
    """GET shows the page's words; POST keeps them. Doing it twice is doing it once: no key is needed."""
    author = line.author
    start = {
        "role": author.role if author else "",
        "biography": author.biography if author else "",
        "alt": author.portrait.get("alt", "") if author else "",
        "shown": author.shown if author else True,
    }
    form = AuthorForm(request.POST or None, initial=start)
    fault = ""
    if request.method == "POST" and form.is_valid():
        words = AuthorWords(**{name: form.cleaned_data[name] for name in start})
        try:
            portrait = _portrait(request, by, line, words)
            keep_author(
                by=by,
                user_id=line.user_id,
                words=words,
                portrait=portrait,
                at=clock.now(),
                address=address_of(request),
            )
        except InvalidInput as refused:
            fault = str(refused) if refused.field in ("file", "name") else ""
            if not fault:
                put_refusal(form, refused)
        else:
            messages.success(request, "Saved. Bylines lead to the page now.")
            return redirect(after)
    context = {"by": by, "form": form, "line": line, "own": line.user_id == by.user_id, "fault": fault}
    return render(request, "desk/author.html", context, status=422 if form.errors or fault else 200)


def _portrait(request: HttpRequest, by: Staff, line: AuthorLine, words: AuthorWords) -> Media | None:
    """The picture that came, or the one that is there, or none. Raises: InvalidInput (`file`, `alt`)."""
    if "remove_portrait" in request.POST:
        return None
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        kept = str(line.author.portrait.get("id", "")) if line.author else ""
        return media_for(by=by, media_id=kept) if kept else None
    if not words.alt.strip():
        raise InvalidInput(
            "alt", "Say in a few words what the portrait shows, for readers who cannot see it."
        )
    if (file.size or 0) > limits.UPLOAD_BYTES:
        raise InvalidInput("file", f"A picture may have {limits.UPLOAD_BYTES // 1024**2} MB; this has more.")
    upload = Upload(filename=file.name or "portrait", data=file.read(), alt=words.alt)
    return upload_described_media(by=by, upload=upload, at=clock.now())

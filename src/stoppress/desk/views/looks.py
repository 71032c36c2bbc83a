"""How the title looks: colours, typefaces, logo, and the box that asks readers for support."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.desk.door import desk_view
from stoppress.desk.forms.liveblog import put_refusal
from stoppress.desk.forms.looks import LooksForm, shown
from stoppress.lib import clock, limits
from stoppress.lib.colour import best_on
from stoppress.lib.theme import Theme
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.actions.change_looks import Support, change_logo, change_looks
from stoppress.liveblogs.actions.upload_media import upload_media
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.address import address_of
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.queries import title_of
from stoppress.newsroom.roles import Staff


@desk_view("GET", "POST")
def show(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET shows the looks; POST sets them. Doing it twice is doing it once: no key is needed."""
    check_manage(by, "change how the title looks")
    title = title_of(by)
    if request.method != "POST":
        return _page(request, by, title, LooksForm(initial=shown(Theme.stored(title.theme), _support(title))))
    form = LooksForm(request.POST)
    if not form.is_valid():
        return _page(request, by, title, form, status=422)
    try:
        change_looks(
            by=by, theme=form.theme, support=form.support, at=clock.now(), address=address_of(request)
        )
        _set_logo(request, by)
    except InvalidInput as refused:
        if refused.field == "logo":
            return _page(request, by, title_of(by), form, status=422, logo_fault=str(refused))
        put_refusal(form, refused)
        return _page(request, by, title, form, status=422)
    messages.success(request, "Saved. Open pages show it in a moment.")
    return redirect("desk:looks")


def _set_logo(request: HttpRequest, by: Staff) -> None:
    """Raises: InvalidInput (`logo`)."""
    file = request.FILES.get("logo")
    if "remove_logo" in request.POST:
        change_logo(by=by, media=None, at=clock.now(), address=address_of(request))
    elif isinstance(file, UploadedFile):
        if (file.size or 0) > limits.UPLOAD_BYTES:
            raise InvalidInput(
                "logo", f"A picture may have {limits.UPLOAD_BYTES // 1024**2} MB; this has more."
            )
        try:
            media = upload_media(by=by, filename=file.name or "logo", data=file.read(), at=clock.now())
        except InvalidInput as refused:
            raise InvalidInput("logo", str(refused)) from refused
        change_logo(by=by, media=media, at=clock.now(), address=address_of(request))


def _support(title: Publisher) -> Support:
    return Support(title.support_text, title.support_label, title.support_url)


def _page(
    request: HttpRequest,
    by: Staff,
    title: Publisher,
    form: LooksForm,
    *,
    status: int = 200,
    logo_fault: str = "",
) -> HttpResponse:
    theme = Theme.stored(title.theme)
    schemes = [
        ("In light", theme.paper, theme.ink, theme.accent),
        ("In the dark", theme.paper_dark, theme.ink_dark, theme.accent_dark),
    ]
    told = {
        "by": by,
        "form": form,
        "title": title,
        "schemes": schemes,
        "band": theme.masthead,
        "on_band": best_on(theme.masthead) if theme.masthead else "",
        "logo_fault": logo_fault,
    }
    return render(request, "desk/looks.html", told, status=status)

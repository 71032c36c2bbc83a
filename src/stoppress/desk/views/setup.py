"""The first editor's page: behind the one-time link that the first run prints."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from stoppress.desk.answers import refusal
from stoppress.desk.door import unkept
from stoppress.desk.forms.setup import SetupForm
from stoppress.desk.known_device import sign_in_newcomer
from stoppress.newsroom.actions.setup_link import use_setup_link
from stoppress.newsroom.address import address_of
from stoppress.newsroom.queries import setup_link_open
from stoppress.newsroom.refusals import NewsroomRefused

GONE = (
    "This set-up link was used or is too old. If you have an account, sign in; if nobody has, "
    "start the server again for a new link."
)


def set_up(request: HttpRequest, secret: str) -> HttpResponse:
    """GET shows the form, POST makes the first admin and signs them in."""
    if request.method not in ("GET", "POST"):
        return unkept(HttpResponseNotAllowed(["GET", "POST"]))
    if setup_link_open(secret) is None:
        return unkept(refusal(request, 410, GONE))
    form = SetupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = use_setup_link(
                secret=secret,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                address=address_of(request),
            )
        except NewsroomRefused as refused:
            form.add_error(None, str(refused))
        else:
            return sign_in_newcomer(request, user)
    return unkept(render(request, "desk/setup.html", {"form": form}, status=422 if form.errors else 200))

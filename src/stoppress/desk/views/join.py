"""The page behind an invitation: a name, a password, and one is on the staff."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from stoppress.accounts.models import User
from stoppress.desk.answers import refusal
from stoppress.desk.door import unkept
from stoppress.desk.forms.team import JoinForm
from stoppress.desk.known_device import sign_in_newcomer
from stoppress.lib import clock
from stoppress.newsroom.actions.invite import USED, accept_invitation
from stoppress.newsroom.address import address_of
from stoppress.newsroom.queries import invitation_open
from stoppress.newsroom.refusals import NewsroomRefused


def join(request: HttpRequest, secret: str) -> HttpResponse:
    """GET shows the form, POST makes the account and signs in."""
    if request.method not in ("GET", "POST"):
        return unkept(HttpResponseNotAllowed(["GET", "POST"]))
    invitation = invitation_open(secret, clock.now())
    if invitation is None:
        return unkept(refusal(request, 410, USED))
    form = JoinForm(request.POST if request.method == "POST" else None, invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = _joined(request, secret, form)
        except NewsroomRefused as refused:
            form.add_error(None, str(refused))
        else:
            return sign_in_newcomer(request, user)
    context = {"form": form, "invitation": invitation}
    return unkept(render(request, "desk/join.html", context, status=422 if form.errors else 200))


def _joined(request: HttpRequest, secret: str, form: JoinForm) -> User:
    return accept_invitation(
        secret=secret,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["password"],
        at=clock.now(),
        address=address_of(request),
    )

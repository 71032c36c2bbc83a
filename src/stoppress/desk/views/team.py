"""The team page: who is on the staff, as what, and who is invited. For admins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.desk.door import desk_view
from stoppress.desk.forms.team import ROLES, InvitationForm
from stoppress.desk.mail import mail_invitation
from stoppress.lib import clock, limits
from stoppress.newsroom import queries
from stoppress.newsroom.actions.change_staff import change_role, switch_off, switch_on
from stoppress.newsroom.actions.invite import invite, withdraw_invitation
from stoppress.newsroom.actions.second_factor import remove_second_factor, require_second_factor
from stoppress.newsroom.address import address_of
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Role, Staff


@desk_view("GET")
def show(request: HttpRequest, by: Staff) -> HttpResponse:
    """Everybody, the open invitations, the house rule."""
    return _page(request, by, InvitationForm())


def _page(
    request: HttpRequest, by: Staff, form: InvitationForm, *, link: str = "", mailed: bool = False
) -> HttpResponse:
    people = queries.people(by)
    active = [person for person in people if person.user.is_active]
    context = {
        "by": by,
        "people": people,
        "active": len(active),
        "without_factor": sum(1 for person in active if not person.factors),
        "invitations": queries.invitations(by, clock.now()),
        "required": queries.requires_second_factor(by),
        "roles": ROLES,
        "form": form,
        "link": link,
        "mailed": mailed,
        "hours": limits.INVITATION_HOURS,
        "zone": _zone(),
    }
    return render(request, "desk/team.html", context, status=422 if form.errors else 200)


def _zone() -> str:
    title = queries.publisher()
    return title.timezone if title else "UTC"


@desk_view("POST")
def invite_person(request: HttpRequest, by: Staff) -> HttpResponse:
    """Makes the link, mails it where mail is set up, and shows it once."""
    queries.people(by)  # refuses who may not
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, by, form)
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    try:
        secret = invite(by=by, email=email, role=role, at=clock.now(), address=address_of(request))
    except NewsroomRefused as refused:
        form.add_error("email", str(refused))
        return _page(request, by, form)
    link, mailed = mail_invitation(by=by, email=email, role=role, secret=secret)
    return _page(request, by, InvitationForm(), link=link, mailed=mailed)


@desk_view("POST")
def take_back(request: HttpRequest, by: Staff, invitation_id: int) -> HttpResponse:
    """The invitation no longer works."""
    withdraw_invitation(by=by, invitation_id=invitation_id, at=clock.now(), address=address_of(request))
    messages.success(request, "The invitation was taken back.")
    return redirect("desk:team")


@desk_view("POST")
def give_role(request: HttpRequest, by: Staff, user_id: int) -> HttpResponse:
    """Another role, from the person's next request on."""
    wanted = request.POST.get("role", "")
    if wanted not in {role.value for role in Role}:
        raise NewsroomRefused(f"{wanted!r} is no role; choose one of the list.")
    change_role(by=by, user_id=user_id, role=Role(wanted), at=clock.now(), address=address_of(request))
    messages.success(request, "The role was changed. It holds from the next click on.")
    return redirect("desk:team")


@desk_view("POST")
def switch(request: HttpRequest, by: Staff, user_id: int) -> HttpResponse:
    """Off: no sign-in, no session, no token. On: as before, without the tokens."""
    if request.POST.get("on") == "1":
        switch_on(by=by, user_id=user_id, at=clock.now(), address=address_of(request))
        messages.success(request, "They can sign in again.")
    else:
        switch_off(by=by, user_id=user_id, at=clock.now(), address=address_of(request))
        messages.success(request, "Switched off: every session has ended and every token is revoked.")
    return redirect("desk:team")


@desk_view("POST")
def forget_factor(request: HttpRequest, by: Staff, user_id: int) -> HttpResponse:
    """For somebody who lost theirs."""
    remove_second_factor(by=by, user_id=user_id, at=clock.now(), address=address_of(request))
    messages.success(request, "Their second factor is gone, and every session has ended.")
    return redirect("desk:team")


@desk_view("POST")
def set_rule(request: HttpRequest, by: Staff) -> HttpResponse:
    """Whether everybody needs a second factor."""
    required = request.POST.get("required") == "1"
    require_second_factor(by=by, required=required, at=clock.now(), address=address_of(request))
    told = (
        "Everybody needs a second factor now."
        if required
        else "A second factor is everybody's own choice now."
    )
    messages.success(request, told)
    return redirect("desk:team")

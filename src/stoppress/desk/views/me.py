"""One's own page: name, password, second factor, sessions. And one's API tokens."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.accounts.models import User
from stoppress.desk.door import desk_view, unkept
from stoppress.desk.forms.team import NameForm, TokenForm
from stoppress.lib import clock
from stoppress.newsroom import access, queries
from stoppress.newsroom.actions.desk_sessions import end_other_sessions, end_session
from stoppress.newsroom.actions.issue_token import issue_own_token, revoke_token
from stoppress.newsroom.actions.own_account import change_name
from stoppress.newsroom.address import address_of
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Staff


def to_own_page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Pages of allauth that this one stands for."""
    return unkept(redirect("desk:me"))


@desk_view("GET", "POST", before_second_factor=True)
def show(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET shows it; POST changes the name."""
    form = NameForm(request.POST or None, initial={"name": by.name})
    if request.method == "POST" and form.is_valid():
        try:
            change_name(by=by, name=form.cleaned_data["name"], at=clock.now(), address=address_of(request))
        except NewsroomRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, "Saved. Posts you write from now on carry this name.")
            return redirect("desk:me")
    title = queries.publisher()
    context = {
        "by": by,
        "account": request.user,
        "form": form,
        "factors": queries.factors_of([by.user_id]).get(by.user_id, queries.Factors()),
        "owed": queries.owes_second_factor(by),
        "sessions": queries.sessions_of(by),
        "key": request.session.session_key,
        "zone": title.timezone if title else "UTC",
    }
    return render(request, "desk/me.html", context, status=422 if form.errors else 200)


@desk_view("POST", before_second_factor=True)
def end_one(request: HttpRequest, by: Staff, session_id: int) -> HttpResponse:
    """That browser is signed out."""
    end_session(by=by, session_id=session_id, at=clock.now(), address=address_of(request))
    messages.success(request, "That browser is signed out.")
    return redirect("desk:me")


@desk_view("POST", before_second_factor=True)
def end_others(request: HttpRequest, by: Staff) -> HttpResponse:
    """Every browser but this one is signed out."""
    key = request.session.session_key or ""
    ended = end_other_sessions(by=by, key=key, at=clock.now(), address=address_of(request))
    messages.success(request, f"Signed out of {ended} other browser{'' if ended == 1 else 's'}.")
    return redirect("desk:me")


@desk_view("GET", "POST")
def tokens(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET lists them; POST makes one, after the password was asked for again, and shows it once."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST":
        _ask_again(request)
    if request.method == "POST" and form.is_valid():
        try:
            secret = issue_own_token(
                by=by, name=form.cleaned_data["name"], at=clock.now(), address=address_of(request)
            )
        except NewsroomRefused as refused:
            form.add_error("name", str(refused))
        else:
            form = TokenForm()
    title = queries.publisher()
    context = {
        "by": by,
        "form": form,
        "secret": secret,
        "tokens": queries.tokens(by),
        "may_lead_people": access.may_lead_people(by),
        "zone": title.timezone if title else "UTC",
    }
    return render(request, "desk/tokens.html", context, status=422 if form.errors else 200)


def _ask_again(request: HttpRequest) -> None:
    """Raises: ReauthenticationRequired, which allauth turns into its page and comes back from."""
    if isinstance(request.user, User) and is_reauthentication_required(request, app="allauth.mfa"):
        raise ReauthenticationRequired


@desk_view("POST")
def revoke(request: HttpRequest, by: Staff, token_id: int) -> HttpResponse:
    """The token no longer works."""
    revoke_token(by=by, token_id=token_id, at=clock.now(), address=address_of(request))
    messages.success(request, "The token was revoked; what used it is refused from now on.")
    return redirect("desk:tokens")

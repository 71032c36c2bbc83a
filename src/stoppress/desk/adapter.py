"""What sign-in does here beyond allauth: who may try, what is written down, what is mailed.

Named by `ACCOUNT_ADAPTER` in the settings. Nobody opens an account by themselves.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stoppress.accounts.models import User
from stoppress.desk.known_device import known_people, remember_device
from stoppress.lib import clock, limits
from stoppress.newsroom import queries
from stoppress.newsroom.actions import sign_in
from stoppress.newsroom.actions.record import network_of
from stoppress.newsroom.address import address_of
from stoppress.newsroom.deeds import Deed

# One sentence for every way to fail: it must not say which accounts exist or how they are guarded.
NOT_SIGNED_IN = (
    "The e-mail address or the password is wrong, or there were too many attempts. If you are sure of both, "
    "wait a quarter of an hour, or sign in with a passkey or on a device you used before."
)
# What allauth mails about, and how the audit trail calls it.
_CHANGES = {
    "account/email/password_changed": (Deed.PASSWORD_CHANGED, ""),
    "account/email/password_set": (Deed.PASSWORD_CHANGED, ""),
    "account/email/password_reset": (Deed.PASSWORD_CHANGED, "by a mailed link"),
    "mfa/email/totp_activated": (Deed.FACTOR_ADDED, "authenticator"),
    "mfa/email/webauthn_added": (Deed.FACTOR_ADDED, "passkey"),
    "mfa/email/totp_deactivated": (Deed.FACTOR_REMOVED, "authenticator"),
    "mfa/email/webauthn_removed": (Deed.FACTOR_REMOVED, "passkey"),
    "mfa/email/recovery_codes_generated": (Deed.CODES_MADE, ""),
}
_MEANS = {
    "password": "password",
    "totp": "authenticator",
    "webauthn": "passkey",
    "recovery_codes": "recovery code",
}


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # (allauth carries no types)
    """Accounts are made by invitation, by the command line, or by the set-up link."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NOT_SIGNED_IN,
        "too_many_login_attempts": NOT_SIGNED_IN,
        "rate_limited": "Too many attempts; wait a few minutes.",
        "incorrect_password": "This is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Forwarded addresses are believed from trusted proxies only."""
        return address_of(request) or "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises: ValidationError when this attempt may not even be looked at."""
        if _held_up(request, str(credentials.get("email", ""))):
            User().set_password(
                str(credentials.get("password", ""))
            )  # takes the time that looking would take
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = str(credentials.get("email", "")).lower()
        known = _is_known(request, email)
        sign_in.note_failed_sign_in(
            email=email, address=address_of(request), known_device=known, at=clock.now()
        )

    def reauthenticate(self, user: User, password: str) -> bool:
        """Asked of somebody who is signed in; allauth bounds how often."""
        if user.check_password(password):
            return True
        address = address_of(self.request)
        sign_in.note_failed_sign_in(email=user.email, address=address, known_device=True, at=clock.now())
        return False

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **facts)
        records = get_authentication_records(request, user)
        means = [_MEANS.get(str(said.get("type", said["method"])), "") for said in records]
        sign_in.note_sign_in(
            user=user,
            address=address_of(request),
            means=" and ".join(dict.fromkeys(word for word in means if word)),
            at=clock.now(),
        )
        remember_device(request, response, user.pk)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            sign_in.note_sign_out(user=request.user, address=address_of(request), at=clock.now())
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: User, *rest: Any, **facts: Any) -> None:
        """Called by allauth after each change of a password or a factor, with or without mail set up."""
        if template_prefix in _CHANGES:
            deed, detail = _CHANGES[template_prefix]
            sign_in.note_own_change(
                user=user,
                deed=deed,
                detail=detail,
                key=self.request.session.session_key or "",
                address=address_of(self.request),
                at=clock.now(),
            )
        if settings.MAIL_IS_SENT:
            super().send_notification_mail(template_prefix, user, *rest, **facts)


def _is_known(request: HttpRequest, email: str) -> bool:
    people = known_people(request)
    return bool(people) and queries.account_number(email) in people


def _held_up(request: HttpRequest, email: str) -> bool:
    """Whether too much went wrong of late for this attempt to be looked at.

    A device on which the person signed in before is judged by its own failures alone. Guesses at one account hold
    up the addresses they come from; guesses at the whole newsroom hold up every unknown device, but for accounts
    with a second factor: there the password alone opens nothing.
    """
    if request.user.is_authenticated:
        return False
    network = network_of(address_of(request))
    failures = queries.failed_sign_ins(email=email, network=network, at=clock.now())
    if _is_known(request, email):
        return failures.known_device >= limits.SIGN_IN_FAILURES_PER_DEVICE
    if failures.network >= limits.SIGN_IN_FAILURES_PER_ADDRESS:
        return True
    tried = failures.account >= limits.SIGN_IN_FAILURES_PER_ACCOUNT and failures.network > 0
    attacked = failures.newsroom >= limits.SIGN_IN_FAILURES_PER_NEWSROOM
    return (tried or attacked) and not queries.has_second_factor(email)

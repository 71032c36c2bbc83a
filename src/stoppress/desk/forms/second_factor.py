"""The second step of signing in: a code or a passkey. Named by `MFA_FORMS` in the settings."""

from collections.abc import Callable

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.newsroom.actions.sign_in import note_failed_code
from stoppress.newsroom.address import address_of


def _failed(user: User) -> None:
    note_failed_code(user=user, address=address_of(context.request), at=clock.now())


def _use_up(user: User, code: str) -> None:
    """Raises: ValidationError when the code was used before, by whatever clock it still holds."""
    steps = 2 * settings.MFA_TOTP_TOLERANCE + 1
    name = f"stoppress.code-used:{user.pk}:{''.join(code.split())}"
    if not cache.add(name, "used", timeout=steps * limits.CODE_SECONDS):
        raise get_adapter().validation_error("incorrect_code")


def _right_once(user: User, clean: Callable[[], str]) -> str:
    """The code that `clean` finds right, used up. Raises: ValidationError, which stands in the audit trail too."""
    try:
        code = clean()
        _use_up(user, code)
    except ValidationError:
        _failed(user)
        raise
    return code


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # (allauth carries no types)
    """A code of the authenticator app, or a recovery code. Each works once; failures stand in the audit trail."""

    def clean_code(self) -> str:
        return _right_once(self.user, super().clean_code)


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]  # (allauth carries no types)
    """The same before something delicate."""

    def clean_code(self) -> str:
        return _right_once(self.user, super().clean_code)


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # (allauth carries no types)
    """A passkey's answer. It cannot be guessed, so that wrong ones, which anybody can send, hold nobody up."""

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        try:
            auth.parse_authentication_response(credential)
            return auth.complete_authentication(self.user, credential)
        except ValidationError:
            _failed(self.user)
            raise

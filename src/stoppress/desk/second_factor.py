"""What second factors do here beyond allauth: secrets at rest, names on people's devices. Named by `MFA_ADAPTER`."""

import base64
import hashlib
import secrets

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from stoppress.accounts.models import User
from stoppress.desk.whence import device_of
from stoppress.newsroom.queries import publisher


def _box() -> Fernet:
    """Made of the secret key: who copies the database alone can compute no code."""
    key = hashlib.sha256(b"stoppress.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # (allauth carries no types)
    """Authenticator apps, passkeys and recovery codes of the staff."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # the secret key is another one since: codes of a key that nobody has
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        title = publisher()
        return title.name if title else "Stoppress"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002, ARG002 (allauth's)
        return device_of(context.request)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": self.get_totp_issuer()}

"""Secrets that must be read again to check a signature, stored under the server's own key (STOPPRESS_SECRET_KEY).

Called by `actions/channels.py`, which seals, and `views.py`, which opens. A dump of the database alone opens none.
Source: https://cryptography.io/en/latest/fernet/ and hkdf.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_KEY_BYTES = 32


@cache
def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"stoppress intake channel secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))


def sealed(secret: str) -> str:
    """`secret`, fit to be stored."""
    return _fernet(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def opened(stored: str) -> str | None:
    """The secret again; None when it was stored under another key (a backup restored elsewhere): rotate it then."""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(stored.encode()).decode()
    except InvalidToken:
        return None

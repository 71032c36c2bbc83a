"""Secrets that must be read again, stored under the server's own key: a dump of the database alone opens none.

Called by `intake` (channels' secrets) and `websub` (subscribers'). Each purpose has a key of its own.
Source: https://cryptography.io/en/latest/fernet/ and hkdf.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32


@cache
def _fernet(key: str, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))


def sealed(secret: str, key: str, purpose: str) -> str:
    """`secret`, fit to be stored."""
    return _fernet(key, purpose).encrypt(secret.encode()).decode()


def opened(stored: str, key: str, purpose: str) -> str | None:
    """The secret again; None when it was stored under another key (a backup restored elsewhere)."""
    try:
        return _fernet(key, purpose).decrypt(stored.encode()).decode()
    except InvalidToken:
        return None

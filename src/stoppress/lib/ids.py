"""Names for rows that the outside sees, and secrets.

Called by `liveblogs/actions` and `newsroom`.
"""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime
from typing import NewType

from stoppress.lib import limits

BlogId = NewType("BlogId", int)
PostId = NewType("PostId", str)
Seq = NewType("Seq", int)

# Crockford's base 32, lower case: sorts like the number, and no letter is mistaken for a digit.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_CHARS = 10
_RANDOM_CHARS = 10

POST_ID = re.compile(rf"[{_ALPHABET}]{{{_TIME_CHARS + _RANDOM_CHARS}}}")


def new_post_id(at: datetime) -> PostId:
    """A new id of 20 characters that sorts by `at`: 50 bits of milliseconds, 50 bits of chance.

    Not a secret: who may see a post is decided by `access`, never by knowing its id.
    """
    number = (int(at.timestamp() * 1000) << 5 * _RANDOM_CHARS) | secrets.randbits(5 * _RANDOM_CHARS)
    chars = [_ALPHABET[number >> 5 * place & 31] for place in range(_TIME_CHARS + _RANDOM_CHARS)]
    return PostId("".join(reversed(chars)))


def new_secret() -> str:
    """256 bits from the system's generator, as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored instead of a secret. A plain SHA-256 is enough for 256 random bits (not for passwords)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def slugify(text: str) -> str:
    """`text` as the last part of an address: ASCII letters, digits and hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: limits.SLUG_CHARS].strip("-")

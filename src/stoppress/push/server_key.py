"""The key that push services know this server by (VAPID, RFC 8292).

Made from the server's own secret (STOPPRESS_SECRET_KEY, or the one that the first start keeps in the data folder):
so it is there from the first run, every process of a newsroom has the same, and no table and no backup holds it. With
another secret it is another key: readers' pages notice that and ask for a new subscription.

Called by `views.py`, `actions/` and `sender.py`.
"""

import base64
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from stoppress.lib import limits

# The order of the curve P-256 (FIPS 186-5): a private key is a number from 1 to below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SEED_BYTES = 48  # 16 more than the order has: no number is likelier than another (FIPS 186-5, A.2.1)


@dataclass(frozen=True, slots=True)
class ServerKey:
    """`public`: as browsers want it, 65 bytes in base64url."""

    private: ec.EllipticCurvePrivateKey
    public: str


def server_key() -> ServerKey:
    """This installation's."""
    return _key_of(settings.SECRET_KEY)


@lru_cache(maxsize=2)  # one, and a test's
def _key_of(secret: str) -> ServerKey:
    seed = HKDF(SHA256(), _SEED_BYTES, salt=None, info=b"stoppress web push server key").derive(
        secret.encode()
    )
    private = ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return ServerKey(private, base64url(point))


def authorization(origin: str, now: int) -> str:
    """The header that says to the push service at `origin` who sends; the same for half of its life."""
    half = limits.PUSH_SIGNED_SECONDS // 2
    return _signed(settings.SECRET_KEY, origin, (now // half + 2) * half)


@lru_cache(maxsize=64)  # push services, each in this half and the next
def _signed(secret: str, origin: str, expires: int) -> str:
    signer = Vapid02(_key_of(secret).private, conf={"no-strict": True})  # `sub` may name a port
    claims = {"aud": origin, "exp": expires, "sub": _contact()}
    return str(signer.sign(claims)["Authorization"])


def _contact() -> str:
    """Whom a push service turns to when something goes wrong: an address, which must be https or mail."""
    secure = settings.PUBLIC_URL.startswith("https://")
    return settings.PUBLIC_URL if secure else f"mailto:stoppress@{settings.PUBLIC_HOST}"


def base64url(data: bytes) -> str:
    """Without padding, as all of Web Push has it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes again. Raises: ValueError."""
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)

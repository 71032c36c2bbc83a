"""An authenticator app: the code of a key at a moment (RFC 6238). Called by the tests of the second factor."""

import base64
import hmac
import struct
import time

STEP_SECONDS = 30


def code(secret: str, *, steps: int = 0) -> str:
    """Six digits; `steps` before or after the present ones."""
    counter = int(time.time()) // STEP_SECONDS + steps
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    at = mac[-1] & 15
    number: int = struct.unpack(">I", mac[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"

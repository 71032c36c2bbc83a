"""What a device is told: the words, made at the moment of sending, and their encryption (RFC 8291).

    {"web_push": 8030, "notification": {"title", "body", "lang", "dir", "tag", "navigate",
                                        "data": {"post", "seq", "key_event"}}}

Safari shows that by itself (declarative web push); every other browser hands it to `web/reader-worker/push.ts`. `tag`
is the live blog's: a newer notification takes the place of the one before. `data.post` is the post's id and `seq` its
number in the log: by these a device knows a repetition, and what came too late. Called by `actions/hand_out.py` and
`sender.py`.
"""

import hashlib
import json
from dataclasses import dataclass

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.crypto import salted_hmac

from stoppress.lib import limits
from stoppress.lib.languages import direction
from stoppress.push.server_key import base64url, from_base64url

_SALT = "stoppress.push.topic"


@dataclass(frozen=True, slots=True)
class Told:
    """One post as a notification. `url`: where the post stands."""

    slug: str
    headline: str
    title: str
    language: str
    post_id: str
    seq: int
    key_event: bool
    url: str

    def packed(self, *, short: bool) -> bytes:
        """The JSON. `short`: as little as still says something, for a service that found it too long."""
        most = limits.PUSH_SHORT_CHARS if short else limits.HEADLINE_CHARS
        notification = {
            "title": _cut(self.headline, most),
            "body": _cut(self.title, most),
            "lang": self.language,
            "dir": direction(self.language),
            "tag": f"live-{self.slug}",
            "navigate": self.url,
            "data": {"post": self.post_id, "seq": self.seq, "key_event": self.key_event},
        }
        body = {"web_push": 8030, "notification": notification}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def encrypted(plain: bytes, p256dh: str, auth: str) -> bytes:
    """The body of the request: only the device whose keys these are can read it."""
    body: bytes = http_ece.encrypt(
        plain,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=from_base64url(p256dh),
        auth_secret=from_base64url(auth),
        version="aes128gcm",
    )
    return body


def topic_of(liveblog_id: int, device: str) -> str:
    """What a push service knows a live blog by, for one device: 32 characters that mean nothing anywhere else."""
    name = salted_hmac(_SALT, f"{liveblog_id} {device}", algorithm="sha256").digest()
    return base64url(name[:24])


def device_of(endpoint: str) -> str:
    """The name of a device in our rows."""
    return hashlib.sha256(endpoint.encode()).hexdigest()

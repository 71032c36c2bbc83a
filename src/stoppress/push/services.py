"""The push services of browsers: the only places that a notification is ever sent to.

Called by `actions/subscribe.py` (a reader's browser names the address) and by `sender.py`, again, before each send.
A host stands here exactly, or as the end of a name after a dot. Imports `lib`.
"""

from typing import Final
from urllib.parse import urlsplit

from stoppress.lib import limits
from stoppress.lib.http_out import NotFetched, Outside

HOSTS: Final = (
    "fcm.googleapis.com",  # Chrome, Edge on Android, Opera, Samsung, Brave
    "updates.push.services.mozilla.com",  # Firefox
    "web.push.apple.com",  # Safari
)
ENDINGS: Final = (
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",  # Edge on Windows: one host for each region
)


def is_endpoint(address: str, outside: Outside) -> bool:
    """Whether `address` is one of a known push service, over https on its usual port."""
    if not address.isascii() or len(address) > limits.PUSH_ENDPOINT_CHARS:
        return False
    try:
        outside.check(address)
        parts = urlsplit(address)
        host, port = (parts.hostname or ""), parts.port
    except (NotFetched, ValueError):
        return False
    if (host, port) in outside.test_servers:
        return True
    known = host in HOSTS or host.endswith(ENDINGS)
    return known and parts.scheme == "https" and port in (None, 443)


def origin_of(endpoint: str) -> str:
    """Scheme and host: whom a signature is for (RFC 8292)."""
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"

"""Who voted, without knowing who: a hash that means nothing outside its one poll.

A reader's script makes a random token and keeps it on the device; here it is hashed together with the poll and this
installation's secret, so that votes in two polls cannot be brought together, and the token is stored nowhere. A reader
without the script is told apart by address and browser, hashed in the same way: who shares both shares a vote.
Source: docs/decisions/0018-what-readers-send.md
"""

import re

from django.utils.crypto import salted_hmac

_TOKEN = re.compile(r"[0-9a-f]{32}")
_SALT = "stoppress.audience.vote"


def voter_of(*, token: str, address: str, browser: str, poll: tuple[str, str]) -> str:
    """64 characters for this device in this poll. `poll`: the post's id and the poll's."""
    who = f"device {token}" if _TOKEN.fullmatch(token) else f"address {address} {browser}"
    return salted_hmac(_SALT, "\0".join((*poll, who)), algorithm="sha256").hexdigest()

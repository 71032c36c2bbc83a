"""Secrets that must be read again to check a signature, stored under the server's own key (STOPPRESS_SECRET_KEY).

Called by `actions/channels.py`, which seals, and `views.py`, which opens.
"""

from typing import Final

from django.conf import settings

from stoppress.lib import sealed as lib

_PURPOSE: Final = "stoppress intake channel secrets"


def sealed(secret: str) -> str:
    """`secret`, fit to be stored."""
    return lib.sealed(secret, settings.SECRET_KEY, _PURPOSE)


def opened(stored: str) -> str | None:
    """The secret again; None when it was stored under another key (a backup restored elsewhere): rotate it then."""
    return lib.opened(stored, settings.SECRET_KEY, _PURPOSE)

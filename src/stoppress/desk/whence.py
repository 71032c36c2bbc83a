"""Where a request comes from: its address, and the device in words. Called by the views and the adapters.

A forwarded address is believed only when a trusted proxy (`STOPPRESS_TRUSTED_PROXIES`) says it.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from stoppress.lib import limits

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
# In this order: each also names those below it.
_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)


def address_of(request: HttpRequest) -> str:
    """The address of who asks; "" when there is none (a socket file)."""
    here = _address(request.META.get("REMOTE_ADDR", ""))
    said = [part for line in request.headers.get("X-Forwarded-For", "").split(",") if (part := line.strip())]
    while here is not None and said and _trusted(here):
        further = _address(said.pop())
        if further is None:  # nobody can have come from there: what is known remains
            break
        here = further
    return str(here) if here else ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        known = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return mapped or known


def _trusted(address: IPv4Address | IPv6Address) -> bool:
    return any(
        address.version == network.version and address in network for network in settings.TRUSTED_PROXIES
    )


def device_of(request: HttpRequest) -> str:
    """Such as "Firefox on Android"; what the browser says of itself where that is not known."""
    said = "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())
    browser = next((name for pattern, name in _BROWSERS if re.search(pattern, said)), "")
    system = next((name for sign, name in _SYSTEMS if sign in said), "")
    words = " on ".join(part for part in (browser, system) if part)
    return (words or said or "Unknown device")[: limits.DEVICE_CHARS]

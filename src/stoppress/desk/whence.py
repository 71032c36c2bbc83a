"""Which device a request comes from, in words. Called by the views and the adapters."""

import re

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


def device_of(request: HttpRequest) -> str:
    """Such as "Firefox on Android"; what the browser says of itself where that is not known."""
    said = "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())
    browser = next((name for pattern, name in _BROWSERS if re.search(pattern, said)), "")
    system = next((name for sign, name in _SYSTEMS if sign in said), "")
    words = " on ".join(part for part in (browser, system) if part)
    return (words or said or "Unknown device")[: limits.DEVICE_CHARS]

"""Which web addresses a document may hold. Each function answers with the fault, or "" when there is none.

Called by `check.py` (refuses) and `html.py` (leaves out). Imports `lib` only. What stands in an href is read
by browsers that repair it: they drop tabs and line ends, take a backslash for a slash, and ignore leading
controls. So nothing is repaired here: an address that would need it is refused, and one that passes means
the same everywhere.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from stoppress.lib import limits
from stoppress.lib.ids import POST_ID

_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^@\s?]+@[^@\s?]+(\?.*)?", re.IGNORECASE)
# White space and controls of any script, unpaired surrogates, and what no browser leaves as it is.
_UNSAFE = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff<>\"\\`]"
)
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))*\.?")
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(:[0-9]*)?")
_OWN = re.compile(r"/media/[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_OWN_POST = re.compile(rf"/live/[a-z0-9]+(?:-[a-z0-9]+)*/posts/{POST_ID.pattern}")
# Not URL code points (https://url.spec.whatwg.org/#url-code-points), and a "%" that encodes nothing.
_LOOSE = re.compile(r"[{}|^#\[\]]|%(?![0-9A-Fa-f]{2})")
_SITE = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_PORT_MAX = 65_535

_FORM = "write it in full, for example https://example.org/page"


def link_fault(address: str) -> str:
    """What is wrong with `address` as the target of a link: http, https or mailto, in full, or a post of ours."""
    if is_own_post(address):
        return ""
    if address[:7].lower() != "mailto:":
        return web_fault(address)
    if fault := _characters_fault(address):
        return fault
    return "" if _MAIL.fullmatch(address) else "the mail address is not of the form mailto:name@example.org"


def web_fault(address: str) -> str:
    """What is wrong with `address` as a page elsewhere: http or https, in full."""
    if fault := _characters_fault(address):
        return fault
    if not _WEB.match(address):
        return f"an address must begin with https:// or http://; {_FORM}"
    try:
        parts = urlsplit(address)
        port_ok = parts.port is None or 0 < parts.port <= _PORT_MAX
    except ValueError:
        return f"the address names no valid site; {_FORM}"
    if "@" in parts.netloc:  # "https://good.example@evil.example/" shows another site than it leads to
        return "the address holds a user name before the site; remove it, up to the @"
    return "" if port_ok and _host_ok(parts) else f"the address names no valid site; {_FORM}"


def picture_fault(address: str) -> str:
    """What is wrong with `address` as a picture: an upload of ours ("/media/…") or a web address."""
    return "" if is_own(address) else web_fault(address)


def own_fault(address: str) -> str:
    """What is wrong with `address` as a file of our own."""
    return "" if is_own(address) else "the address must be that of an upload, /media/ and letters or digits"


def is_own(address: str) -> bool:
    """Whether `address` is an upload of this newsroom, which its own readers may load."""
    return len(address) <= limits.URL_CHARS and _OWN.fullmatch(address) is not None


def is_own_post(address: str) -> bool:
    """Whether `address` is the permalink of a post of this newsroom, without its host: it stays valid elsewhere."""
    return len(address) <= limits.URL_CHARS and _OWN_POST.fullmatch(address) is not None


def site_of(address: str) -> str:
    """The host of a checked web address, as a reader may be shown it: `www.` left out."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def escaped(address: str) -> str:
    """A checked address, what the URL standard calls invalid percent-encoded: it leads to the same page."""
    site = _SITE.match(address)
    start = site.end() if site else 0
    path, mark, fragment = address[start:].partition("#")
    return address[:start] + _LOOSE.sub(_encoded, path) + mark + _LOOSE.sub(_encoded, fragment)


def _encoded(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _characters_fault(address: str) -> str:
    if len(address) > limits.URL_CHARS:
        return f"the address is longer than {limits.URL_CHARS} characters; use a shorter one"
    if _UNSAFE.search(address):
        return "the address holds a space, a control character, a quotation mark or < > \\ `; remove it"
    return ""


def _host_ok(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if _HOST_AND_PORT.fullmatch(parts.netloc) is None:
        return False
    last = host.rstrip(".").rpartition(".")[2]
    try:
        if ":" in host:
            ipaddress.IPv6Address(host)
        elif last.isdigit():
            ipaddress.IPv4Address(host.rstrip("."))
        else:
            return _HOST.fullmatch(host) is not None
    except ValueError:
        return False
    return True

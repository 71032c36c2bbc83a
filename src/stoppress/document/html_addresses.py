"""Addresses as they stand in foreign html: joined, cleaned as browsers clean them, then judged by our rules.

Called by `html.py` and its neighbours.
"""

import re
from urllib.parse import quote, urljoin, urlsplit

from stoppress.document.addresses import link_fault, web_fault
from stoppress.document.tracking import plain_address

_DROPPED = re.compile(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff<>\"\\`]")
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def link_address(raw: str, base: str) -> str:
    """`raw` as the target of a link, without what only follows readers, or "" when it cannot be one."""
    address = full_address(raw, base)
    return "" if link_fault(address) else plain_address(address)


def web_address(raw: str, base: str) -> str:
    """`raw` as a page or picture elsewhere, or "" when it cannot be one."""
    address = full_address(raw, base)
    return "" if web_fault(address) else address


def full_address(raw: str, base: str) -> str:
    """`raw` joined to `base`, with what cannot stand in an address percent-encoded; not judged yet."""
    address = _DROPPED.sub("", raw.strip(_ENDS))
    if not address:
        return ""
    if _HAS_SCHEME.match(address) is None:
        if base:
            address = _joined(base, address)
        elif address.startswith("//"):
            address = f"https:{address}"
    if address[:4].lower() == "http":
        address = address.replace("\\", "/")
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), address)


def scheme_of(raw: str) -> str:
    """How an address that cannot be kept begins, for a note: "javascript:", or "relative"."""
    found = _HAS_SCHEME.match(_DROPPED.sub("", raw.strip(_ENDS)))
    return found[0].lower()[:20] if found else "relative"


def base_of(address: str, declared: str) -> str:
    """What relative addresses are joined to: the page's own <base>, itself joined to where the page came from."""
    base = web_address(declared, address) if declared else address
    return base if base and not web_fault(base) else ""


def _joined(base: str, address: str) -> str:
    try:
        urlsplit(address)
        return urljoin(base, address)
    except ValueError:
        return ""

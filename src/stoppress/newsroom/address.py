"""The network address that a request comes from. Called by the desk, and by `audience` for its bounds.

A forwarded address is believed only when a trusted proxy (`STOPPRESS_TRUSTED_PROXIES`) says it.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


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

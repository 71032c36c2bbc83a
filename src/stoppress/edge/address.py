"""Where a request comes from, as far as anybody can be believed. Called by `app.py`, `admission.py`, `title_pages.py`.

A forwarded address is believed only from a proxy that is named (STOPPRESS_TRUSTED_PROXIES), and of a chain only the
last hop that nobody untrusted could have made up. May import `asgi`.
"""

import logging
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from stoppress.edge.asgi import Request

logger = logging.getLogger(__name__)

Networks: TypeAlias = Sequence[IPv4Network | IPv6Network]
Address: TypeAlias = IPv4Address | IPv6Address

_ADDRESSES_REMEMBERED = 4_096  # a few thousand readers at once ask again and again
_NETWORK_BITS = 64  # of an IPv6 address: what one household or office gets


class Addresses:
    """Tells addresses, given the proxies that are believed."""

    def __init__(self, proxies: Networks = ()) -> None:
        self._proxies = tuple(proxies)
        self._has_warned = False

    def of(self, request: Request) -> Address | None:
        """Who asks; None when there is no address (a socket file)."""
        client = request.scope.get("client")
        here = read(client[0]) if client else None
        # A second line continues the first (RFC 9110 section 5.3): whoever wrote one before the proxy's gains nothing.
        said = [value for name, value in request.scope["headers"] if name == b"x-forwarded-for"]
        further = [part for part in b",".join(said).decode("latin-1").split(",") if part.strip()]
        if further and here is not None and not self.believes(here):
            self._warn(here)
        while here is not None and further and self.believes(here):
            next_one = read(further.pop())
            if next_one is None:  # nobody can have come from there: what is known remains
                break
            here = next_one
        return here

    def believes(self, address: Address) -> bool:
        """Whether this is one of the proxies."""
        return any(address.version == network.version and address in network for network in self._proxies)

    def counted(self, address: Address | None) -> str:
        """One name for all that one subscriber can come from; "" where counting would count a proxy of ours.

        An IPv6 subscriber has a whole /64. This machine itself is not counted: from here come a proxy that nobody
        named, and health checks.
        """
        if address is None or address.is_loopback or self.believes(address):
            return ""
        return network_of(address)

    def _warn(self, here: Address) -> None:
        if self._has_warned or here.is_global:
            return
        self._has_warned = True
        logger.warning(
            "%s says whom it asks for, and is not believed: if it is your proxy, name it in"
            " STOPPRESS_TRUSTED_PROXIES; without that all its readers count as one.",
            here,
        )


def network_of(address: Address) -> str:
    """The address, or of an IPv6 address the /64 it lies in."""
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> _NETWORK_BITS << _NETWORK_BITS)}/{_NETWORK_BITS}"
    return str(address)


@lru_cache(_ADDRESSES_REMEMBERED)
def read(text: str) -> Address | None:
    """The address in `text`; an IPv4 one in IPv6's clothes as what it is. None when it is none."""
    try:
        known = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return mapped or known

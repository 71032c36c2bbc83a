"""Network addresses, and which of them is believed. Called by the edge and by the desk, so that both believe alike.

A forwarded address is believed only from a proxy that is named (STOPPRESS_TRUSTED_PROXIES), and of a chain only the
last hop that nobody untrusted could have made up.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_REMEMBERED = 4_096  # a few thousand readers at once ask again and again


@lru_cache(_REMEMBERED)
def read_address(text: str) -> Address | None:
    """The address in `text`; an IPv4 one in IPv6's clothes as what it is. None when it is none."""
    try:
        known = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return mapped or known


def is_among(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the address lies in one of the networks."""
    return any(address.version == network.version and address in network for network in networks)


def who_asks(here: Address | None, forwarded: str, proxies: Iterable[Network]) -> Address | None:
    """The farthest address that can be believed. `here`: the other end of the connection.

    `forwarded`: what `X-Forwarded-For` says. A second such line continues the first (RFC 9110 section 5.3), so it is
    given joined by a comma: whoever wrote one before the proxy's gains nothing.
    """
    proxies = tuple(proxies)
    said = [part for part in forwarded.split(",") if part.strip()]
    while here is not None and said and is_among(here, proxies):
        further = read_address(said.pop())
        if further is None:  # nobody can have come from there: what is known remains
            break
        here = further
    return here

"""Where a request comes from, as far as anybody can be believed. Called by `app.py`, `admission.py`, `title_pages.py`.

May import `asgi`.
"""

import logging
from collections.abc import Sequence
from ipaddress import IPv6Address
from typing import TypeAlias

from stoppress.edge.asgi import Request
from stoppress.lib.addresses import Address, Network, is_among, read_address, who_asks

logger = logging.getLogger(__name__)

Networks: TypeAlias = Sequence[Network]

_NETWORK_BITS = 64  # of an IPv6 address: what one household or office gets


class Addresses:
    """Tells addresses, given the proxies that are believed."""

    def __init__(self, proxies: Networks = ()) -> None:
        self._proxies = tuple(proxies)
        self._has_warned = False

    def of(self, request: Request) -> Address | None:
        """Who asks; None when there is no address (a socket file)."""
        client = request.scope.get("client")
        here = read_address(client[0]) if client else None
        lines = [value for name, value in request.scope["headers"] if name == b"x-forwarded-for"]
        forwarded = b",".join(lines).decode("latin-1")
        if forwarded.strip(", ") and here is not None and not self.believes(here):
            self._warn(here)
        return who_asks(here, forwarded, self._proxies)

    def believes(self, address: Address) -> bool:
        """Whether this is one of the proxies."""
        return is_among(address, self._proxies)

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

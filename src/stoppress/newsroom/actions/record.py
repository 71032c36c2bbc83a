"""Adds a line to the audit trail. Called by the actions of this room, inside their transactions."""

from datetime import datetime
from ipaddress import ip_address, ip_network

from stoppress.lib import limits
from stoppress.newsroom import queries
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import AuditEntry
from stoppress.newsroom.roles import Staff

COMMAND_LINE = "the command line"
_IPV6_NETWORK = 64  # what one customer gets: every address in it is theirs


def network_of(address: str) -> str:
    """What attempts are counted by: the address, or for IPv6 its network of 64 bits."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:  # noqa: PLR2004 (the version's name)
        return str(known)
    return str(ip_network(f"{known}/{_IPV6_NETWORK}", strict=False).network_address)


def record(
    deed: Deed,
    *,
    at: datetime,
    by: Staff | None = None,
    whom: str = "",
    detail: str = "",
    address: str = "",
) -> None:
    """Add the line. `by` None: nobody who is known (a failed sign-in); `address` "": from the command line."""
    title = None if by else queries.publisher()
    unknown = "" if address else COMMAND_LINE
    AuditEntry.objects.create(
        publisher_id=by.publisher_id if by else title.pk if title else None,
        what=deed.value,
        by=by.name if by else unknown,
        by_id=by.user_id if by else None,
        whom=whom[: limits.EMAIL_CHARS],
        detail=detail[: limits.AUDIT_DETAIL_CHARS],
        address=address,
        network=network_of(address),
        at=at,
    )

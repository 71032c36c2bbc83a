"""The network address that a request comes from. Called by the desk, and by `audience` for its bounds."""

from django.conf import settings
from django.http import HttpRequest

from stoppress.lib.addresses import read_address, who_asks


def address_of(request: HttpRequest) -> str:
    """The address of who asks, as far as a named proxy can be believed; "" when there is none (a socket file)."""
    here = read_address(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    return str(who_asks(here, forwarded, settings.TRUSTED_PROXIES) or "")

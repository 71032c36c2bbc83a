"""The page about outbound hosts names every host that is asked or framed."""

from urllib.parse import urlsplit

from tests.docs.pages import DOCS

from stoppress.lib import limits
from stoppress.lib.http_out import USER_AGENT
from stoppress.lib.providers import PROVIDERS, frame_hosts
from stoppress.push import services

PAGE = (DOCS / "reference/outbound.md").read_text()


def test_every_host_is_named() -> None:
    asked = {urlsplit(provider.oembed).hostname or "" for provider in PROVIDERS.values() if provider.oembed}
    assert not [host for host in {*asked, *frame_hosts()} - {"{host}"} if f"`{host}`" not in PAGE]
    assert not [provider.title for provider in PROVIDERS.values() if f"| {provider.title} |" not in PAGE]


def test_every_push_service_is_named() -> None:
    assert not [host for host in (*services.HOSTS, *services.ENDINGS) if f"`{host}`" not in PAGE]
    assert f"{limits.PUSH_SECONDS} seconds for each message, {limits.PUSH_AT_ONCE} under way" in PAGE


def test_every_provider_is_in_the_reference() -> None:
    documents = (DOCS / "reference/document.md").read_text()
    assert not [name for name in PROVIDERS if f"`{name}`" not in documents]


def test_the_bounds_are_the_present_ones() -> None:
    assert f"`{USER_AGENT}`" in PAGE
    assert f"at most {limits.UNFURL_PAGE_BYTES // 1024} KB" in PAGE
    assert f"At most {limits.OUTSIDE_REDIRECTS} redirects" in PAGE
    assert f"{limits.OUTSIDE_SECONDS} seconds for everything" in PAGE
    assert f"{limits.UNFURLS_PER_MINUTE} addresses a minute" in PAGE

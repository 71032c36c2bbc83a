"""Where a request comes from: what a proxy that is named says, and nothing that anybody else does."""

import logging
from ipaddress import ip_address, ip_network

import pytest

from stoppress.edge.address import Addresses, network_of
from stoppress.edge.asgi import Request, Scope
from stoppress.lib.addresses import read_address

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def asked(client: str, *lines: str) -> Request:
    """A request from `client` with these lines of X-Forwarded-For."""
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"x-forwarded-for", line.encode()) for line in lines],
    }
    if client:
        scope["client"] = (client, 50_000)
    return Request(scope)


@pytest.mark.parametrize(
    ("client", "lines", "expected"),
    [
        ("192.0.2.7", ["203.0.113.9"], "192.0.2.7"),  # nobody's proxy
        ("10.0.0.2", ["203.0.113.9"], "203.0.113.9"),
        (
            "10.0.0.2",
            ["198.51.100.1, 203.0.113.9"],
            "203.0.113.9",
        ),  # what the reader wrote before is not believed
        ("10.0.0.2", ["203.0.113.9, 10.0.0.1"], "203.0.113.9"),  # two proxies of ours
        ("10.0.0.2", ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),  # two lines are one list
        ("10.0.0.2", ["203.0.113.9", ""], "203.0.113.9"),
        ("10.0.0.2", ["unknown"], "10.0.0.2"),
        ("10.0.0.2", ["198.51.100.1, nobody"], "10.0.0.2"),
        ("10.0.0.2", [], "10.0.0.2"),
        ("::ffff:10.0.0.2", ["::ffff:203.0.113.9"], "203.0.113.9"),
        ("fd00::1", ["[2001:db8::7]"], "2001:db8::7"),
    ],
)
def test_the_last_hop_that_nobody_could_make_up(client: str, lines: list[str], expected: str) -> None:
    assert str(Addresses(PROXIES).of(asked(client, *lines))) == expected


@pytest.mark.parametrize("client", ["", "nonsense"])
def test_without_an_address_nothing_is_believed(client: str) -> None:
    assert Addresses(PROXIES).of(asked(client, "203.0.113.9")) is None


def test_a_household_has_one_name_and_this_machine_and_proxies_none() -> None:
    counted = Addresses(PROXIES).counted
    assert (
        counted(read_address("2001:db8:1:2::7"))
        == counted(read_address("2001:db8:1:2:ffff::1"))
        == "2001:db8:1:2::/64"
    )
    assert counted(read_address("2001:db8:1:3::7")) != counted(read_address("2001:db8:1:2::7"))
    assert counted(read_address("203.0.113.9")) == "203.0.113.9"
    assert [counted(read_address(text)) for text in ("127.0.0.1", "::1", "10.1.2.3", "")] == [""] * 4


def test_a_network_is_written_as_one() -> None:
    assert network_of(ip_address("2001:db8::1")) == "2001:db8::/64"


def test_a_proxy_that_nobody_named_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    addresses = Addresses()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            addresses.of(asked("172.16.0.4", "203.0.113.9"))
            addresses.of(asked("8.8.8.8", "203.0.113.9"))  # of the world: anybody may claim anything
    assert len(caplog.records) == 1
    assert "172.16.0.4" in caplog.text
    assert "STOPPRESS_TRUSTED_PROXIES" in caplog.text

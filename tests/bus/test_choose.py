"""Which bus an address means."""

import pytest

from stoppress.bus.choose import bus_for
from stoppress.bus.memory import MemoryBus
from stoppress.bus.postgres import PostgresBus
from stoppress.bus.redis import RedisBus
from stoppress.bus.sqlite import SqliteBus


@pytest.mark.parametrize(
    ("database_url", "bus_url", "kind"),
    [
        ("sqlite:////tmp/a.sqlite3", "", SqliteBus),
        ("sqlite:////tmp/a.sqlite3", "database", SqliteBus),
        ("postgresql://u:p@db/newsroom", "", PostgresBus),
        ("sqlite:////tmp/a.sqlite3", "postgresql://u:p@db/newsroom", PostgresBus),
        ("postgresql://u:p@db/newsroom", "memory:", MemoryBus),
        ("postgresql://u:p@db/newsroom", "redis://:secret@cache:6379", RedisBus),
        ("sqlite:////tmp/a.sqlite3", "rediss://:secret@cache", RedisBus),
    ],
)
def test_the_database_carries_the_bus_unless_told_otherwise(
    database_url: str, bus_url: str, kind: type
) -> None:
    assert isinstance(bus_for(database_url, bus_url), kind)


def test_one_process_has_one_bus_per_address() -> None:
    assert bus_for("sqlite:////tmp/b.sqlite3") is bus_for("sqlite:////tmp/b.sqlite3")


def test_an_address_of_nothing_says_what_is_wanted() -> None:
    with pytest.raises(ValueError, match=r"begins with 'amqp'.*STOPPRESS_BUS_URL"):
        bus_for("sqlite:////tmp/a.sqlite3", "amqp://cache")

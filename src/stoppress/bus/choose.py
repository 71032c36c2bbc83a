"""Which bus an address means. Called by `liveblogs/announce.py` and `cli`."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from stoppress.bus.base import Bus
from stoppress.bus.memory import MemoryBus
from stoppress.bus.postgres import PostgresBus
from stoppress.bus.sqlite import SqliteBus


@cache
def bus_for(database_url: str, bus_url: str = "") -> Bus:
    """The bus at `bus_url`, or the database's own when that is empty or "database".

    The same addresses give the same bus in one process, so that a writer's thread wakes the edge beside it.
    Raises: ValueError (an address that names no bus).
    """
    url = database_url if bus_url in ("", "database") else bus_url
    parts = urlsplit(url)
    match parts.scheme:
        case "sqlite":
            return SqliteBus(Path(unquote(parts.path.removeprefix("/"))))
        case "postgresql" | "postgres":
            return PostgresBus(url)
        case "redis" | "rediss":
            # Most newsrooms have none, and its client costs 20 MB.
            from stoppress.bus.redis import RedisBus  # noqa: PLC0415

            return RedisBus(url)
        case "memory":
            return MemoryBus()
    raise ValueError(
        f"A bus was expected at sqlite:///PATH, postgresql://…, redis://…, rediss://… or memory:, and the address "
        f"begins with {parts.scheme!r}; correct STOPPRESS_BUS_URL, or leave it empty."
    )

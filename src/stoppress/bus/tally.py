"""How many read through each process, told by edges to desks now and then: numbers that are shown, and decide nothing.

A tally may be lost, late or doubled: the next one comes within seconds, and one that is not renewed is forgotten. Told
by `edge/crowd.py`; carried by `tallies.py`. May import `lib`. PURE.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Protocol

from stoppress.lib import limits
from stoppress.lib.ids import BlogId

_PROCESS = re.compile(r"[0-9a-z]{1,32}", re.ASCII)
_LINE = re.compile(r"([0-9]{1,18})=([0-9]{1,9}):([0-9]{0,9}(?:\.[0-9]{1,3})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """One live blog's readers in one process; `seconds` until the newest change was on its way to all of them."""

    readers: int
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What one process counts. `process` is a name that it gives itself when it starts."""

    process: str
    read: Mapping[BlogId, Read]

    def __str__(self) -> str:
        """As it travels: "4f1c;12=340:0.041;13=2:". Of more live blogs than are told, those with most readers."""
        most = sorted(self.read.items(), key=lambda pair: -pair[1].readers)[: limits.TALLY_BLOGS]
        lines = (
            f"{blog_id}={one.readers}:{'' if one.seconds is None else f'{max(one.seconds, 0):.3f}'}"
            for blog_id, one in most
        )
        return ";".join((self.process, *lines))

    @classmethod
    def read_from(cls, text: str) -> "Tally | None":
        """What `str` wrote down; None when it is something else."""
        process, *lines = text.split(";", limits.TALLY_BLOGS)
        found = [_LINE.fullmatch(line) for line in lines]
        if not _PROCESS.fullmatch(process):
            return None
        return cls(
            process,
            {
                BlogId(int(line[1])): Read(int(line[2]), float(line[3]) if line[3] else None)
                for line in found
                if line
            },
        )


class Tallies(Protocol):
    """Carries tallies from process to process."""

    async def tell(self, tally: Tally) -> None:
        """Tell whoever listens. Never raises."""

    def hear(self) -> AsyncGenerator[Tally, None]:
        """Tallies as they come, without end; also those of before, where they are kept. Outlives outages."""

    async def close(self) -> None:
        """Let go of what telling holds open."""

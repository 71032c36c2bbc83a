"""One address asked as fast as it answers (`hammer.c`): requests a second, and the server's CPU for each.

Called by `pages.py`.
"""

import json
import subprocess
from dataclasses import dataclass, field
from statistics import median

from bench.compiled import program
from bench.processes import run_seconds

CONNECTIONS = 16
TURN_SECONDS = 2.0
WARM_SECONDS = 0.5
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of whom."""

    name: str
    port: int
    path: str
    pid: int  # of the server's process group
    headers: tuple[str, ...] = ()  # beside those of all; ######## becomes the request's number


@dataclass(slots=True)
class Turns:
    """One target's turns: requests a second, and microseconds of its server's CPU for each."""

    target: Target
    per_second: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)
    answer_bytes: int = 0  # head included

    @property
    def rate(self) -> float:
        """The middle turn's requests a second."""
        return median(self.per_second)

    @property
    def cost(self) -> float:
        """The middle turn's CPU per request, in microseconds."""
        return median(self.cpu_us)


def take_turns(targets: list[Target], turns: int, headers: tuple[str, ...]) -> list[Turns]:
    """Each in turn, `turns` times: a busy neighbour weighs on all."""
    taken = [Turns(target) for target in targets]
    for _ in range(turns):
        for one in taken:
            _turn(one, headers)
    return taken


def _turn(turns: Turns, headers: tuple[str, ...]) -> None:
    target = turns.target
    asked = (str(target.port), target.path, str(CONNECTIONS), str(WARM_SECONDS), str(TURN_SECONDS))
    before = run_seconds((target.pid,))
    done = subprocess.run(
        (program("hammer"), *asked, *headers, *target.headers),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=_PATIENCE_SECONDS,
    )
    spent = run_seconds((target.pid,)) - before
    told = json.loads(done.stdout)
    if told["wrong"]:
        raise RuntimeError(f"{target.name} answered {told['wrong']} of {told['all']} requests with an error.")
    turns.answer_bytes = told["bytes"]
    turns.per_second.append(told["counted"] / told["seconds"])
    turns.cpu_us.append(spent * 1e6 / told["all"])

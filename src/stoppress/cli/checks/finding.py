"""What a check gives back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from stoppress.config.env import Environment


@dataclass(frozen=True, slots=True)
class Finding:
    """`wrong`: what is, in a sentence. `cure`: the command to type, or the deed.

    `grave`: it must be mended; else it is worth knowing, and the exit status stays 0.
    """

    wrong: str
    cure: str
    grave: bool = True


Check: TypeAlias = Callable[[Environment], Iterator[Finding]]

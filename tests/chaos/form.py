"""How much of it, and which choices: the short or the long form, and the seed that all chance comes from.

Imports only the standard library; everything here imports it.
"""

import os
import random
import sys
import time
from typing import TypeVar

Size = TypeVar("Size")

LONG = os.environ.get("CHAOS_FORM", "short") == "long"
SEED = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(1_000_000))
PATIENCE_SECONDS = 120  # for what must come; a busy machine is no fault


def sized(short: Size, long: Size) -> Size:
    """The figure for the form that was chosen."""
    return long if LONG else short


def chance(name: str) -> random.Random:
    """The choices of one test, or of one part of it: the same for the same seed, whatever ran before."""
    return random.Random(f"{SEED} {name}")  # noqa: S311 (moments, no secrets)


def step(what: str, done: int, total: int) -> None:
    """Say how far the long form is, ten times in all: it takes minutes, and somebody waits."""
    if LONG and done * 10 // total > (done - 1) * 10 // total:
        sys.stdout.write(f"\n  {time.strftime('%H:%M:%S')} {what}: {done} of {total}")
        sys.stdout.flush()

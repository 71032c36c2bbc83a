"""A newsroom's processes with other bounds than the product's: `bounded(newsroom, HEADER_SECONDS=1)`."""

import sys
from pathlib import Path

from tests.chaos.newsroom import Newsroom

WITHIN = Path(__file__).with_name("within.py")


def bounded(newsroom: Newsroom, **bounds: float) -> Newsroom:
    """Let every process that has yet to start keep these bounds of `lib/limits.py` instead of its own."""
    for part in newsroom.parts:
        told = [f"{name}={value}" for name, value in bounds.items()]
        listens = () if part.role == "worker" else ("--host", "127.0.0.1", "--port", str(part.port))
        part.program = (sys.executable, str(WITHIN), *told, part.role, "--data", str(part.data), *listens)
    return newsroom

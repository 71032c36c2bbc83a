"""The bench's load clients are written in C, so that they weigh less than the servers they ask: compiled here.

Called by `crowd.py` and `hammer.py`. Without a compiler the rows that need one are not measured (`NotMeasured`).
"""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
_FLAGS = ("-O2", "-Wall", "-Wextra", "-Werror")


class NotMeasured(Exception):
    """Something that a row stands beside is not on this machine; the message says what, and the cure."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="stoppress-bench-c-")  # gone when the bench ends


@cache
def program(name: str) -> Path:
    """`bench/NAME.c` as a program. Raises: NotMeasured."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NotMeasured("no C compiler here; do: apt-get install gcc libc6-dev")
    made = Path(_folder().name) / name
    done = subprocess.run(
        (compiler, *_FLAGS, "-o", made, HERE / f"{name}.c"), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotMeasured(f"{name}.c does not compile here: {done.stderr.strip().splitlines()[0]}")
    return made

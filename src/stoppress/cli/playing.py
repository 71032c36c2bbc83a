"""What `demo`, `replay` and `backup` share: the speed, and what is shown while something goes on."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from stoppress.cli.newsroom import STDERR, say

Command = TypeVar("Command", bound=Callable[..., Any])
Show = Callable[[int, int, str], None]  # how many are done, of how many, what the newest is

_TITLE_CHARS = 70  # of a title, beside the bar


def _speed(_: click.Context, __: click.Parameter, value: float) -> float:
    """Refuses what is no factor: nought, less, or not a number."""
    if not math.isfinite(value) or value <= 0:
        raise click.BadParameter(f"{value} is no speed; give a number above 0, such as 60.")
    return value


def speed_option(default: float) -> Callable[[Command], Command]:
    """Give a command `--speed N`."""
    words = "How many times faster than it happened."
    return click.option(
        "--speed", type=float, default=default, callback=_speed, show_default=True, help=words
    )


@contextmanager
def progress(total: int, done: int = 0) -> Iterator[Show]:
    """A bar on a terminal, plain lines elsewhere: all on standard error."""
    if not STDERR.is_terminal:
        yield lambda number, of, title: say(f"{number}/{of} {title}")
        return
    bar = Progress(
        BarColumn(bar_width=30), MofNCompleteColumn(), TextColumn("{task.description}"), console=STDERR
    )
    with bar:
        task = bar.add_task("", total=total, completed=done)

        def show(number: int, of: int, title: str) -> None:
            short = title if len(title) <= _TITLE_CHARS else f"{title[: _TITLE_CHARS - 1]}…"
            bar.update(task, completed=number, total=of, description=escape(short))

        yield show

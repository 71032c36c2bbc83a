"""Plays the rest of a script in a newsroom that is open to visitors, deed by deed, as its times say.

Called by `cli/demo.py` in a thread beside the server, and by tests with a `wait` that does not wait. Visitors
may sign in and change anything, so a deed that is refused is told and passed over.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stoppress.demo.script import Deed
from stoppress.demo.stage import Stage
from stoppress.lib import clock
from stoppress.liveblogs.refusals import BlogClosed, Refused

Wait = Callable[[float], bool]  # waits so many seconds; False: stop now


@dataclass(frozen=True, slots=True)
class Played:
    """What has just been done, for whoever watches. `refused`: why it was not, or ""."""

    deed: Deed
    title: str
    number: int
    total: int
    refused: str = ""


def to_come(stage: Stage) -> tuple[Deed, ...]:
    """The deeds that lie ahead when the demonstration begins."""
    begins = stage.script.begins
    return tuple(deed for deed in stage.script.deeds if begins is None or deed.minute > begins)


def perform(stage: Stage, *, wait: Wait, tell: Callable[[Played], None]) -> bool:
    """Play everything that is to come; whether it came to its end.

    It does not when `wait` says stop, or when a visitor has closed the live blog.
    """
    rest = to_come(stage)
    for number, deed in enumerate(rest, 1):
        seconds = (stage.times.at(deed.minute) - clock.now()).total_seconds()
        if not wait(max(0.0, seconds)):
            return False
        try:
            refused = _play(stage, deed)
        except BlogClosed as closed:
            tell(Played(deed, "", number, len(rest), str(closed)))
            return False
        tell(Played(deed, stage.title(deed), number, len(rest), refused))
    return True


def _play(stage: Stage, deed: Deed) -> str:
    try:
        stage.play(deed, at=clock.now())
    except BlogClosed:
        raise
    except Refused as refused:
        return str(refused)
    return ""

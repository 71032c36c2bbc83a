"""`stoppress replay`: a live blog once more, post by post."""

import threading
from pathlib import Path

import click

from stoppress.archive.format import Archive
from stoppress.cli.importing import file_bytes
from stoppress.cli.newsroom import Failed, data_option, open_newsroom, say
from stoppress.cli.playing import progress, speed_option
from stoppress.newsroom.roles import Staff

STOPPED = 128 + 2  # as a shell tells of Ctrl+C


def _source(words: str, by: Staff, into: str) -> Archive:
    """The live blog to be told again: from a file when there is one of that name, else one of this newsroom's."""
    from stoppress.archive.detect import read_file
    from stoppress.liveblogs import queries

    path = Path(words)
    if words == "-" or path.exists() or path.suffix or len(path.parts) > 1:
        return read_file(file_bytes(path)).archive
    if words == into:
        raise click.BadParameter(f"{words!r} cannot be replayed into itself; give --into another slug.")
    return queries.archive_of(by, words)


@click.command()
@click.argument("source", metavar="FILE_OR_SLUG")
@click.option("--into", required=True, metavar="SLUG", help="The live blog to publish into; made when new.")
@speed_option(1)
@data_option
def replay(source: str, into: str, speed: float, data: Path | None) -> None:
    """Publish a live blog again, post by post, with its own gaps divided by the speed.

    Stopped or cut, the same command goes on where it was: no post twice, none left out.
    """
    open_newsroom(data, make=True)
    from stoppress.demo.replay import Replay, plan
    from stoppress.lib import clock
    from stoppress.newsroom.actions.ensure_house import ensure_house
    from stoppress.newsroom.actions.ensure_publisher import ensure_publisher

    house = ensure_house()
    planned = plan(_source(source, house, into), credit=ensure_publisher().name)
    for skipped in planned.skipped:
        say(f"Left out: {skipped.where}. {skipped.why}")
    if not planned.steps:
        raise Failed(f"There is no published post in {source}; give a live blog that has some.")
    again = Replay(planned, by=house, into=into)
    done, total = again.begin(at=clock.now()), len(planned.steps)
    say(f"Replaying into {into}: {total - done} of {total} steps to come, at {speed:g} times the pace.")
    stop = threading.Event()
    try:
        with progress(total, done) as show:
            again.run(
                speed=speed,
                wait=lambda seconds: not stop.wait(seconds),
                tell=lambda one: show(one.number, one.total, one.step.title),
            )
    except KeyboardInterrupt:
        say("Stopped; the same command goes on from here.")
        raise SystemExit(STOPPED) from None
    say(f"All {total} steps are done.")

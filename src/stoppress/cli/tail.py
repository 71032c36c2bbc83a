"""`stoppress tail`: the event log as JSON lines, following."""

import json
import time
from pathlib import Path

import click

from stoppress.cli.newsroom import data_option, open_newsroom
from stoppress.lib import limits
from stoppress.lib.clock import rfc3339


@click.command()
@click.argument("slug")
@click.option(
    "--after", type=click.IntRange(0, limits.CURSOR_MAX), default=0, help="Start behind this number."
)
@click.option("--once", is_flag=True, help="Print what is there and stop.")
@data_option
def tail(slug: str, after: int, once: bool, data: Path | None) -> None:
    """Print the log of the live blog SLUG: what happened, to which post, by whom, when. It holds no text."""
    open_newsroom(data)
    from stoppress.liveblogs import queries

    if not queries.liveblog_ids(slug):
        raise click.UsageError(f"There is no live blog {slug!r}; look at the front page for the addresses.")
    while True:
        events = queries.events_after(slug, after, limits.TAIL_ROWS)
        for event in events:
            fact = {
                "seq": event.seq,
                "kind": event.kind,
                "post_id": event.post_id,
                "revision": event.revision,
                "by": event.by,
                "at": rfc3339(event.at),
            }
            click.echo(json.dumps(fact, ensure_ascii=False))
            after = event.seq
        if len(events) < limits.TAIL_ROWS:
            if once:
                return
            time.sleep(limits.TAIL_PAUSE_SECONDS)

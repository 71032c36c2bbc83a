"""`stoppress rebuild`: the read model again from the write model."""

from pathlib import Path

import click
from rich.progress import track

from stoppress.cli.newsroom import STDERR, data_option, open_newsroom, say


@click.command()
@click.argument("slug", required=False)
@data_option
def rebuild(slug: str | None, data: Path | None) -> None:
    """Make the pages of SLUG, or of every live blog, again. Safe at any time, also while serving."""
    open_newsroom(data)
    from stoppress.lib import clock
    from stoppress.liveblogs import queries
    from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog

    blogs = queries.liveblog_ids(slug)
    if slug and not blogs:
        raise click.UsageError(f"There is no live blog {slug!r}; look at the front page for the addresses.")
    posts = 0
    for blog_id, _ in track(blogs, "Rebuilding", console=STDERR, disable=not STDERR.is_terminal):
        posts += rebuild_liveblog(blog_id=blog_id, by="Stoppress", at=clock.now())
    say(f"Rebuilt {len(blogs)} live blogs with {posts} posts.")

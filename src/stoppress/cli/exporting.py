"""`stoppress export`: a live blog as a file."""

import sys
from pathlib import Path

import click

from stoppress.cli.newsroom import data_option, open_newsroom

FORMATS = ("archive", "jsonld", "jsonfeed", "atom", "ninjs", "html", "text")


@click.command()
@click.argument("slug")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="archive", help="What to write.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: standard output."
)
@data_option
def export(slug: str, format_: str, output: Path | None, data: Path | None) -> None:
    """Write the live blog SLUG; `archive` is complete and comes back through `import` without loss."""
    open_newsroom(data)
    from stoppress.liveblogs.exports import export as exported
    from stoppress.newsroom.actions.ensure_house import ensure_house

    content = exported(ensure_house(), slug, format_)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(output.name + ".part")
    unfinished.write_bytes(content)
    unfinished.replace(output)  # whoever looks never sees half a file

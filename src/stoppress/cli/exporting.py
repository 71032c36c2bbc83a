"""`stoppress export`: a live blog as a file, or as a folder of pages."""

import sys
from pathlib import Path

import click
from rich.progress import Progress

from stoppress.cli.newsroom import STDERR, data_option, open_newsroom, say
from stoppress.config.env import Environment

FORMATS = ("archive", "jsonld", "jsonfeed", "atom", "ninjs", "html", "text", "digest", "digest-text", "site")


@click.command()
@click.argument("slug")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="archive", help="What to write.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Default: standard output. For `site`: the folder to make.",
)
@data_option
def export(slug: str, format_: str, output: Path | None, data: Path | None) -> None:
    """Write the live blog SLUG; `archive` is complete and comes back through `import` without loss.

    `site` makes a folder of pages that any web server can serve, `digest` an e-mail of summary and key events.
    """
    environment = open_newsroom(data)
    if format_ == "site":
        _export_site(environment, slug, output)
        return
    from stoppress.liveblogs.exports import export as exported
    from stoppress.newsroom.actions.ensure_house import ensure_house

    if output is not None and output.is_dir():
        raise click.BadParameter(f"{output} is a folder; name a file.", param_hint="-o")
    content = exported(ensure_house(), slug, format_)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(output.name + ".part")
    unfinished.write_bytes(content)
    unfinished.replace(output)  # whoever looks never sees half a file


def _export_site(environment: Environment, slug: str, folder: Path | None) -> None:
    from stoppress.cli.server import freshen
    from stoppress.cli.site import export_site, serve

    if folder is None:
        raise click.UsageError("`--format site` needs a folder: add `-o FOLDER`.")
    freshen()
    with Progress(console=STDERR, disable=not STDERR.is_terminal, transient=True) as progress:
        task = progress.add_task(f"Copying {slug}", total=None)
        files = export_site(
            serve(environment),
            slug,
            folder,
            lambda done, known: progress.update(task, completed=done, total=known),
        )
    say(f"Wrote {files} files to {folder}. Open {folder / 'index.html'}, or serve the folder.")

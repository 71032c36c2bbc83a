"""`stoppress backup` and `stoppress restore`: a whole newsroom in one file, and back."""

from pathlib import Path

import click

from stoppress.cli.newsroom import STDERR, Failed, data_option, open_newsroom, say
from stoppress.cli.playing import progress


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
def backup(file: Path, data: Path | None) -> None:
    """Copy the newsroom, consistent and complete, to FILE; it may be running."""
    open_newsroom(data)
    from stoppress.backup.write import write_backup

    with progress(total=1) as show:
        done = write_backup(file, show)
    say(f"{file}: {done.rows} rows and {done.pictures} picture files in {done.bytes / 2**20:.1f} MB.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def restore(file: Path, data: Path | None) -> None:
    """Bring the newsroom in FILE back, into a folder or database that is empty."""
    from stoppress.cli.newsroom import newsroom_at

    path = newsroom_at(data).sqlite_path
    if path and path.exists():
        raise Failed(f"There is a newsroom in {path.parent} already; name an empty folder with --data.")
    from stoppress.backup import read

    with STDERR.status("Reading the backup…"):
        read.check(file)
    open_newsroom(data, make=True)
    try:
        with progress(total=1) as show:
            done = read.restore_backup(file, show)
    except BaseException:
        if path:
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()
        raise
    say(f"{done.rows} rows and {done.pictures} picture files are back. Start with: stoppress serve")

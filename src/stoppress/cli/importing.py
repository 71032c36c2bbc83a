"""`stoppress import`: a live blog from a file."""

import json
import sys
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

import click

from stoppress.archive.detect import HEAD_BYTES, bytes_taken, read_file
from stoppress.archive.format import Reading, UnreadableArchive
from stoppress.cli.newsroom import data_option, open_newsroom

FORMATS = ("auto", "archive", "jsonld", "microdata", "guardian")


def file_bytes(file: Path) -> bytes:
    """The file's content, or standard input for `-`; one byte more than is taken, so that the reader refuses."""
    if str(file) == "-":
        return _bounded(sys.stdin.buffer)
    try:
        with file.open("rb") as opened:
            return _bounded(opened)
    except OSError as fault:
        raise UnreadableArchive(
            f"{file} cannot be read ({fault.strerror}); give the path of a file."
        ) from fault


def _bounded(opened: BinaryIO) -> bytes:
    head = opened.read(HEAD_BYTES)
    return head + opened.read(bytes_taken(head) + 1 - len(head))


def _line(slug: str, posts: int, reading: Reading, skipped: list[dict[str, str]]) -> str:
    return json.dumps(
        {"slug": slug, "posts": posts, "skipped": skipped, "format": reading.format}, ensure_ascii=False
    )


class _Options(TypedDict):
    slug: str
    status: str | None
    format_: str
    dry_run: bool
    data: Path | None


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--slug", default="", help="The address; default: the file's own, or one from its headline.")
@click.option("--status", type=click.Choice(["draft", "live", "closed"]), help="Default: as the file says.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="auto", help="What the file is.")
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@data_option
def import_(file: Path, **options: Unpack[_Options]) -> None:
    """Bring in a live blog from FILE (- for standard input) and print one JSON line of what came."""
    reading = read_file(file_bytes(file), format=options["format_"])
    if options["dry_run"]:
        skipped = [{"where": one.where, "why": one.why} for one in reading.skipped]
        click.echo(
            _line(options["slug"] or reading.archive.slug, len(reading.archive.posts), reading, skipped)
        )
        return
    open_newsroom(options["data"], make=True)
    from stoppress.lib import clock
    from stoppress.liveblogs.actions.import_liveblog import import_liveblog
    from stoppress.newsroom.actions.ensure_house import ensure_house

    done = import_liveblog(
        by=ensure_house(),
        reading=reading,
        slug=options["slug"],
        status=options["status"] or "",
        at=clock.now(),
    )
    skipped = [{"where": one.where, "why": one.why} for one in done.skipped]
    click.echo(_line(done.slug, done.posts, reading, skipped))

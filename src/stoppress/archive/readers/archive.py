"""Our own archives. Called by `detect.py`. May import this room."""

from stoppress.archive import codec
from stoppress.archive.format import Reading

FORMAT = "archive"


def read(value: object) -> Reading:
    """The Reading of a parsed archive: nothing is skipped. Raises: UnreadableArchive."""
    return Reading(FORMAT, codec.from_json(value))

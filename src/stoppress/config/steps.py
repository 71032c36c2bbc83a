"""The migrations that this version's code needs, by their files. No Django here: the edge asks for them too."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def steps() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration of ours."""
    files = _PACKAGE.glob("*/migrations/[0-9]*.py")
    return frozenset((file.parent.parent.name, file.stem) for file in files)

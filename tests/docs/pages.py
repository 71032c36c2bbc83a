"""The documentation as the tests see it. Imports only the standard library."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def pages() -> tuple[Path, ...]:
    """Every page: those in docs/ and the ones that stand at the top of the repository."""
    return (*(ROOT / name for name in TOP), *sorted(DOCS.rglob("*.md")))


def reference(name: str) -> str:
    """The text of a reference page."""
    return (REFERENCE / f"{name}.md").read_text()


def named_in_tables(text: str) -> set[str]:
    """What stands in backquotes in the first cell of a table's rows."""
    rows = (line.split("|")[1] for line in text.splitlines() if line.startswith("|") and line.count("|") > 1)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def code_blocks(path: Path) -> list[tuple[str, str]]:
    """(language, code) of each fenced block."""
    return [(found.group(1), found.group(2)) for found in _FENCE.finditer(path.read_text())]

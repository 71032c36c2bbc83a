"""The project's own files, read once: what the tidy tests look at. Imports only the standard library."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "stoppress"
ROOMS_WITHOUT_DJANGO = ("lib", "document", "render", "events", "bus", "archive", "unfurl", "edge")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. `room`: its folder under src/stoppress, "" for files that stand above the rooms."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As printed in a failure: the path from the root of the repository."""
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        """The first folder below the package."""
        parts = self.path.relative_to(PACKAGE).parts
        return parts[0] if len(parts) > 1 else ""

    def at(self, node: ast.AST) -> str:
        """`file:line`, for failures."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and "node_modules" not in path.parts:
            yield path


@cache
def read(folder: Path) -> tuple[Module, ...]:
    """Every Python file under `folder` that people write (migrations are written by a program)."""
    modules = []
    for path in _files(folder):
        text = path.read_text()
        modules.append(Module(path, text, ast.parse(text, str(path))))
    return tuple(modules)


def package() -> tuple[Module, ...]:
    """The product."""
    return read(PACKAGE)


def suite_files() -> tuple[Module, ...]:
    """The tests."""
    return read(ROOT / "tests")


def room(*names: str) -> tuple[Module, ...]:
    """The files of these rooms."""
    return tuple(module for module in package() if module.room in names)


@cache
def rooms() -> tuple[str, ...]:
    """The folders under src/stoppress that hold Python."""
    return tuple(sorted({module.room for module in package()} - {""}))


@cache
def kept_files() -> tuple[Path, ...]:
    """Everything under version control or about to be."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"),  # noqa: S607 (git is git)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


def words_of(name: str) -> list[str]:
    """`publish_post`, `PublishPost` and `publishPost` all as ["publish", "post"]."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]

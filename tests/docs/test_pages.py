"""Documents that cannot lie: links lead somewhere, commands exist, examples are what they say."""

import ast
import json
import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from tests.docs.pages import DOCS, ROOT, code_blocks, pages
from tests.tidy.source import kept_files

from stoppress.cli.doctor import NAMES as CHECKS
from stoppress.cli.main import stoppress

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_IN_CODE = re.compile(r"docs/[a-z]+/[A-Za-z0-9_-]+\.md")
WORDS_OF_A_SHELL = {"echo", "curl", "python3", "createuser", "createdb", "$", "/opt/stoppress/bin/pip"}


def _title(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", pages(), ids=_title)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(page.read_text()):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = unquote(target).partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("page", pages(), ids=_title)
def test_pages_begin_with_their_one_title(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, ahead = set(), [DOCS / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in reached and page.suffix == ".md" and page.exists():
            reached.add(page)
            ahead += [(page.parent / link.split("#")[0]).resolve() for link in LINK.findall(page.read_text())]
    assert set(DOCS.rglob("*.md")) - reached == set()


def test_every_decision_is_listed() -> None:
    listed = re.findall(
        r"^\| \[(\d{4})\]\(([^)]+)\)", (DOCS / "decisions/README.md").read_text(), re.MULTILINE
    )
    stand = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [name for _, name in listed] == stand
    assert [name[:4] for name in stand] == [f"{number:04}" for number in range(1, len(stand) + 1)]


def test_pages_that_code_points_to_exist() -> None:
    missing = {
        f"{_title(path)} names {name}"
        for path in kept_files()
        if path.suffix in {".py", ".ts", ".mjs", ".css", ".html"}
        for name in NAMED_IN_CODE.findall(path.read_text())
        if not (ROOT / name).exists()
    }
    assert not missing


def _shell_lines(page: Path) -> list[list[str]]:
    """Each command of each block without a language, as words; continued lines joined."""
    lines = []
    for language, code in code_blocks(page):
        if not language:
            joined = code.replace("\\\n", " ")
            lines += [shlex.split(line, comments=True) for line in joined.splitlines() if _is_command(line)]
    return [words for line in lines for words in _piped(line) if words]


def _is_command(line: str) -> bool:
    first = line.removeprefix("$ ").split(" ")[0].rsplit("/", 1)[-1]
    return first in {"make", "stoppress", "echo"} or first.startswith("STOPPRESS_")


def _piped(words: list[str]) -> list[list[str]]:
    """`A=b echo x | stoppress y` as [["echo", "x"], ["stoppress", "y"]]."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == "|":
            parts.append([])
        elif parts[-1] or "=" not in word:
            parts[-1].append(word)
    return parts


def _fault(words: list[str]) -> str:
    """What is wrong with a documented command, or ""."""
    program, *rest = words
    if program == "make":
        targets = (ROOT / "Makefile").read_text().split(".PHONY:")[1].split("\n")[0].split()
        unknown = [word for word in rest if word not in targets and "=" not in word]
        return f"make has no {unknown}" if unknown else ""
    if program.rsplit("/", 1)[-1] == "stoppress":
        return _command_fault(rest)
    return ""


def _command_fault(words: list[str]) -> str:
    command: click.Command = stoppress
    context = click.Context(stoppress)
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        if found is None:
            return f"there is no command {words[0]}"
        command, words = found, words[1:]
    known = {name for param in command.params for name in param.opts} | {"--help"}
    unknown = [word for word in words if word.startswith("-") and len(word) > 1 and word not in known]
    if command.name == "doctor":
        unknown += [check for only, check in pairwise(words) if only == "--only" and check not in CHECKS]
    return f"{command.name} takes no {unknown}" if unknown else ""


@pytest.mark.parametrize("page", pages(), ids=_title)
def test_commands_exist(page: Path) -> None:
    faults = [f"{' '.join(words)}: {fault}" for words in _shell_lines(page) if (fault := _fault(words))]
    assert not faults


@pytest.mark.parametrize("page", pages(), ids=_title)
def test_examples_are_in_their_language(page: Path) -> None:
    for language, code in code_blocks(page):
        if language == "python":
            ast.parse(code)
        elif language == "json":
            for line in code.splitlines():
                json.loads(line)
        elif language == "toml":
            tomllib.loads(code)

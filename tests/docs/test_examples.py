"""Examples in the how-to pages that stand under `<!-- runs -->` are run, in order, against a real newsroom."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.docs.pages import DOCS
from tests.e2e.server import Newsroom, Server, environment

pytestmark = pytest.mark.faults

EXAMPLE = re.compile(r"<!-- runs -->\n```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(path for path in (DOCS / "howto").glob("*.md") if "<!-- runs -->" in path.read_text())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """The newsroom that the pages speak of, one for all of them, and what their examples are told of it."""
    with Server(tmp_path_factory.mktemp("served") / "newsroom") as server:
        yield server, words_for(server, "editor")


def fitted(code: str, server: Server) -> str:
    """The pages' address and folder become the test's."""
    code = code.replace("http://127.0.0.1:8000", server.url).replace("--data /srv/newsroom-new", "--data new")
    return code.replace("/srv/newsroom", str(server.data)).replace("/backups/", "")


def words_for(server: Server, role: str) -> dict[str, str]:
    """The newsroom that the pages speak of: its live blog with one post; what they are told of it."""
    token = server.add_staff(role=role)
    newsroom = Newsroom.at(server, token)
    post = newsroom.publish(newsroom.open("storm"), "Water is rising.")
    newsroom.client.close()
    return environment(server.data) | {
        "TOKEN": token,
        "POST": post,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_examples_run(page: Path, served: tuple[Server, dict[str, str]], tmp_path: Path) -> None:
    server, words = served
    for language, code in EXAMPLE.findall(page.read_text()):
        if "curl" in code and not shutil.which("curl"):
            continue  # the same request is made by the Python example
        program = (sys.executable, "-c") if language == "python" else ("sh", "-euc")
        done = subprocess.run(
            (*program, fitted(code, server)),
            cwd=tmp_path,
            env=words,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{code}\n{done.stdout}{done.stderr}"

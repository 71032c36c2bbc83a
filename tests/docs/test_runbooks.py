"""What the runbooks tell to type at three in the morning is typed here: all of it, in order, in one newsroom."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.docs.pages import DOCS
from tests.docs.test_examples import EXAMPLE, fitted, words_for
from tests.e2e.server import Server

RUNBOOKS = sorted((DOCS / "runbooks").glob("[a-z]*.md"))
PARTS = ("**You see:**", "## It is over when")


@pytest.mark.parametrize("page", RUNBOOKS, ids=lambda path: path.stem)
def test_a_runbook_says_what_one_sees_and_when_it_is_over(page: Path) -> None:
    text = page.read_text()
    assert [part for part in PARTS if part not in text] == []
    assert "<!-- runs -->" in text
    assert page.name in (DOCS / "runbooks/README.md").read_text()


@pytest.mark.faults
# Runbooks ask with curl, which a bare machine may lack.
@pytest.mark.skipif(not shutil.which("curl"), reason="no curl: apt-get install it")  # they ask with it
def test_every_command_of_every_runbook_works(tmp_path: Path) -> None:
    with Server(tmp_path / "newsroom") as server:
        words = words_for(server, "admin")
        for page in RUNBOOKS:
            for _, code in EXAMPLE.findall(page.read_text()):
                done = subprocess.run(
                    ("/bin/sh", "-euc", fitted(code, server)),
                    cwd=tmp_path,
                    env=words,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert done.returncode == 0, f"{page.name}: {code}\n{done.stdout}{done.stderr}"
                if "gone.html" in code:
                    assert done.stdout == "410\n"
                    assert "rising" not in (tmp_path / "gone.html").read_text()
                if "draft.html" in code:
                    assert done.stdout == "404\n"
    assert "rising" not in (tmp_path / "page.html").read_text()

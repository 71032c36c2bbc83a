"""`stoppress replay` as a process that is killed: afterwards no post twice, and none lost."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.e2e.server import COMMAND, environment, fresh_newsroom

pytestmark = pytest.mark.faults
POSTS = 30
KILLS = 3


def page() -> str:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Post {number}",
            "datePublished": f"2026-03-14T07:{number:02}:00+01:00",
            "articleBody": f"What happened at minute {number}.",
        }
        for number in range(POSTS)
    ]
    blog = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": "Surge reaches the harbour",
        "liveBlogUpdate": updates,
    }
    return f'<html><head><script type="application/ld+json">{json.dumps(blog)}</script></head></html>'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of a newsroom that holds nothing yet."""
    return shutil.copytree(fresh_newsroom(), tmp_path / "data")


def replay(data: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        (COMMAND, "replay", *words),
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_it_says(process: "subprocess.Popen[str]", word: str) -> None:
    """Read its progress, line by line, up to the line that begins with `word`."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(word):
            return
    raise AssertionError(f"It ended without saying {word!r}.")


def end(process: "subprocess.Popen[str]", word: signal.Signals | None = None) -> tuple[int, str]:
    if word is not None:
        os.kill(process.pid, word)
    _, said = process.communicate(timeout=100)  # the disk of a busy machine is slow
    return process.returncode, said


def headlines(data: Path, slug: str) -> list[str]:
    with sqlite3.connect(data / "stoppress.sqlite3") as database:
        rows = database.execute(
            "SELECT post.headline FROM post JOIN liveblog ON liveblog.id = post.liveblog_id "
            "WHERE liveblog.slug = ? ORDER BY post.first_published_at",
            [slug],
        ).fetchall()
    database.close()
    return [row[0] for row in rows]


WHOLE = [f"Post {number}" for number in range(POSTS)]


def test_a_killed_replay_goes_on_with_no_post_twice_and_none_lost(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page())
    words = (str(file), "--into", "again", "--speed", "1200")  # a post each 50 milliseconds
    for kill in range(KILLS):
        process = replay(data, *words)
        until_it_says(process, f"{(kill + 1) * 7}/{POSTS}")
        assert end(process, signal.SIGKILL)[0] == -signal.SIGKILL
        assert headlines(data, "again") == WHOLE[: len(headlines(data, "again"))]
    status, said = end(replay(data, *words))
    assert (status, f"All {POSTS} steps are done." in said) == (0, True)
    assert headlines(data, "again") == WHOLE
    status, said = end(replay(data, *words))
    assert (status, f"0 of {POSTS} steps to come" in said) == (0, True)
    assert headlines(data, "again") == WHOLE


def test_an_interrupted_replay_says_how_to_go_on(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page())
    process = replay(data, str(file), "--into", "again", "--speed", "1")
    until_it_says(process, f"1/{POSTS}")
    status, said = end(process, signal.SIGINT)
    assert (status, "goes on from here" in said) == (130, True)
    assert headlines(data, "again") == WHOLE[:1]


def test_a_live_blog_of_the_newsroom_is_replayed_by_its_slug(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "page.html"  # a replay makes its newsroom, too
    file.write_text(page())
    assert end(replay(data, str(file), "--into", "first", "--speed", "1e9"))[0] == 0
    assert end(replay(data, "first", "--into", "second", "--speed", "1e9"))[0] == 0
    assert headlines(data, "second") == WHOLE


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("/no/such/file.html", "--into", "again"), 2, "cannot be read"),
        (("nothing", "--into", "again"), 2, "no live blog 'nothing'"),
        (("same", "--into", "same"), 2, "into itself"),
        (("x.html", "--into", "again", "--speed", "0"), 2, "no speed"),
        (("x.html", "--into", "again", "--speed", "nan"), 2, "no speed"),
        (("x.html",), 2, "--into"),
    ],
)
def test_bad_words_get_one_sentence(data: Path, words: tuple[str, ...], status: int, says: str) -> None:
    got, said = end(replay(data, *words))
    assert got == status
    assert says in said
    assert len(said.strip().splitlines()) == 1


def test_a_slug_that_is_no_address_is_refused(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page())
    status, said = end(replay(data, str(file), "--into", "Not A Slug"))
    assert (status, "cannot be an address" in said) == (2, True)

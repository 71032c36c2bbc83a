"""The commands as a person types them: real processes on a folder of their own."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.e2e.server import COMMAND, Server, environment, fresh_newsroom

pytestmark = pytest.mark.faults

PAGE = """<!doctype html><html lang="en"><head><title>Surge</title><script type="application/ld+json">
{"@context":"https://schema.org","@type":"LiveBlogPosting","headline":"Surge reaches the harbour",
"coverageStartTime":"2026-03-14T06:00:00+01:00","liveBlogUpdate":[
{"@type":"BlogPosting","headline":"Gate shut","datePublished":"2026-03-14T07:00:00+01:00",
"articleBody":"The gate is shut."},
{"@type":"BlogPosting","headline":"","datePublished":"2026-03-14T08:00:00+01:00","articleBody":""},
{"@type":"BlogPosting","headline":"Gate open","datePublished":"2026-03-14T09:00:00+01:00",
"articleBody":"<p>It is <b>open</b>.</p>"}
]}</script></head><body></body></html>"""


def stoppress(
    data: Path, *words: str, stdin: str = "", **variables: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        (COMMAND, *words),
        env=environment(data) | variables,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder of a newsroom that holds nothing yet: making its tables takes seconds, and two tests show it."""
    return shutil.copytree(fresh_newsroom(), tmp_path / "made")


def one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """What went to standard error, which must be one line and no traceback."""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("stoppress: ")
    return lines[0]


def test_a_live_blog_comes_in_and_goes_out_without_loss(tmp_path: Path, made: Path) -> None:
    data, page = tmp_path / "data", tmp_path / "page.html"  # an import makes its newsroom, too
    page.write_text(PAGE)
    dry = json.loads(stoppress(data, "import", str(page), "--dry-run").stdout)
    assert not (data / "stoppress.sqlite3").exists()
    done = json.loads(stoppress(data, "import", str(page)).stdout)
    assert done["posts"] == dry["posts"] == 2
    assert done["format"] == "jsonld"
    assert any("2" in skipped["where"] for skipped in done["skipped"])
    slug = done["slug"]

    first = tmp_path / "first.json"
    assert stoppress(data, "export", slug, "-o", str(first)).returncode == 0
    again = json.loads(stoppress(made, "import", str(first)).stdout)
    assert again["format"] == "archive"
    second = stoppress(made, "export", again["slug"]).stdout
    assert json.loads(second) == json.loads(first.read_text())

    for form in ("jsonld", "jsonfeed", "atom", "ninjs", "html", "text"):
        out = stoppress(data, "export", slug, "--format", form)
        assert out.returncode == 0
        assert "The gate is shut." in out.stdout
    log = stoppress(data, "tail", slug, "--once").stdout.splitlines()
    assert [json.loads(line)["seq"] for line in log] == list(range(1, len(log) + 1))
    assert "gate" not in "".join(log).lower()
    rebuilt = stoppress(data, "rebuild")
    assert "2 posts" in rebuilt.stderr


def test_a_copy_restored_elsewhere_is_the_same_newsroom(tmp_path: Path, made: Path) -> None:
    data, page, copy = made, tmp_path / "page.html", tmp_path / "copy.tgz"
    page.write_text(PAGE)
    slug = json.loads(stoppress(data, "import", str(page)).stdout)["slug"]
    assert stoppress(data, "backup", str(copy)).returncode == 0
    assert stoppress(tmp_path / "new", "restore", str(copy)).returncode == 0
    assert stoppress(tmp_path / "new", "export", slug).stdout == stoppress(data, "export", slug).stdout
    assert "already" in one_sentence(stoppress(data, "restore", str(copy)))


def test_staff_and_tokens(tmp_path: Path) -> None:  # the first of a staff makes the newsroom, too
    words = ("staff", "add", "ana@example.org", "--role", "editor", "--password-stdin")
    added = stoppress(tmp_path, *words, stdin="harbour lights at four\n")
    assert added.returncode == 0
    token = stoppress(tmp_path, "token", "ana@example.org")
    assert len(token.stdout.split()[-1]) > 40
    words = ("staff", "add", "b@example.org", "--role", "editor", "--password-stdin")
    weak = stoppress(tmp_path, *words, stdin="1234\n")
    assert (weak.returncode, "password" in one_sentence(weak)) == (2, True)


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("staff", "add", "ana@example.org", "--role", "king"), 2, "king"),
        (("import", "/no/such/file"), 2, "cannot be read"),
        (("export", "surge"), 1, "no newsroom"),
        (("tail", "surge", "--after", "-1"), 2, "-1"),
        (("tail", "surge", "--after", "1" + "0" * 30), 2, "1000"),
        (("rebuild",), 1, "stoppress serve"),
        (("serve", "--port", "99999"), 2, "99999"),
        (("frobnicate",), 2, "frobnicate"),
    ],
)
def test_bad_words_get_one_sentence(tmp_path: Path, words: tuple[str, ...], status: int, says: str) -> None:
    done = stoppress(tmp_path / "data", *words)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in one_sentence(done)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("staff", "add", "not-an-address", "--role", "editor"), "not an e-mail address"),
        (("token", "nobody@example.org"), "stoppress staff add"),
    ],
)
def test_bad_words_about_people_get_one_sentence(made: Path, words: tuple[str, ...], says: str) -> None:
    done = stoppress(made, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in one_sentence(done)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b'{"headline": "half', PAGE.encode()[:300], b"<html></html>", b"[" * 100_000],
)
def test_an_unreadable_import_changes_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    done = stoppress(tmp_path / "data", "import", str(tmp_path / "file"))
    assert done.returncode == 2
    one_sentence(done)
    assert not (tmp_path / "data" / "stoppress.sqlite3").exists()


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    done = stoppress(tmp_path, "doctor", STOPPRESS_DATABASE_URL="mysql://x")
    assert done.returncode == 2
    assert "STOPPRESS_DATABASE_URL" in one_sentence(done)


def test_one_folder_serves_once_and_the_doctor_is_content(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        second = stoppress(server.data, "serve", "--port", str(server.port))
        assert second.returncode == 1
        assert "Another `stoppress serve`" in one_sentence(second)
        server.add_staff(role="admin")
        doctor = stoppress(server.data, "doctor")
        assert (doctor.returncode, "nothing wrong" in doctor.stdout) == (0, True)
        (server.data / "secret-key").chmod(0o644)
        ill = stoppress(server.data, "doctor")
        assert (ill.returncode, "chmod 600" in ill.stdout) == (1, True)


def test_a_folder_of_a_newer_version_is_left_alone(made: Path) -> None:
    with sqlite3.connect(made / "stoppress.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('liveblogs', '9999_future', '2030-01-01')"
        )
    database.close()
    for words in (("serve", "--port", "8999"), ("rebuild",), ("token", "ana@example.org")):
        done = stoppress(made, *words)
        assert done.returncode == 1
        assert "newer version" in one_sentence(done)

"""`stoppress demo` as a visitor meets it: addresses that answer, people who can sign in, a page that moves."""

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.e2e.server import COMMAND, environment, free_port, fresh_newsroom

pytestmark = pytest.mark.faults
STOP_SECONDS = 60  # a busy machine takes its time


@contextmanager
def demo(folder: Path, *words: str) -> "Iterator[subprocess.Popen[str]]":
    """A demonstration whose temporary files stand in `folder`, stopped at the end as Ctrl+C stops it."""
    variables = environment(folder)
    del variables["STOPPRESS_DATA"]
    process = subprocess.Popen(
        (COMMAND, "demo", *words),
        env=variables | {"TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)


def until_it_says(process: "subprocess.Popen[str]", beginning: str) -> str:
    """Everything it prints up to the line that begins so."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith(beginning):
            return said
    raise AssertionError(f"It ended after saying {said!r}.")


FIRST_STEP, SOME_STEPS_LATER = "1/", "13/"


def sign_in(url: str, email: str, password: str) -> int:
    with httpx.Client(follow_redirects=True) as browser:
        form = browser.get(f"{url}/desk/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token is not None
        fields = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
        desk = browser.post(f"{url}/desk/account/login/", data=fields, headers={"Referer": f"{url}/desk/"})
        return desk.status_code if desk.url.path == "/desk/" else 0


def test_a_visitor_finds_what_was_promised(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with demo(tmp_path, "--port", str(port), "--speed", "5000") as process:
        said = until_it_says(process, FIRST_STEP)
        for path in ("/", "/live/storm-surge", "/live/council-budget", "/desk/"):
            assert f"{url}{path}\n" in said
        assert "Kesterhaven" in httpx.get(f"{url}/live/storm-surge").text
        assert "Budget passed" in httpx.get(f"{url}/live/council-budget").text
        password = re.search(r"password  (\S+)", said)
        assert password is not None
        people = re.findall(r"^  (\S+@\S+) +(\S+)", said, re.MULTILINE)
        assert [role for _, role in people] == ["reporter"] * 3 + ["editor", "producer", "admin"]
        assert sign_in(url, people[0][0], password[1]) == httpx.codes.OK
        assert sign_in(url, people[0][0], "not the password") != httpx.codes.OK
        assert "refused" not in until_it_says(process, SOME_STEPS_LATER)
        assert "Drifting ship held fast by two tugs" in httpx.get(f"{url}/live/storm-surge").text
    assert process.returncode == 0
    assert not list(tmp_path.iterdir())  # the newsroom went with it


def test_a_folder_is_kept_and_shown_again(tmp_path: Path) -> None:
    data, port = tmp_path / "kept", free_port()
    words = ("--port", str(port), "--speed", "1000", "--data", str(data))
    for slug in ("storm-surge", "storm-surge-2"):
        with demo(tmp_path, *words) as process:
            assert f"/live/{slug}\n" in until_it_says(process, FIRST_STEP)
            assert "Surge alarm" in httpx.get(f"http://127.0.0.1:{port}/live/{slug}").text


def test_a_newsroom_of_somebody_s_own_is_left_alone(tmp_path: Path) -> None:
    shutil.copytree(fresh_newsroom(), tmp_path / "own")
    words = ("staff", "add", "ana@example.org", "--role", "editor")
    subprocess.run((COMMAND, *words), env=environment(tmp_path / "own"), check=True, capture_output=True)
    done = subprocess.run(
        (COMMAND, "demo", "--port", str(free_port()), "--data", str(tmp_path / "own")),
        env=environment(tmp_path / "own"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "left alone" in done.stderr


def test_a_port_in_use_is_told_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            (COMMAND, "demo", "--port", str(port), "--data", str(tmp_path / "data")),
            env=environment(tmp_path / "data"),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr
    assert not (tmp_path / "data").exists()

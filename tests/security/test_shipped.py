"""What is shipped: Django's own deployment check, errors that say nothing of the inside, logs without secrets."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from tests.people import People
from tests.security.cast import Scene, sent

from stoppress.liveblogs import queries
from stoppress.newsroom.actions.setup_link import make_setup_link

SECRETS = ("harbour-lights-at-four", "spt_", "csrfmiddlewaretoken=", "__Host-stoppress=", "Bearer ")
INSIDES = (
    "Traceback",
    "stoppress/",
    "site-packages",
    "django",
    "SELECT ",
    "sqlite",
    "psycopg",
    "line ",
    "canary-inside",
)


def _manage(data: Path, *arguments: str, public_url: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STOPPRESS_")}
    told = {
        "STOPPRESS_DATA": str(data),
        "STOPPRESS_PUBLIC_URL": public_url,
        "DJANGO_SETTINGS_MODULE": "stoppress.config.settings",
    }
    command = (sys.executable, "-m", "django", *arguments)
    return subprocess.run(command, env=kept | told, capture_output=True, text=True, check=False)


def test_djangos_deployment_check_is_silent(tmp_path: Path) -> None:
    done = _manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", public_url="https://news.example"
    )
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr


def test_the_deployment_check_would_speak(tmp_path: Path) -> None:
    done = _manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", public_url="http://news.example")
    assert done.returncode == 1
    assert "security.W012" in done.stderr  # the session's cookie would go over http


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("canary-inside SELECT secret FROM account")


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("built_files")
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_a_fault_of_ours_says_nothing_of_the_inside(
    accept: str, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = Scene(people)
    client, headers = on.browser("editor"), {"Authorization": f"Bearer {on.token('editor')}"}
    for name in ("liveblogs_of", "liveblog_for", "post_for"):
        monkeypatch.setattr(queries, name, _broken)
    for path, more in (
        ("/desk/", {}),
        ("/desk/live/surge/", {}),
        ("/api/v1/liveblogs/surge", headers),
    ):
        answer = sent(client, "GET", path, Accept=accept, **more)
        text = answer.content.decode()
        assert answer.status_code == 500, path
        assert not [word for word in INSIDES if word in text], text
        assert "no-store" in answer.headers["Cache-Control"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("built_files")
def test_no_secret_is_logged(
    people: People, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = Scene(people)
    token, secret = on.token("editor"), make_setup_link()
    caplog.set_level(logging.WARNING)  # as config/logs.py has it
    client = Client(raise_request_exception=False)
    client.post(
        "/desk/account/login/", {"login": "edith.lead@example.org", "password": "harbour-lights-at-four"}
    )
    client.post("/desk/account/login/", {"login": "edith.lead@example.org", "password": "a long pass phrase"})
    client.get(f"/desk/setup/{secret}/")
    monkeypatch.setattr(queries, "liveblogs_of", _broken)
    bearer = {"Authorization": f"Bearer {token}"}
    for headers in (bearer, {"Authorization": "Bearer spt_wrong-but-nearly"}):
        client.get("/api/v1/liveblogs", headers=headers)
        client.post("/api/v1/liveblogs", b"{", content_type="application/json", headers=headers)
    client.get("/desk/")
    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.args}" for record in caplog.records
    )
    assert caplog.records, "the faults were not logged at all"
    for word in (
        token,
        secret,
        "harbour-lights-at-four",
        "a long pass phrase",
        "spt_wrong",
        *_values(client),
    ):
        assert word not in logged


def _values(client: Client) -> list[str]:
    return [cookie.value for cookie in client.cookies.values() if cookie.value]

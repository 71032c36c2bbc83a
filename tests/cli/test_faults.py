"""What a person reads when the machine says no: one sentence of ours, before anything is made."""

import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import DatabaseError

from stoppress.cli import apart, demo, main, serve
from stoppress.cli.newsroom import Failed, check_port


@pytest.mark.parametrize("command", [serve.serve, apart.edge, apart.desk, demo.demo])
def test_a_port_that_is_taken_is_said_first(tmp_path: Path, command: click.Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = ["--port", str(port), "--data", str(tmp_path / "data")]
        done = CliRunner().invoke(command, words, standalone_mode=False)
    assert isinstance(done.exception, Failed)
    assert done.exception.message == (
        f"Port {port} cannot be used at 127.0.0.1 (Address already in use); give another with --port or --host."
    )
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_a_host_that_is_not_this_machine_is_said() -> None:
    with pytest.raises(
        Failed, match=r"cannot be used at 192\.0\.2\.1 \(Cannot assign requested address\); give"
    ):
        check_port("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (
            FileNotFoundError(2, "No such file or directory", "/no/copy.tar.part"),
            "/no/copy.tar cannot be read or written (No such file or directory); check the path and who may use it.",
        ),
        (
            DatabaseError("gone"),
            "The database cannot be worked with (gone); `stoppress doctor` says what is wrong and what mends it.",
        ),
    ],
)
def test_faults_of_the_machine_are_sentences(fault: Exception, says: str) -> None:
    assert main.sentence_of(fault) == says

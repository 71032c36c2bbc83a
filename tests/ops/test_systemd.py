"""The systemd units: what they run exists, what they may is little, and systemd itself takes them where it is here."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ops.test_containers import takes

from stoppress.lib import limits

UNITS = sorted((Path(__file__).resolve().parents[2] / "ops/systemd").glob("*.service"))
PROGRAM = "/opt/stoppress/bin/stoppress"
LOCKED = (
    *(
        "CapabilityBoundingSet=",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
    ),
    *("PrivateDevices=yes", "RestrictNamespaces=yes", "SystemCallFilter=@system-service", "UMask=0077"),
)


def names(unit: Path) -> str:
    """For pytest's lines."""
    return unit.name


def value(unit: Path, name: str) -> str:
    """The one line of that name."""
    lines = [line for line in unit.read_text().splitlines() if line.startswith(f"{name}=")]
    assert len(lines) == 1, (unit.name, name)
    return lines[0].partition("=")[2]


def test_there_is_one_for_each_role() -> None:
    roles = ["stoppress-desk", "stoppress-edge@", "stoppress-worker", "stoppress"]
    assert [unit.stem for unit in UNITS] == roles


@pytest.mark.parametrize("unit", UNITS, ids=names)
def test_it_runs_a_command_of_ours(unit: Path) -> None:
    program, *words = value(unit, "ExecStart").replace("%i", "8000").split()
    assert program == PROGRAM
    takes(words)


@pytest.mark.parametrize("unit", UNITS, ids=names)
def test_it_has_little_it_may_and_time_to_end(unit: Path) -> None:
    lines = unit.read_text().splitlines()
    assert not [line for line in LOCKED if line not in lines]
    assert value(unit, "User") == value(unit, "StateDirectory") == "stoppress"
    assert int(value(unit, "TimeoutStopSec")) >= 2 * (limits.DRAIN_SECONDS + limits.STOP_SECONDS)
    assert int(value(unit, "LimitNOFILE")) >= limits.STREAMS_PER_PROCESS + limits.CONNECTIONS_PER_PROCESS


ANALYZE = shutil.which("systemd-analyze")


# Debian's systemd brings systemd-analyze; a container has none.
@pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze here")  # a container has no systemd
def test_systemd_takes_them(tmp_path: Path) -> None:
    for unit in UNITS:
        words = unit.read_text().replace(PROGRAM, sys.executable)
        (tmp_path / unit.name.replace("@", "@8000")).write_text(words)
    files = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "stoppress" in line], done.stderr

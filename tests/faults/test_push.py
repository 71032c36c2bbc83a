"""kill -9 of the process that sends notifications, in the middle: everybody is told, and nobody as of two things."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.e2e.server import environment, fresh_newsroom
from tests.push.push_service import PushService, push_service

pytestmark = pytest.mark.faults

PHONES = 60
KILLED_AT = (13, 31)  # requests


class Killing(PushService):
    """Kills whoever sends when so many requests have come, before the last of them is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.victim: subprocess.Popen[bytes] | None = None
        self.at = [*KILLED_AT]

    def took(self) -> None:
        if self.at and self.victim and sum(one.asked for one in self.phones.values()) >= self.at[0]:
            self.at.pop(0)
            self.victim.kill()


def worker(data: Path, port: int, phones: bytes) -> "subprocess.Popen[bytes]":
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        (sys.executable, "-m", "tests.faults.notifying_worker", str(port)),
        cwd=root,
        env=environment(data)
        | {"PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(phones)
    process.stdin.close()
    return process


def test_kill_nine_while_notifications_go_out(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(fresh_newsroom(), data)
    with push_service(Killing()) as service:
        devices = [service.phone(f"phone-{number}") for number in range(PHONES)]
        phones = json.dumps([(one.endpoint, one.p256dh, one.auth) for one in devices]).encode()
        ends = []
        for _ in range(len(KILLED_AT) + 1):
            service.victim = worker(data, service.server_port, phones)
            ends.append(service.victim.wait(60))
    assert [end == 0 for end in ends] == [False, False, True]
    got = list(service.phones.values())
    assert [phone.name for phone in got if not phone.got] == [], "somebody was not told"
    assert {len({head["topic"] for head in phone.heads}) for phone in got} == {1}
    assert len({one["notification"]["data"]["post"] for phone in got for one in phone.got}) == 1
    assert sum(phone.asked for phone in got) <= PHONES + 4 * len(KILLED_AT), (
        "only what was under way is repeated"
    )

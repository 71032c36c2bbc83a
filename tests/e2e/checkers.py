"""Two strangers' opinions of our pages: the Nu HTML checker and axe. Called by the browser tests."""

import atexit
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

import httpx
from playwright.sync_api import Page
from tests.e2e.server import free_port

MODULES = Path(__file__).resolve().parent.parent.parent / "node_modules"
NU = MODULES / "vnu-jar/build/dist/vnu.jar"
NU_SECONDS = 180
AS_HTML = {"Content-Type": "text/html; charset=utf-8"}
AXE = MODULES / "axe-core/axe.min.js"
# aria-posinset, which a feed asks for, is an error on an <article> that does not write out its role.
ACCEPTED = {"The “article” role is unnecessary for element “article”."}
# What axe checks: WCAG 2.2 A and AA, and its own good practices.
RUN_AXE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
})).violations.map((found) => ({
    rule: found.id, help: found.help, where: found.nodes.slice(0, 5).map((node) => node.target.join(" ")),
}))"""


class Complaint(TypedDict):
    """One message of the Nu checker."""

    type: str
    message: str
    lastLine: int


def have_java() -> bool:
    """Whether the Nu checker can run here."""
    return shutil.which("java") is not None


def html_faults(pages: dict[str, str]) -> list[str]:
    """Every error and warning of the Nu checker in these pages (name → HTML), one line each."""
    checker = _nu()
    found = []
    for title, html in pages.items():
        answer = httpx.post(checker, content=html.encode(), headers=AS_HTML, timeout=NU_SECONDS).json()
        complaints = cast("list[Complaint]", answer["messages"])
        found += [
            f"{title}:{one.get('lastLine', 0)}: {one['message']}"
            for one in complaints
            if one["type"] != "info" or (one.get("subType") == "warning" and one["message"] not in ACCEPTED)
        ]
    return found


@cache
def _nu() -> str:
    """The checker's address: it starts once for all tests of a process, for a start takes longer than ten pages."""
    port = free_port()
    at = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    process = subprocess.Popen(
        ("java", at, "-cp", NU, "nu.validator.servlet.Main", str(port)),  # noqa: S607 (java is java)
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(process.kill)
    until = time.monotonic() + NU_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return f"http://127.0.0.1:{port}/?out=json"
        time.sleep(0.05)
    raise RuntimeError(f"Expected the Nu checker to answer within {NU_SECONDS} seconds on port {port}.")


@cache
def _axe() -> str:
    return AXE.read_text()


def axe_faults(page: Page) -> list[str]:
    """Every violation axe finds in the page as it stands, one line each."""
    page.evaluate(_axe())
    found = page.evaluate(RUN_AXE)
    return [f"{one['rule']}: {one['help']} ({'; '.join(one['where'])})" for one in found]

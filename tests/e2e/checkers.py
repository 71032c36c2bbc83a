"""Two strangers' opinions of our pages: the Nu HTML checker and axe. Called by the browser tests."""

import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from playwright.sync_api import Page

MODULES = Path(__file__).resolve().parent.parent.parent / "node_modules"
NU = MODULES / "vnu-jar/build/dist/vnu.jar"
AXE = MODULES / "axe-core/axe.min.js"
# aria-posinset, which a feed asks for, is an error on an <article> that does not write out its role.
ACCEPTED = {"The “article” role is unnecessary for element “article”."}
# What axe checks: WCAG 2.2 A and AA, and its own good practices.
RUN_AXE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map((found) => ({
    rule: found.id, help: found.help, where: found.nodes.slice(0, 5).map((node) => node.target.join(" ")),
}))"""


class Complaint(TypedDict):
    """One message of the Nu checker."""

    type: str
    url: str
    message: str
    lastLine: int


def have_java() -> bool:
    """Whether the Nu checker can run here."""
    return shutil.which("java") is not None


def html_faults(pages: dict[str, str]) -> list[str]:
    """Every error and warning of the Nu checker in these pages (name → HTML), one line each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, html in pages.items():
            (folder / f"{title}.html").write_text(html)
        # It writes to stderr, and its exit status only repeats whether there were messages.
        done = subprocess.run(
            ("java", "-jar", NU, "--format", "json", *sorted(folder.glob("*.html"))),  # noqa: S607 (java is java)
            capture_output=True,
            text=True,
            check=False,
        )
    complaints = cast("list[Complaint]", json.loads(done.stderr)["messages"])
    return [
        f"{Path(one['url']).stem}:{one.get('lastLine', 0)}: {one['message']}"
        for one in complaints
        if one["type"] != "info" or (one.get("subType") == "warning" and one["message"] not in ACCEPTED)
    ]


@cache
def _axe() -> str:
    return AXE.read_text()


def axe_faults(page: Page) -> list[str]:
    """Every violation axe finds in the page as it stands, one line each."""
    page.evaluate(_axe())
    found = page.evaluate(RUN_AXE)
    return [f"{one['rule']}: {one['help']} ({'; '.join(one['where'])})" for one in found]

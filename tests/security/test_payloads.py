"""More than 300 script payloads by every way into the newsroom, then every page in a real browser: nothing runs.

No script, no dialog, no frame, no handler, no request to elsewhere, no breach of the pages' own policy.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Response
from tests.chromium import chromium
from tests.e2e.conftest import LAPTOP
from tests.e2e.server import EMAIL, PASSWORD, Server
from tests.security.lab import Lab, addressed, lab_on, name_publisher
from tests.security.payloads import addresses, texts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# Before anything of the page: whatever runs leaves a mark.
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.ran.push(name);
Object.defineProperty(window, "canary", {set: () => window.ran.push("canary"), get: () => undefined});
document.addEventListener("securitypolicyviolation",
    (event) => window.ran.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
JUDGE = Path(__file__).with_name("judge.js").read_text(encoding="utf-8").partition("\n")[2]
FETCHED = "async (path) => { const answer = await fetch(path); return [answer.status, await answer.text()]; }"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A newsroom full of payloads; filled once."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine; do: apt-get install chromium")
    folder = tmp_path_factory.mktemp("lab")
    with Server(folder / "data") as server:
        one = lab_on(server)
        with closing(one.api), closing(one.desk):
            words = texts()
            one.fill(words)
            one.settings(words[::40])
            one.asked(words[::60])
            one.talked(words[::12])
            one.handed_over(words[::5])
            one.imported(words, folder)
            one.named()
            for number, address in enumerate(addresses()):
                ways = addressed(address)
                one.refuse(ways[number % len(ways)], repr(address))
            name_publisher(server)
            yield one


class Watched:
    """A window in which every sign of a payload that works is noted."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.origin = origin
        self.signs: list[str] = []
        self.context = browser.new_context(viewport=LAPTOP)  # type: ignore[arg-type]  # two whole numbers
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("dialog", self._asked_back)
        page.on("popup", lambda popup: self.signs.append(f"popup {popup.url}"))
        page.on("pageerror", lambda fault: self.signs.append(f"fault {fault}"))
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda word: self._said(word.text))

    def _asked_back(self, dialog: Dialog) -> None:
        self.signs.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _said(self, words: str) -> None:
        if "Content Security Policy" in words:
            self.signs.append(words)

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob", "file") and not url.startswith(self.origin):
            self.signs.append(f"asked {url}")

    def visit(self, path: str) -> Response | None:
        """Load it, let it settle, and look."""
        answer = self.page.goto(self.origin + path if path.startswith("/") else path, wait_until="load")
        self.page.mouse.move(300, 300)
        self.page.keyboard.press("Tab")
        self.look(path)
        return answer

    def look(self, path: str) -> None:
        """What ran, and what stands there that should not."""
        self.signs += [f"{path}: {sign}" for sign in self.page.evaluate("window.ran")]
        self.signs += [f"{path}: {odd}" for odd in self.page.evaluate(f"({JUDGE})(null)")]

    def parse(self, paths: list[str]) -> None:
        """Pages by the hundred: fetched and parsed in the browser, not shown."""
        for path in paths:
            status, text = self.page.evaluate(FETCHED, path)
            assert status in (200, 410), (path, status)
            odd = self.page.evaluate(JUDGE, text)
            self.signs += [f"{path}: {one}" for one in odd]


@pytest.fixture
def window(browser: Browser, lab: Lab) -> Iterator[Watched]:
    """A watched window; nothing may have shown at the end."""
    one = Watched(browser, lab.server.url)
    yield one
    one.context.close()
    assert not one.signs, "\n".join(dict.fromkeys(one.signs))


def test_every_payload_is_stored_or_refused_with_a_sentence(lab: Lab) -> None:
    assert len(texts()) >= 300
    assert not lab.faults, "\n".join(lab.faults[:20])
    assert lab.stored > 400
    assert lab.refused > 150


def test_the_watch_sees_what_runs(browser: Browser) -> None:
    one = Watched(browser, "http://own.example")
    one.page.set_content('<img src=data:, onerror="window.canary=1;alert(2)"><iframe></iframe><p onclick=x>')
    one.page.wait_for_function("window.ran.length == 2")
    one.look("page")
    assert {"page: canary", "page: alert"} < set(one.signs)
    assert len(one.signs) >= 5
    one.context.close()


BLOGS = ("surge", "corrected", "withdrawn", "imported", "settings")


@pytest.mark.parametrize("slug", BLOGS)
def test_nothing_runs_on_public_pages(window: Watched, lab: Lab, slug: str) -> None:
    window.visit(f"/live/{slug}")
    listed = lab.api.get(f"/liveblogs/{slug}/posts", params={"limit": 100}).json()
    posts = list(listed["items"])
    while listed["next_cursor"]:
        listed = lab.api.get(
            f"/liveblogs/{slug}/posts", params={"limit": 100, "cursor": listed["next_cursor"]}
        ).json()
        posts += listed["items"]
    paths = [f"/live/{slug}/posts/{post['id']}" for post in posts]
    for path in paths[:4]:
        window.visit(path)
    window.parse(paths[::3])
    window.parse([f"{path}/history" for path in paths[1::6] if slug in ("corrected", "withdrawn")])
    window.visit(f"/live/{slug}/corrections")
    window.visit(f"/live/{slug}/claims")
    for path in paths[::40]:
        window.visit(f"/live/{slug}?from={path.rpartition('/')[2]}")


def test_nothing_runs_on_the_front_page_and_in_live_changes(window: Watched, lab: Lab) -> None:
    window.visit("/")
    window.visit("/live/settings")
    with_payloads = [text for text in texts() if "<" in text][:60]
    for text in with_payloads:
        lab.send("POST", "/liveblogs/settings/posts", {"markdown": f"y {text}", "headline": text[:200]})
    window.page.wait_for_function("document.querySelectorAll('#posts article').length > 15")
    window.look("changes")


def test_nothing_runs_where_machines_read(window: Watched) -> None:
    for slug in BLOGS[:4]:
        for name in ("feed.atom", "feed.rss", "feed.json", "ninjs.json", "changes?after=0"):
            answer = window.page.goto(f"{window.origin}/live/{slug}/{name}")
            assert answer is not None
            assert answer.status == 200
            window.signs += [f"{name}: {sign}" for sign in window.page.evaluate("window.ran || []")]
            assert not window.page.evaluate("!!document.querySelector('img, iframe, svg, base, object')")


def test_nothing_runs_on_the_desk(window: Watched, lab: Lab) -> None:
    page = window.page
    page.goto(f"{window.origin}/desk/account/login/")
    page.fill("input[name=login]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")
    for path in (
        "/desk/",
        "/desk/new/",
        "/desk/search/?q=y&state=published",
        "/desk/search/?q=%3Cscript%3Ecanary%3D1%3C%2Fscript%3E%22onfocus%3D%22canary",
        "/desk/snippets/",
        *(f"/desk/live/{slug}/" for slug in BLOGS),
        "/desk/live/blog-1/settings/",
        "/desk/live/surge/questions/",
    ):
        window.visit(path)
    window.visit("/desk/live/surge/?all=1&q=%3Cscript%3Ecanary%3D1%3C%2Fscript%3E%22onfocus%3D%22canary")
    window.visit("/desk/live/surge/?all=1")
    page.locator(".chat-log .said").nth(10).wait_for()
    window.look("chat")
    for slug in BLOGS[:4]:
        posts = lab.api.get(f"/liveblogs/{slug}/posts", params={"limit": 6}).json()["items"]
        window.parse([f"/desk/live/{slug}/posts/{post['id']}/" for post in posts])
        window.visit(f"/desk/live/{slug}/posts/{posts[0]['id']}/")
    window.visit("/desk/live/surge/")
    page.get_by_role("button", name="Edit").nth(1).click()
    page.locator("[data-post-editor] .ProseMirror").wait_for()
    window.look("editor")


@pytest.mark.parametrize("slug", ["surge", "imported"])
def test_nothing_runs_in_an_exported_page(window: Watched, lab: Lab, slug: str, tmp_path: Path) -> None:
    file = tmp_path / f"{slug}.html"
    lab.server.run("export", slug, "--format", "html", "-o", str(file))
    window.page.goto(file.as_uri())
    window.signs += [f"export: {sign}" for sign in window.page.evaluate("window.ran")]
    scripts = (
        "[...document.querySelectorAll('script')].filter((one) => one.type !== 'application/ld+json').length"
    )
    assert not window.page.evaluate(scripts)
    assert not window.page.evaluate("document.querySelectorAll('iframe, object, embed, base, math').length")
    handlers = "[...document.querySelectorAll('*')].some((one) => [...one.attributes].some((a) => /^on/i.test(a.name)))"
    assert not window.page.evaluate(handlers)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere<script>canary=1</script>",
        "/live/%3Cimg%20src=x%20onerror=canary=1%3E",
        "/live/surge?from=%22%3E%3Cscript%3Ecanary=1%3C/script%3E",
        "/live/surge/changes?after=%3Cscript%3Ecanary=1%3C/script%3E",
        "/desk/%3Cscript%3Ecanary=1%3C/script%3E/",
        "/desk/account/login/?next=javascript:canary=1",
        "/desk/account/login/?next=%22%3E%3Cscript%3Ecanary=1%3C/script%3E",
        "/desk/setup/%3Cscript%3Ecanary=1%3C%2Fscript%3E/",
    ],
)
def test_nothing_runs_from_an_address(window: Watched, path: str) -> None:
    window.visit(path)

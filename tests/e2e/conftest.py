"""Chromium, a server and a newsroom for the browser tests.

One server serves all tests of a session (each test has its own live blog); a test that kills takes its own.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.server import Newsroom, Server

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
POLICY = "Content Security Policy"  # what Chromium writes to the console when a page breaks its own
WAIT_MS = 30_000  # for a thing to appear; a busy machine is slow, a broken page never gets there
expect.set_options(timeout=WAIT_MS)

NewWindow = Callable[..., Page]
_numbers = count(1)


@pytest.fixture
def new_window(browser: Browser) -> Iterator[NewWindow]:
    """Makes windows that share nothing (keywords: Playwright's `new_context`). A page's fault fails.

    Without `service_workers="allow"` no worker stands between a page and the routes that a test sets.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(**settings: object) -> Page:
        usual = {"viewport": LAPTOP, "service_workers": "block"}
        context = browser.new_context(**(usual | settings))  # type: ignore[arg-type]  # passed on
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda word: faults.append(word.text) if POLICY in word.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, f"A page complained: {faults}"


@pytest.fixture
def page(new_window: NewWindow) -> Page:
    """One window of a laptop's size."""
    return new_window()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The session's server. Nobody kills it but its end."""
    with Server(tmp_path_factory.mktemp("newsroom") / "data") as one:
        yield one


@pytest.fixture(scope="session")
def token(server: Server) -> str:
    """An editor's API token on the session's server."""
    return server.add_staff()


@pytest.fixture(scope="session")
def newsroom(server: Server, token: str) -> Iterator[Newsroom]:
    """The session's newsroom, by its API."""
    one = Newsroom.at(server, token)
    yield one
    one.client.close()


@pytest.fixture
def slug(newsroom: Newsroom) -> str:
    """A live blog of the test's own, live, without posts."""
    return newsroom.open(f"storm-{next(_numbers)}")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to be killed and started again."""
    with Server(tmp_path / "data") as one:
        yield one

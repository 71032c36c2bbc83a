"""One clock, one way to the network, no waiting in tests."""

import ast

from tests.tidy.source import Module, package, suite_files
from tests.tidy.test_imports import imported

CLOCK = "src/stoppress/lib/clock.py"
ASKS_THE_TIME = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}
OUTSIDE = "src/stoppress/lib/http_out.py"
WAY_OUT = "src/stoppress/lib/http_out.py"
CLIENTS = (
    "requests",
    "httpx",
    "httpcore",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "smtplib",
    "ftplib",
    "imaplib",
    "boto3",
    "botocore",
    "storages",
)
# Speaks IMAP to the one server that the environment names.
MAILBOX = "src/stoppress/intake/mailbox.py"
# Speak to the one store of pictures that the environment names.
BUCKETS = ("src/stoppress/edge/bucket.py", "src/stoppress/liveblogs/pictures/bucket.py")
# Tests that run real processes wait for them; nothing else sleeps.
MAY_WAIT = (
    "tests/e2e/",
    "tests/faults/",
    "tests/proxy/",
    "tests/chaos/",
    "tests/postgres.py",
    "tests/bus/redis_server.py",
)


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        owner = node.value
        return f"{getattr(owner, 'attr', getattr(owner, 'id', ''))}.{node.attr}"
    return ""


def _asks(module: Module) -> list[str]:
    return [
        f"{module.at(node)}: {_dotted(node)}"
        for node in ast.walk(module.tree)
        if _dotted(node) in ASKS_THE_TIME
    ]


def test_one_clock() -> None:
    wrong = [line for module in package() if module.name != CLOCK for line in _asks(module)]
    assert not wrong, f"Ask lib.clock.now(): {wrong}"


def test_one_way_out_to_the_network() -> None:
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in package()
        if module.name not in (OUTSIDE, *BUCKETS)
        for name, node in imported(module)
        if name.startswith(CLIENTS) and (module.name, name) != (MAILBOX, "imaplib")
    ]
    assert not wrong, f"Ask lib.http_out.OUTSIDE: {wrong}"


def test_tests_do_not_sleep() -> None:
    wrong = [
        module.at(node)
        for module in suite_files()
        if not module.name.startswith(MAY_WAIT)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _dotted(node.func) == "time.sleep"
    ]
    assert not wrong, f"Wait for the thing itself, or move the clock: {wrong}"

"""F13, F14: readers who come with numbers that are bad, of another live blog, of the future, or a week old."""

import socket
import sqlite3
from contextlib import closing
from urllib.parse import quote

import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom
from tests.chaos.writer import Writers
from tests.property.fold import Shown

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

REFUSED = (
    *("-1", "+1", "1.5", "1e3", "0x10", "NaN", "Infinity", "true", "null", "[]", "1,2", "1 2", "a", "'"),
    *("1" + "0" * 30, str(2**63), "-" + "9" * 40, "9" * 2_000),
    *("٣", "３", "²", "१", "1\u200b", "１２", "\u202e1"),  # noqa: RUF001 (digits that are none)
    *("1\x00", "\x00", "1\r", "../1", "<script>", "%31", "${7*7}"),
)
FUTURE = ("999999", "9223372036854775807", "0999999")
OTHER = "another"
ELSEWHERE = "30"  # a number that the other live blog has and this one does not
STREAM, CHANGES, SINCE = "events", "changes", "since"


def say(newsroom: Newsroom, path: str, header: bytes = b"") -> bytes:
    """One request in raw bytes; everything that comes until it ends, or until a stream says where it stands."""
    with socket.create_connection(("127.0.0.1", newsroom.reading[0].port), PATIENCE_SECONDS) as connection:
        line = b"Last-Event-ID: " + header + b"\r\n" if header else b""
        connection.sendall(
            b"GET " + path.encode() + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + line + b"\r\n"
        )
        came = b""
        while part := connection.recv(65_536):
            came += part
            if (
                b"event-stream" in came
                and came.endswith(b"\n\n\r\n")
                and b"\nid: " in came.rpartition(b"retry:")[2]
            ):
                break
    return came


def status_of(answer: bytes) -> int:
    """From the status line."""
    return int(answer.split(b" ", 2)[1])


def bad_numbers(newsroom: Newsroom) -> list[tuple[str, bytes]]:
    """What was asked, and what was answered."""
    answers = []
    for number in REFUSED:
        for kind in (STREAM, CHANGES, SINCE):
            path = f"/live/{SLUG}/{kind}?after={quote(number, safe='')}"
            answers.append((f"{kind} {number!r}", say(newsroom, path)))
        answers.append((f"header {number!r}", say(newsroom, f"/live/{SLUG}/{STREAM}", number.encode())))
    return answers


def numbers_of_the_future(newsroom: Newsroom) -> list[bytes]:
    """The beginnings of streams after numbers that this live blog does not have yet, the last of another live blog."""
    stream = f"/live/{SLUG}/{STREAM}"
    by_query = [say(newsroom, f"{stream}?after={number}") for number in (*FUTURE, ELSEWHERE)]
    return by_query + [say(newsroom, f"{stream}?after=1", number.encode()) for number in FUTURE]


@pytest.mark.fault("F14", "bad numbers")
def test_bad_numbers_are_refused_or_lead_to_a_fresh_page(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    with newsroom_on("sqlite") as newsroom, newsroom.api() as api:
        gone = api.publish(SLUG, "A wrong number.")
        drafts = [str(api.ask("POST", f"/liveblogs/{SLUG}/posts", markdown="Secret plan", draft=True)["id"])]
        api.withdraw(SLUG, gone, "Not so.")
        api.open(OTHER)
        for number in range(30):
            api.publish(OTHER, f"Elsewhere {number}")
        api.ask("POST", "/liveblogs", slug="unseen", headline="Secret plan", status="draft")
        answers = bad_numbers(newsroom)
        for what, answer in answers:
            if status_of(answer) not in (400, 431) or b"event-stream" in answer:
                verdict.complain(f"{what} was answered {answer[:120]!r}")
        futures = numbers_of_the_future(newsroom)
        for answer in futures:
            if status_of(answer) != 200 or answer.count(b"event: ") != 1 or b"event: reload" not in answer:
                verdict.complain(f"a number of the future was answered {answer[:400]!r}")
        unseen = [say(newsroom, f"/live/unseen/{kind}?after=0") for kind in (STREAM, CHANGES, SINCE)]
        if {status_of(answer) for answer in unseen} != {404}:
            verdict.complain(f"a live blog that is not public was answered {unseen[0][:200]!r}")
        old = [say(newsroom, f"/live/{SLUG}/{kind}?after=0") for kind in (STREAM, CHANGES, SINCE)]
        everything = b"".join([*(answer for _, answer in answers), *futures, *unseen, *old])
        asked = everything.count(b"HTTP/1.1 ")
        for private in (b"Secret plan", b"wrong number", *(draft.encode() for draft in drafts)):
            if private in everything:
                verdict.complain(f"{private!r} was told to a reader")
        check(newsroom, ledger, verdict)
    verdict.broken = (
        f"{asked} requests with numbers that are none, too great, of the future or of another live blog"
    )


def upgrade_and_trim(newsroom: Newsroom) -> None:
    """By hand, what a new release and a trimmed log leave: another renderer's page, no old events."""
    with (
        closing(sqlite3.connect(newsroom.data / "stoppress.sqlite3", timeout=PATIENCE_SECONDS)) as file,
        file,
    ):
        (blog,) = file.execute("SELECT id FROM liveblog WHERE slug = ?", (SLUG,)).fetchone()
        file.execute("DELETE FROM event WHERE liveblog_id = ?", (blog,))
        file.execute("UPDATE liveblog SET last_seq = last_seq + 1 WHERE id = ?", (blog,))
        file.execute(
            "UPDATE page SET build = 'next', reload_seq = changed_seq + 1, changed_seq = changed_seq + 1"
            " WHERE liveblog_id = ?",
            (blog,),
        )


@pytest.mark.fault("F13", "asleep for a week, over an upgrade")
def test_pages_that_slept_over_an_upgrade_wake_to_the_fresh_page(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    """The log they could have caught up from is gone; what came and was withdrawn meanwhile is never shown."""
    seen: list[Shown] = []
    with (
        newsroom_on("sqlite") as newsroom,
        newsroom.api() as api,
        Crowd(newsroom.edge_url, SLUG, sized(30, 500), haste=10, watch=seen.append) as crowd,
    ):
        crowd.until_open()
        wrong = api.publish(SLUG, "Police speak of a wrong number.")
        crowd.wait(lambda: all("wrong number" in str(one.page) for one in crowd.readers), "all have seen it")
        crowd.sleep()
        api.withdraw(SLUG, wrong, "Not confirmed.")
        never = api.publish(SLUG, "A name that came and went.")
        api.withdraw(SLUG, never, "Given in error.")
        with Writers(newsroom, ledger, total=sized(20, 300), name="week"):
            pass
        upgrade_and_trim(newsroom)
        newsroom.writing.stop()
        newsroom.writing.start()
        crowd.call(seen.clear)
        crowd.wake()
        verdict.converged = crowd.until(ledger.newest + 1)
        told = crowd.sum("told_to_reload")
        shown_since = [str(page.posts) for page in crowd.call(lambda: list(seen))]
        if any("came and went" in page or "wrong number" in page for page in shown_since):
            verdict.complain("a page that woke showed what had been withdrawn")
        if len(set(map(str, crowd.pages()))) != 1:
            verdict.complain("readers who woke show different pages")
        verdict.readers = crowd.count
        verdict.complain(*crowd.faults())
    if told < crowd.count:
        verdict.complain(f"only {told} of {crowd.count} were told to fetch the page afresh")
    verdict.broken = (
        f"{crowd.count} readers slept while the log was trimmed and the pages were made by another version"
    )
    verdict.note = "the same in a browser: tests/e2e/test_returning.py"
    verdict.settle()

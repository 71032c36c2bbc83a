"""What went wrong, for a person or for a program, always with what to do next. Called by `app.py`.

A program gets `application/problem+json` (RFC 9457), whoever prefers html a page.
"""

import json
import random
from dataclasses import dataclass, field

from stoppress.edge import frame
from stoppress.edge.asgi import Answer, Headers, Request, answer
from stoppress.edge.headers import NEVER_KEPT, Protection
from stoppress.lib import assets, limits
from stoppress.lib.languages import accepted, later, words_in

HOME = "/"


@dataclass(eq=False)
class Problem(Exception):
    """Ends a handler with this answer. `next_step` says what to do, `next_url` where."""

    status: int
    title: str
    detail: str
    next_step: str
    next_url: str = HOME
    headers: Headers = field(default_factory=list)
    number: str = ""  # under which the log has it


def no_page() -> Problem:
    """404 for an address nobody has."""
    return Problem(
        404, later("No such page"), later("There is nothing at this address."), later("See all live blogs")
    )


def no_liveblog() -> Problem:
    """404 for an unknown live blog, and for one that is not public: nothing tells them apart."""
    return Problem(
        404,
        later("No such live blog"),
        later("There is no live blog at this address."),
        later("See all live blogs"),
    )


def no_post(slug: str) -> Problem:
    """404 for a post that this live blog never showed."""
    detail = later("There is no such post in this live blog.")
    return Problem(404, later("No such post"), detail, later("Go to the live blog"), f"/live/{slug}")


def withdrawn_post(slug: str, post_id: str) -> Problem:
    """410 for everything about a withdrawn post but its tombstone."""
    detail = later("This post was withdrawn; its page says when and why.")
    return Problem(
        410, later("Withdrawn post"), detail, later("See what is left of it"), f"/live/{slug}/posts/{post_id}"
    )


def withdrawn_picture() -> Problem:
    """410 for a picture that was taken down with every post that showed it."""
    detail = later("This picture was withdrawn with the post that showed it.")
    return Problem(410, later("Withdrawn picture"), detail, later("See all live blogs"))


def wrong_method(method: str, allowed: str) -> Problem:
    """405."""
    detail = f"This address is read with {allowed}, and {method} was sent."
    allow = [(b"allow", allowed.encode())]
    return Problem(405, "Only reading here", detail, "Read it instead", headers=allow)


def bad_cursor(came: str) -> Problem:
    """400 for an `after` or Last-Event-ID that is no number of events."""
    given = repr(came[:40]) if came else "none"
    detail = (
        f"A whole number from 0 to {limits.CURSOR_MAX} was expected after which to begin, and {given} came."
    )
    return Problem(400, "No such number", detail, "Send the newest `seq` or event id you have")


def too_many_streams(slug: str) -> Problem:
    """503 for a stream beyond what this process carries."""
    wait = random.randint(limits.STREAM_RETRY_SECONDS_MIN, limits.STREAM_RETRY_SECONDS_MAX)  # noqa: S311 (jitter)
    return Problem(
        503,
        "No stream free",
        "This server carries as many open streams as it can.",
        "Ask for changes instead, or try again after the time in Retry-After",
        f"/live/{slug}/changes?after=0",
        [(b"retry-after", b"%d" % wait)],
    )


def no_streams_here(slug: str) -> Problem:
    """501: the edge runs under a server that cannot hand over a connection."""
    detail = "Streams need the server that `stoppress serve` and `stoppress edge` start."
    return Problem(501, "No streams here", detail, "Ask for changes instead", f"/live/{slug}/changes?after=0")


def no_desk() -> Problem:
    """503: the desk's own process does not answer; it is on its way down or up."""
    return Problem(
        503,
        "The desk is starting",
        "The newsroom's own server does not answer just now; readers are served meanwhile.",
        "Send the same again in a moment: with the same key nothing is done twice",
        "/desk/",
        [(b"retry-after", b"%d" % limits.RETRY_AFTER_SECONDS)],
    )


def only_local() -> Problem:
    """403 for numbers asked from elsewhere."""
    detail = "These numbers are told to this machine only, not through a proxy."
    return Problem(403, "Not from here", detail, "Ask on the server itself")


def too_many_connections() -> Problem:
    """503 for a connection or a request beyond what this process carries."""
    detail = later("This server has as many connections as it can hold.")
    wait = random.randint(limits.BUSY_RETRY_SECONDS_MIN, limits.BUSY_RETRY_SECONDS_MAX)  # noqa: S311 (jitter)
    retry = [(b"retry-after", b"%d" % wait)]
    return Problem(503, later("Too many connections"), detail, later("Try again in a moment"), headers=retry)


def too_many_searches(wait: int) -> Problem:
    """429 for searches that come too often, or while as many as there may be are under way."""
    return Problem(
        429,
        later("Too many searches"),
        later("More was looked for than this server can look up at once."),
        later("Go to the front page, or search again after a moment"),
        headers=[(b"retry-after", b"%d" % wait)],
    )


def head_too_large(bytes_max: int) -> Problem:
    """431."""
    detail = f"The head of a request may hold {bytes_max} bytes and holds more."
    return Problem(431, "Request head too large", detail, "Send fewer or shorter header fields")


def too_slow() -> Problem:
    """408 for a request that did not arrive in time."""
    return Problem(
        408, later("Too slow"), later("The request did not arrive in time."), later("Send it again at once")
    )


def not_http(fault: str) -> Problem:
    """400 for what the parser cannot read."""
    return Problem(400, "Not HTTP", fault, "Send a well-formed HTTP/1.1 request")


def unavailable(retry_seconds: int = 1) -> Problem:
    """503 while the database does not answer and no earlier answer is kept."""
    return Problem(
        503,
        later("Not available for a moment"),
        later("The newsroom's database does not answer."),
        later("Try again in a moment"),
        headers=[(b"retry-after", b"%d" % retry_seconds)],
    )


def no_pictures(retry_seconds: int = 5) -> Problem:
    """503 while the bucket that pictures are kept in does not answer."""
    return Problem(
        503,
        later("Not available for a moment"),
        later("The store of pictures does not answer."),
        later("Try again in a moment"),
        headers=[(b"retry-after", b"%d" % retry_seconds)],
    )


def too_large(bytes_max: int) -> Problem:
    """413."""
    detail = f"This request may hold {bytes_max} bytes and holds more."
    return Problem(413, "Too large", detail, "Send less at once")


def broken(number: str) -> Problem:
    """500: our fault, and nothing of its inside. `number`: of its line in the log."""
    return Problem(
        500,
        later("Something broke"),
        later("The server made a mistake; it has been noted."),
        later("Try again"),
        number=number,
    )


def wants_page(request: Request) -> bool:
    """Whether a person asks, with a browser."""
    return b"text/html" in request.header(b"accept")


def problem_answer(
    problem: Problem, request: Request, protection: Protection, around: frame.Around | None = None
) -> Answer:
    """The problem as a page or as JSON, whichever the request prefers. Never cached. `around`: of the page."""
    shared = [*problem.headers, (b"cache-control", NEVER_KEPT), (b"vary", b"accept, accept-language")]
    if wants_page(request):
        html = [*shared, *protection.page, (b"content-type", b"text/html; charset=utf-8")]
        language = accepted(request.header(b"accept-language").decode("latin-1"))
        return answer(problem.status, html, _page(problem, language, around))
    headers = [*shared, *protection.data, (b"content-type", b"application/problem+json")]
    return answer(problem.status, headers, problem_json(problem))


def problem_json(problem: Problem) -> bytes:
    """The object of RFC 9457 with two members of ours: what to do next, and where."""
    fields = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "next_step": problem.next_step,
        "next_url": problem.next_url,
    }
    return json.dumps(fields | ({"number": problem.number} if problem.number else {})).encode()


def _page(problem: Problem, language: str, around: frame.Around | None) -> bytes:
    """In the reader's language: which live blog's page this would be, nobody is told."""
    say = words_in(language)
    link = frame.Link(problem.next_url, say(problem.next_step))
    title, detail = say(problem.title), f"{say(problem.detail)} {problem.number}".rstrip()
    return frame.error_page(problem.status, title, detail, link, _assets(), language=language, around=around)


def _assets() -> frame.Assets | None:
    """An error page does without its style rather than not appear."""
    try:
        return frame.Assets(assets.asset("reader.css"), assets.asset("reader.js"))
    except assets.AssetsMissing:
        return None

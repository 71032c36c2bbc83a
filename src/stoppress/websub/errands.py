"""What the senders' threads do: one request out, one plain answer back. Knows no rows.

Source: https://www.w3.org/TR/websub/ sections 5.3 (verification of intent), 7 (content distribution), 7.1 (signature).
"""

import hmac
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from stoppress.lib.feed_documents import Place, link_header
from stoppress.lib.http_out import Message, NotFetched, Outside, Reply

_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Question:
    """Ask `callback` whether it wants what was asked for in its name. `row`: the request's number."""

    row: int
    callback: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Tell `callback`. `row`: the subscription's number; `seq` and `digest`: of the document."""

    row: int
    callback: str
    secret: str
    seq: int
    digest: str
    content_type: str
    place: Place
    body: bytes


@dataclass(frozen=True, slots=True)
class Word:
    """Say to the hub of others that the feeds at `topics` are new. `row`: the live blog's number."""

    row: int
    hub: str
    topics: tuple[str, ...]
    seq: int


Errand = Question | Delivery | Word


@dataclass(frozen=True, slots=True)
class Outcome:
    """`done`: it was taken. `gone`: whoever is there wants nothing, and is not to be asked again."""

    done: bool
    gone: bool = False


def run(errand: Errand, outside: Outside) -> Outcome:
    """Make one errand. Never raises for what the other side does."""
    try:
        if isinstance(errand, Question):
            return _ask(errand, outside)
        reply = _deliver(errand, outside) if isinstance(errand, Delivery) else _say(errand, outside)
    except NotFetched:
        return Outcome(done=False)
    return Outcome(done=reply.status in _OK, gone=reply.status == HTTPStatus.GONE)


def _ask(question: Question, outside: Outside) -> Outcome:
    """The challenge comes back as it went, or it was not they who asked."""
    reply = outside.send(with_fields(question.callback, question.fields), Message())
    same = hmac.compare_digest(reply.body, question.fields["hub.challenge"].encode())
    done = same and reply.status in _OK
    return Outcome(done=done, gone=not done and reply.status < HTTPStatus.INTERNAL_SERVER_ERROR)


def _deliver(delivery: Delivery, outside: Outside) -> Reply:
    headers = {"Content-Type": delivery.content_type, "Link": link_header(delivery.place)}
    if delivery.secret:
        signature = hmac.new(delivery.secret.encode(), delivery.body, "sha256").hexdigest()
        headers["X-Hub-Signature"] = f"sha256={signature}"
    return outside.send(delivery.callback, Message(delivery.body, headers))


def _say(word: Word, outside: Outside) -> Reply:
    form = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in word.topics)])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return outside.send(word.hub, Message(form.encode(), headers))


def with_fields(callback: str, fields: dict[str, str]) -> str:
    """The callback with more in its query; what stood there before stays."""
    parts = urlsplit(callback)
    kept = parse_qsl(parts.query, keep_blank_values=True)
    return urlunsplit(parts._replace(query=urlencode([*kept, *fields.items()])))

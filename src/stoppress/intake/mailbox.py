"""The newsroom's mailbox, looked into by IMAP (RFC 9051): what is unread is taken in, then marked read.

Called by `worker/fetch_mail.py`. The one server it connects to is the one that whoever runs this server names in
STOPPRESS_INTAKE_IMAP_URL; nobody can name another on the desk. Always TLS, with a certificate that fits the name;
every answer within limits.INTAKE_IMAP_SECONDS; no message over limits.INTAKE_MAIL_BYTES is fetched.
A worker that dies half-way leaves messages unread: they are looked at again, and one message gives one post.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import structlog

from stoppress.intake import queries
from stoppress.intake.models import Channel
from stoppress.intake.readers.mail import read_mail
from stoppress.intake.refusals import Later, Turned
from stoppress.intake.take import take
from stoppress.lib import clock, limits

log = structlog.get_logger("stoppress.intake")

_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_PORT = 993


class MailboxDown(Exception):
    """The mail server cannot be spoken to now. The message is a sentence for the log."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the mail is. `trust` checks the server's certificate; a test brings its own."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    trust: ssl.SSLContext

    @classmethod
    def at(cls, url: str) -> "Mailbox":
        """Of `imaps://USER:PASSWORD@HOST:993/FOLDER`, as config/env.py has checked it."""
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "",
            port=parts.port or _PORT,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.removeprefix("/")) or "INBOX",
            trust=ssl.create_default_context(),
        )


def fetch(mailbox: Mailbox) -> int:
    """Take in what is unread, the oldest first, limits.INTAKE_MAILS_AT_ONCE at most; returns how many became posts.

    What is refused is logged and marked read; what the server has no room for now stays unread.
    Raises: MailboxDown.
    """
    channels = queries.mailboxes()
    if not channels:
        return 0
    with _open(mailbox) as box:
        return sum(_take_one(box, channels, number) for number in _unread(box))


@contextmanager
def _open(mailbox: Mailbox) -> Iterator[imaplib.IMAP4_SSL]:
    try:
        box = imaplib.IMAP4_SSL(
            mailbox.host, mailbox.port, ssl_context=mailbox.trust, timeout=limits.INTAKE_IMAP_SECONDS
        )
        with _logged_out(box):
            box.login(mailbox.user, mailbox.password)
            _ok(box.select(_quoted(mailbox.folder)))
            yield box
    except (imaplib.IMAP4.error, OSError) as fault:
        raise MailboxDown(f"The mail server {mailbox.host} cannot be used now: {fault}.") from fault


@contextmanager
def _logged_out(box: imaplib.IMAP4_SSL) -> Iterator[None]:
    """Log out at the end, whatever happened; a server that is gone needs no farewell."""
    try:
        yield
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ok(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"it answered {status}")
    return data


def _unread(box: imaplib.IMAP4_SSL) -> list[str]:
    found = _ok(box.uid("SEARCH", "UNSEEN"))
    numbers = found[0].decode("ascii", "replace").split() if found and isinstance(found[0], bytes) else []
    return [number for number in numbers if number.isdigit()][: limits.INTAKE_MAILS_AT_ONCE]


def _take_one(box: imaplib.IMAP4_SSL, channels: list[Channel], number: str) -> int:
    raw = _message(box, number)
    taken, later = 0, False
    for channel in channels if raw else ():
        try:
            taken += take(channel, read_mail(raw, channel.authority), clock.now())
        except Later as full:
            log.warning("not taken in yet", channel=channel.name, why=str(full))
            later = True
        except Turned as refused:
            log.warning("not taken in", channel=channel.name, why=str(refused))
    if not later:
        _ok(box.uid("STORE", number, "+FLAGS", r"(\Seen)"))
    return taken


def _message(box: imaplib.IMAP4_SSL, number: str) -> bytes:
    """The message as it is, without marking it; b"" for one that is too large."""
    sized = _ok(box.uid("FETCH", number, "(RFC822.SIZE)"))
    size = next((int(found[1]) for line in _bytes(sized) if (found := _SIZE.search(line))), 0)
    if size > limits.INTAKE_MAIL_BYTES:
        most = limits.INTAKE_MAIL_BYTES // (1024 * 1024)
        log.warning("not taken in", why=f"A message in the mailbox is larger than {most} MB.")
        return b""
    parts = _ok(box.uid("FETCH", number, "(BODY.PEEK[])"))
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple) and len(part) > 1), b"")


def _bytes(data: Sequence[object]) -> Iterator[bytes]:
    for part in data:
        if isinstance(part, bytes):
            yield part
        elif isinstance(part, tuple):
            yield from (piece for piece in part if isinstance(piece, bytes))

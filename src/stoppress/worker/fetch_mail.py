"""Looks into the newsroom's mailbox now and then, beside the loop: a slow mail server delays no scheduled post."""

import threading
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from stoppress.intake.mailbox import Mailbox, MailboxDown, fetch
from stoppress.lib import clock, limits

log = structlog.get_logger("stoppress.worker")


@dataclass(slots=True)
class _Look:
    """When this process last looked, and the look under way."""

    at: datetime | None = None
    thread: threading.Thread | None = None


_last = _Look()


def fetch_mail() -> int:
    """Begin a look each `limits.INTAKE_IMAP_PAUSE`, one at a time; returns how many were begun."""
    now = clock.now()
    if not settings.INTAKE_IMAP_URL or (_last.thread and _last.thread.is_alive()):
        return 0
    if not clock.is_due(_last.at, limits.INTAKE_IMAP_PAUSE, now):
        return 0
    _last.at = now
    _last.thread = threading.Thread(target=_look, name="mailbox", daemon=True)
    _last.thread.start()
    return 1


def _look() -> None:
    close_old_connections()
    try:
        fetch(Mailbox.at(settings.INTAKE_IMAP_URL))
    except MailboxDown as down:
        log.warning("mailbox not looked into; it will be tried again", why=str(down))
    except Exception:
        log.exception("looking into the mailbox failed; it will be tried again")
    finally:
        connection.close()  # this thread's own

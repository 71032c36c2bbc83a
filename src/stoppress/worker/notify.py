"""Tells readers' devices what is new: reads the logs in the loop, and sends beside it, so that no post waits."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections, connection

from stoppress.lib import clock
from stoppress.push import canary
from stoppress.push.actions.hand_out import has_work
from stoppress.push.actions.read_log import forget_ended, read_logs
from stoppress.push.sender import send_due

log = structlog.get_logger("stoppress.worker")

_FORGET_PAUSE = timedelta(minutes=1)


@dataclass(slots=True)
class _Look:
    """When this process last looked for live blogs that ended, and the sending under way."""

    forgot_at: datetime | None = None
    thread: threading.Thread | None = None


_last = _Look()


def notify() -> int:
    """Find what is to be told; begin to send when something is due and nothing is being sent. Returns alerts found."""
    now = clock.now()
    found = read_logs(at=now)
    if clock.is_due(_last.forgot_at, _FORGET_PAUSE, now):
        _last.forgot_at = now
        forget_ended(at=now)
    under_way = _last.thread is not None and _last.thread.is_alive()
    if not under_way and (has_work(now) or canary.is_due(now)):
        _last.thread = threading.Thread(target=_send, name="notifications", daemon=True)
        _last.thread.start()
    return found


def _send() -> None:
    close_old_connections()
    try:
        send_due()
        if canary.is_due(clock.now()):
            canary.sing()
    except Exception:
        log.exception("sending notifications failed; it will be tried again")
    finally:
        connection.close()  # this thread's own

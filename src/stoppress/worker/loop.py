"""The worker's loop: each job in turn, then a pause, until told to stop."""

import threading
from collections.abc import Callable

import structlog
from django.db import close_old_connections

from stoppress.lib import limits
from stoppress.worker.count_votes import count_votes
from stoppress.worker.expire_uploads import expire_uploads
from stoppress.worker.fetch_mail import fetch_mail
from stoppress.worker.forget_answers import forget_answers
from stoppress.worker.freshen_pages import freshen_pages
from stoppress.worker.notify import notify
from stoppress.worker.publish_due import publish_due
from stoppress.worker.pulse import Pulse
from stoppress.worker.purge import purge
from stoppress.worker.tell_subscribers import tell_subscribers

log = structlog.get_logger("stoppress.worker")

JOBS: tuple[Callable[[], int], ...] = (
    publish_due,
    notify,
    tell_subscribers,
    purge,
    fetch_mail,
    count_votes,
    forget_answers,
    freshen_pages,
    expire_uploads,
)


def work(stop: threading.Event, jobs: tuple[Callable[[], int], ...] = JOBS) -> None:
    """Run every job each `limits.WORKER_PAUSE_SECONDS` until `stop` is set; one that fails is tried again next time."""
    pulse = Pulse()
    pulse.beat()
    while not stop.is_set():
        for job in jobs:
            pulse.note(job.__name__, done=_run(job))
        pulse.beat()
        stop.wait(limits.WORKER_PAUSE_SECONDS)
    pulse.stop()


def _run(job: Callable[[], int]) -> bool:
    close_old_connections()  # a database that went away and came back gets a fresh connection
    try:
        job()
    except Exception:
        log.exception("job failed; it will be tried again", job=job.__name__)
        return False
    return True

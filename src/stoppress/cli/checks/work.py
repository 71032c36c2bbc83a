"""What runs beside the requests: worker, queues, bus, mail, notifications, backups. Needs the database."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

from stoppress.backup.made import last_backup
from stoppress.bus.base import Bus
from stoppress.bus.choose import bus_for
from stoppress.cli.checks.finding import Finding
from stoppress.config.env import Environment
from stoppress.lib import clock, limits
from stoppress.lib.ids import BlogId, Seq

_FAILURES = 3  # of a job in a row; one or two are an outage that has passed
_WORKER = "start it: `stoppress worker`, or `stoppress serve`, which has one inside"


def worker(_: Environment) -> Iterator[Finding]:
    """Scheduled posts, notifications and votes are its."""
    from stoppress.worker.figures import job_failures, last_pulse

    last, now = last_pulse(), clock.now()
    if last is None:
        yield Finding("No worker is running: nothing scheduled comes out, nobody is notified.", _WORKER)
    elif now - last.at > limits.PULSE_LATE:
        silent = (now - last.at).total_seconds()
        yield Finding(
            f"{last.name.capitalize()} has given no sign of life for {silent:,.0f} seconds.", _WORKER
        )
    for job, failures in job_failures().items():
        if failures >= _FAILURES:
            yield Finding(
                f"The worker's job {job} failed {failures:.0f} times in a row.",
                f'look for "job failed" with job={job} in the worker\'s log',
            )


def scheduled(_: Environment) -> Iterator[Finding]:
    """A post this late will not come by itself."""
    from stoppress.liveblogs import queries

    late = queries.due_posts(clock.now() - limits.WORKER_LATE, 1)
    if late:
        yield Finding(f"Post {late[0].pk} was due at {late[0].publish_at} and is not out.", _WORKER)


def queues(_: Environment) -> Iterator[Finding]:
    """What waits for minutes waits for something that is broken."""
    from stoppress.worker.figures import queues as waiting

    for row in waiting(clock.now()):
        if row.name != "scheduled" and row.behind > limits.QUEUE_LATE_SECONDS:
            yield Finding(
                f"{row.depth} in the queue {row.name} wait since {row.behind / 60:,.0f} minutes.",
                "see that a worker runs and that this machine reaches the network; then start the worker anew",
            )


def bus(environment: Environment) -> Iterator[Finding]:
    """A word of ours must come back to us. Without it pages lag by a second or more."""
    carried = bus_for(environment.database_url, environment.bus_url)
    try:
        heard = asyncio.run(_echo(carried))
    except Exception as fault:  # noqa: BLE001 (whatever a bus's client raises is the finding)
        yield Finding(
            f"The bus cannot be used ({type(fault).__name__}).", "check STOPPRESS_BUS_URL and that it runs"
        )
        return
    if not heard:
        yield Finding(
            f"A word on the bus did not come back within {limits.BUS_ECHO_SECONDS} seconds; readers wait longer.",
            "check STOPPRESS_BUS_URL and that it runs; readers get posts meanwhile, a second late",
        )


async def _echo(carried: Bus) -> bool:
    """Say the word that means nothing until it, or another, is heard."""
    try:
        async with asyncio.timeout(limits.BUS_ECHO_SECONDS), aclosing(carried.listen()) as words:
            speaking = asyncio.create_task(_speak(carried))
            try:
                async for _ in words:
                    return True
            finally:
                speaking.cancel()
    except TimeoutError:
        return False
    return False


async def _speak(carried: Bus) -> None:
    while True:
        await asyncio.to_thread(carried.announce, BlogId(0), Seq(0))
        await asyncio.sleep(limits.BUS_ECHO_SECONDS / 10)


def mail(environment: Environment) -> Iterator[Finding]:
    """Invitations and lost passwords go by mail."""
    from django.core.mail import get_connection

    if not environment.mail_url:
        yield Finding(
            "No mail is sent: a forgotten password cannot be reset, invitations are links to pass on.",
            "set STOPPRESS_MAIL_URL=smtps://USER:PASSWORD@HOST:465",
            grave=False,
        )
        return
    try:
        with get_connection():
            pass
    except OSError as fault:
        yield Finding(
            f"The mail server does not take us ({type(fault).__name__}).",
            "check address, user and password in STOPPRESS_MAIL_URL, and that this machine may connect there",
        )


def push_keys(_: Environment) -> Iterator[Finding]:
    """Devices know us by a key that is made from the secret key."""
    from stoppress.push.models import Subscription
    from stoppress.push.server_key import server_key

    lost = Subscription.objects.exclude(server_key=server_key().public).count()
    if lost:
        yield Finding(
            f"{lost} devices asked to be notified under another secret key and hear nothing any more.",
            "put the former secret key back (STOPPRESS_SECRET_KEY, or the file secret-key), or wait for their visits",
        )


def backups(environment: Environment) -> Iterator[Finding]:
    """Of a newsroom that has been there for a while."""
    from stoppress.newsroom.models import Membership

    now, made = clock.now(), last_backup(environment.data)
    first = Membership.objects.order_by("since").values_list("since", flat=True).first()
    cure = f"stoppress backup /backups/newsroom-{now:%Y-%m-%d} --data {environment.data}, each night"
    if made is None and first is not None and now - first > limits.BACKUP_LATE:
        yield Finding("No backup was ever made of this newsroom from here.", cure)
    elif made is not None and now - made > limits.BACKUP_LATE:
        yield Finding(f"The last backup is {(now - made).days} days old.", cure)

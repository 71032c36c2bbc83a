"""The database, and whether what is in it holds together. `within` needs it to be there and up to date."""

from collections.abc import Iterator

from django.db import DatabaseError, connection

from stoppress.cli.checks.finding import Finding
from stoppress.config import database
from stoppress.config.env import Environment
from stoppress.lib import clock, limits

_POSTGRES_MIN = 130_000  # server_version_num of 13
_SHOWN = 3  # of a list of posts or live blogs in one sentence


def reachable(environment: Environment) -> Iterator[Finding]:
    """There, and at this version's state. What comes after this needs both."""
    path = environment.sqlite_path
    if path and not path.exists():
        yield Finding(
            f"There is no newsroom in {path.parent}.",
            f"stoppress serve --data {path.parent}, once, makes one",
        )
        return
    try:
        database.check_version()
        if database.pending():
            yield Finding(
                "The database lacks steps (migrations) that this version needs.",
                "stoppress serve (or `stoppress desk`) takes them at its start; back up before",
            )
    except database.NewsroomUnusable as unusable:
        yield Finding(str(unusable), "install the newer version, or restore a backup made with this one")
    except DatabaseError as fault:
        yield Finding(
            f"The database does not answer ({type(fault).__name__}: {' '.join(str(fault).split())[:200]}).",
            "start it, and check STOPPRESS_DATABASE_URL; a damaged file: stoppress restore BACKUP --data NEW-FOLDER",
        )


def sqlite_file(environment: Environment) -> Iterator[Finding]:
    """Sound, and in the mode in which readers do not wait."""
    if environment.sqlite_path is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        verdict = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
    if verdict != "ok":
        yield Finding(
            f"The database file is damaged: {verdict}.", "stoppress restore BACKUP --data NEW-FOLDER"
        )
    if journal != "wal":
        yield Finding(
            "The database is not in WAL mode, so readers wait for writers.", "move the folder to a local disk"
        )


def postgres_settings(environment: Environment) -> Iterator[Finding]:
    """What "published" rests on: a commit that was answered is on the disk."""
    if environment.sqlite_path is None:
        yield from _judged(_setting("server_version_num"), {name: _setting(name) for name in _DURABLE})


_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def _judged(version: str, settings: dict[str, str]) -> Iterator[Finding]:
    if int(version) < _POSTGRES_MIN:
        yield Finding(
            f"This PostgreSQL is version {int(version) // 10_000}; 13 or newer is needed.",
            "back up, install a newer PostgreSQL, and restore into it",
        )
    for name, value in settings.items():
        if value == "off":
            yield Finding(
                f"PostgreSQL runs with {name} off: what was published can be lost with the power.",
                f'psql -c "ALTER SYSTEM SET {name} = on" -c "SELECT pg_reload_conf()"',
            )


def clocks(environment: Environment) -> Iterator[Finding]:
    """Order comes from numbers, but times are shown, and posts are scheduled by them."""
    if environment.sqlite_path is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs((clock.now() - theirs).total_seconds())
    if apart > limits.CLOCKS_APART_SECONDS:
        yield Finding(
            f"The clocks of this machine and of the database are {apart:,.0f} seconds apart.",
            "timedatectl set-ntp true, on both",
        )


def pages(_: Environment) -> Iterator[Finding]:
    """The read model must be this version's, and hold exactly the posts that were published."""
    from stoppress.liveblogs import queries
    from stoppress.liveblogs.models import PagePost, Post, State

    stale = [slug for _number, slug in queries.stale_pages()]
    for slug in stale:
        yield Finding(
            f"The pages of {slug} were made by another version or for another address.",
            f"stoppress rebuild {slug}",
        )
    public = Post.objects.filter(state__in=(State.PUBLISHED, State.WITHDRAWN))
    wanted = {
        (pk, state == State.WITHDRAWN, slug)
        for pk, state, slug in public.values_list("pk", "state", "liveblog__slug")
    }
    shown = set(PagePost.objects.values_list("pk", "withdrawn", "page__slug"))
    for slug in sorted({slug for *_, slug in wanted ^ shown} - set(stale)):
        yield Finding(f"The pages of {slug} do not show what was published.", f"stoppress rebuild {slug}")


def numbers(_: Environment) -> Iterator[Finding]:
    """Events count 1, 2, 3 … in each live blog."""
    from stoppress.liveblogs import queries

    for slug in queries.blogs_with_gaps():
        yield Finding(
            f"The log of {slug} has a gap in its numbers, which no version of Stoppress writes.",
            "stoppress restore BACKUP --data NEW-FOLDER, and report it",
        )


def texts(_: Environment) -> Iterator[Finding]:
    """A row that rotted, or that a newer version wrote: readers get its words as plain text meanwhile."""
    from stoppress.document.schema import Document
    from stoppress.liveblogs.models import Post

    rows = Post.objects.order_by("pk").values_list("pk", "liveblog__slug", "document")
    ill = [f"{pk} in {slug}" for pk, slug, document in rows.iterator() if Document.stored(document).mended]
    if ill:
        yield Finding(
            f"{len(ill)} stored posts do not hold the rules: {', '.join(ill[:_SHOWN])}.",
            "open each on the desk, compare it with its history, and save it anew",
        )


def staff(_: Environment) -> Iterator[Finding]:
    """Somebody must be able to sign in, and somebody to look after the others."""
    from stoppress.newsroom.models import Membership
    from stoppress.newsroom.queries import has_staff
    from stoppress.newsroom.roles import Role

    if not has_staff():
        yield Finding(
            "Nobody can sign in to the desk.", "stoppress staff add EMAIL --role admin --password-stdin"
        )
    elif not Membership.objects.filter(role=Role.ADMIN.value, user__is_active=True).exists():
        yield Finding(
            "There is no admin, so nobody can invite, change roles or read the audit trail.",
            "stoppress staff add EMAIL --role admin",
        )

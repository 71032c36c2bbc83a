"""Keeps the list of browsers in which somebody is signed in, and ends sessions: idle, old, or told to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from stoppress.accounts.models import DeskSession
from stoppress.lib import limits
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.refusals import NotHere
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True)
class Visit:
    """A request by somebody who is signed in. `key` is Django's session key; `device` is in words.

    `by_itself`: an open window asked, and nobody did anything; a session that is only looked at so stands idle.
    """

    user_id: int
    key: str
    address: str
    device: str
    by_itself: bool = False


def keep_session(*, visit: Visit, at: datetime) -> bool:
    """Note that the session is in use. False, and it is ended, when it stood idle or is too old."""
    known = DeskSession.objects.filter(session_key=visit.key, user_id=visit.user_id).first()
    if known is None:
        _begin(visit, at)
        return True
    if is_over(known, at):
        _end([visit.key])
        return False
    if not visit.by_itself and known.last_seen_at <= at - timedelta(seconds=limits.SESSION_NOTED_SECONDS):
        DeskSession.objects.filter(pk=known.pk).update(last_seen_at=at, address=visit.address)
    return True


def is_over(session: DeskSession, at: datetime) -> bool:
    """Idle for too long, or begun too long ago."""
    idle = at - session.last_seen_at > timedelta(seconds=limits.SESSION_IDLE_SECONDS)
    return idle or at - session.began_at > timedelta(seconds=limits.SESSION_SECONDS)


@transaction.atomic
def _begin(visit: Visit, at: datetime) -> None:
    DeskSession.objects.filter(session_key=visit.key).exclude(user_id=visit.user_id).delete()
    _end([row.session_key for row in DeskSession.objects.filter(user_id=visit.user_id) if is_over(row, at)])
    facts = {"user_id": visit.user_id, "began_at": at, "last_seen_at": at, "address": visit.address}
    DeskSession.objects.get_or_create(
        session_key=visit.key, defaults=facts | {"device": visit.device[: limits.DEVICE_CHARS]}
    )


def _end(keys: list[str]) -> None:
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        DeskSession.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def end_session(*, by: Staff, session_id: int, at: datetime, address: str = "") -> None:
    """That browser is signed out with its next request. Raises: NotHere (not one of `by`'s own)."""
    found = DeskSession.objects.filter(pk=session_id, user_id=by.user_id).first()
    if found is None:
        raise NotHere("There is no such session of yours; it may have ended already.")
    _end([found.session_key])
    record(Deed.SESSION_ENDED, by=by, detail=found.device, address=address, at=at)


@transaction.atomic
def end_other_sessions(*, by: Staff, key: str, at: datetime, address: str = "") -> int:
    """Every browser but this one (`key`) is signed out. Returns how many there were."""
    ended = end_every_session(user_id=by.user_id, but=key)
    record(Deed.SESSIONS_ENDED, by=by, detail=f"{ended} ended", address=address, at=at)
    return ended


def end_every_session(*, user_id: int, but: str = "") -> int:
    """Sign the person out everywhere, in the caller's transaction; `but` names a session that goes on."""
    keys = list(
        DeskSession.objects.filter(user_id=user_id)
        .exclude(session_key=but)
        .values_list("session_key", flat=True)
    )
    _end(keys)
    return len(keys)

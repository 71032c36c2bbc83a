"""Makes a request that is repeated have its effect once: the first answer is kept under the client's key.

Called by `api` and `desk` around an action. Networks repeat requests; reporters press twice.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.db import connection, transaction

from stoppress.lib import clock, limits
from stoppress.liveblogs import plain_rows
from stoppress.liveblogs.models import KeptAnswer
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.roles import Staff

FIELD = "Idempotency-Key"
_KEY = re.compile(rf"[\x21-\x7e]{{1,{limits.IDEMPOTENCY_KEY_CHARS}}}")

# Plain SQL, for every post that is published passes here (docs/decisions/0013-plain-sql-under-the-lock.md).
_TAKE_KEY = """
INSERT INTO kept_answer (user_id, "key", request_digest, status, body, at) VALUES (%s, %s, %s, 0, '', %s)
ON CONFLICT (user_id, "key") DO NOTHING RETURNING id
"""
_KEEP = "UPDATE kept_answer SET status = %s, body = %s WHERE id = %s"
_FORGET = "DELETE FROM kept_answer WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client was told: an HTTP status and a body as text."""

    status: int
    body: str

    @property
    def good(self) -> bool:
        """Whether something was done."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def kept_answer(*, by: Staff, key: str, request: bytes, make: Callable[[], Answer]) -> Answer:
    """`make()` once for each person and key; every repeat gets the first answer again.

    `request` is everything that must be the same in a repeat: method, path, body. One transaction holds the
    key and what `make` does, so neither can be there without the other; a second request with the same key
    waits for the first. Only a 2xx answer is kept: what was refused may be tried again. As the transaction
    holds SQLite's write lock, `make` must be quick; see `upload_media_once` for slow work.

    Raises: InvalidInput (key unusable, or used for another request), and whatever `make` raises.
    """
    _check_key(key)
    with transaction.atomic():
        # The unique (user, key) makes the second writer wait here until the first commits or gives up.
        taken = plain_rows.ask(_TAKE_KEY, [by.user_id, key, _digest(by, request), _moment(clock.now())])
        if not taken:
            return _repeated(KeptAnswer.objects.get(user_id=by.user_id, key=key), by, request)
        ((ours,),) = taken
        answer = make()
        if answer.good:
            plain_rows.do(_KEEP, [answer.status, answer.body, ours])
        else:
            plain_rows.do(_FORGET, [ours])
        return answer


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def earlier_answer(*, by: Staff, key: str, request: bytes) -> Answer | None:
    """The answer kept under `key`, or None when this is the first time. Reads only.

    Raises: InvalidInput (key unusable, or used for another request).
    """
    _check_key(key)
    row = KeptAnswer.objects.filter(user_id=by.user_id, key=key).first()
    return _repeated(row, by, request) if row else None


def known_answer(*, by: Staff, key: str) -> object:
    """The JSON that this person was (or would have been) told under `key`; None when nothing was done under it.

    Reads only. Raises: InvalidInput (key unusable).
    """
    _check_key(key)
    row = KeptAnswer.objects.filter(user_id=by.user_id, key=key, status__gt=0).first()
    return json.loads(row.body) if row else None


def forget_old_answers(*, at: datetime) -> int:
    """Delete answers older than `limits.IDEMPOTENCY_DAYS`; returns how many. Called by the worker."""
    oldest = at - timedelta(days=limits.IDEMPOTENCY_DAYS)
    deleted, _ = KeptAnswer.objects.filter(at__lt=oldest).delete()
    return deleted


def _check_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise InvalidInput(
            FIELD,
            f"An {FIELD} has 1 to {limits.IDEMPOTENCY_KEY_CHARS} printable ASCII characters without spaces, "
            f"not {key[:40]!r}. Make a UUID for each new request.",
        )


def _repeated(row: KeptAnswer, by: Staff, request: bytes) -> Answer:
    if row.request_digest != _digest(by, request):
        raise InvalidInput(
            FIELD,
            f"This {FIELD} was used for another request before; repeat that request exactly, "
            "or make a new key for a new one.",
        )
    return Answer(row.status, row.body)


def _digest(by: Staff, request: bytes) -> str:
    return hashlib.sha256(f"{by.publisher_id}\n".encode() + request).hexdigest()

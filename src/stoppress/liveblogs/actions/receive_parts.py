"""Takes pictures in that come in parts, so that a cut on the way costs a part and not the picture.

Called by `desk` (the tus protocol) and `worker`. When all parts are here, `upload_media` makes the picture.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from stoppress.lib import limits
from stoppress.liveblogs import access
from stoppress.liveblogs.pictures.parts import Coming, Parts, PartsRefused, upload_id
from stoppress.liveblogs.refusals import InvalidInput, NotFound, TooMuch, WrongState
from stoppress.newsroom.roles import Staff


def begin_upload(*, by: Staff, key: str, filename: str, length: int, at: datetime) -> Coming:
    """Make room for a picture of `length` bytes. The same key is the same upload, with what came of it so far.

    Raises: NotAllowed, InvalidInput, TooMuch (too large, or too many on their way).
    """
    access.check_write(by)
    if not (key.isascii() and key.isprintable() and 0 < len(key) <= limits.IDEMPOTENCY_KEY_CHARS):
        raise InvalidInput("key", f"An upload needs a key of 1 to {limits.IDEMPOTENCY_KEY_CHARS} characters.")
    if length <= 0:
        raise InvalidInput("length", "The picture is empty; choose another file.")
    if length > limits.UPLOAD_BYTES:
        most = limits.UPLOAD_BYTES // 1024**2
        raise TooMuch(f"The picture has {length // 1024**2} MB and may have {most} MB; make it smaller.")
    parts, name = _parts(), upload_id(by.user_id, key)
    parts.expire(_too_old(at))  # also by the worker, which may run on another machine
    if (known := parts.find(name)) is not None:
        if known.length != length:
            raise InvalidInput("key", "This key was used for another picture; begin with a new one.")
        return known
    if parts.of(by.user_id) >= limits.UPLOADS_COMING:
        raise TooMuch(f"You have {limits.UPLOADS_COMING} pictures on their way; finish or leave some.")
    coming = Coming(name, by.user_id, filename[: limits.FILENAME_CHARS], length, 0, at)
    parts.begin(coming)
    return coming


def coming_upload(*, by: Staff, name: str) -> Coming:
    """One's own upload and how far it is. Raises: NotAllowed, NotFound."""
    access.check_write(by)
    found = _parts().find(name)
    if found is None or found.user_id != by.user_id:
        raise NotFound("There is no such upload (any more); begin it again.")
    return found


def append_part(*, by: Staff, name: str, offset: int, read: Callable[[int], bytes]) -> int:
    """Add what `read` gives, from `offset` on; returns how many bytes are here now.

    Raises: NotAllowed, NotFound, WrongState (another offset).
    """
    coming = coming_upload(by=by, name=name)
    try:
        return _parts().append(coming, offset, read)
    except PartsRefused as refused:
        raise WrongState(str(refused)) from refused


def whole_upload(*, by: Staff, name: str) -> tuple[str, bytes]:
    """The file's name and its bytes. Raises: NotAllowed, NotFound, WrongState (parts are missing)."""
    coming = coming_upload(by=by, name=name)
    if not coming.whole:
        raise WrongState(f"Of {coming.length} bytes {coming.offset} are here; send the others first.")
    return coming.filename, _parts().read(coming)


def forget_upload(*, by: Staff, name: str) -> None:
    """Throw away what came. Raises: NotAllowed, NotFound."""
    _parts().forget(coming_upload(by=by, name=name).id)


def expire_uploads(*, at: datetime) -> int:
    """Throw away what nobody went on with for `limits.UPLOAD_HOURS`; returns how many. Called by the worker."""
    return _parts().expire(_too_old(at))


def _too_old(at: datetime) -> datetime:
    return at - timedelta(hours=limits.UPLOAD_HOURS)


def _parts() -> Parts:
    return Parts(Path(settings.UPLOADS_ROOT))

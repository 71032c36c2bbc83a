"""Pictures that come in parts: a file that grows, and beside it who sends it and how long it will be.

Called by `liveblogs/actions/receive_parts.py`. May import `lib`. No Django. They lie on the desk's own disk until
they are whole; what nobody goes on with is thrown away.
"""

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from stoppress.lib import limits

_ID = re.compile(r"[0-9a-f]{32}")
_ID_BYTES = 16


class PartsRefused(Exception):
    """A part that does not fit. `offset` is where the next one must begin."""

    def __init__(self, sentence: str, offset: int) -> None:
        super().__init__(sentence)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Coming:
    """A picture on its way. `offset`: bytes that are here."""

    id: str
    user_id: int
    filename: str
    length: int
    offset: int
    begun_at: datetime

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.offset == self.length


def upload_id(user_id: int, key: str) -> str:
    """One upload for each person and key, however often it is begun; nobody else can name it."""
    return blake2b(f"{user_id}\n{key}".encode(), digest_size=_ID_BYTES).hexdigest()


class Parts:
    """The uploads under `root`: `{id}.json` and `{id}.part`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self, coming: Coming) -> None:
        """Make room for an upload. Raises: OSError."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._part(coming.id).touch(mode=0o600)
        facts = {
            "user_id": coming.user_id,
            "filename": coming.filename,
            "length": coming.length,
            "begun_at": coming.begun_at.isoformat(),
        }
        unfinished = self._root / f"{coming.id}.new"
        unfinished.write_text(json.dumps(facts), encoding="utf-8")
        unfinished.replace(self._facts(coming.id))

    def find(self, name: str) -> Coming | None:
        """The upload, or None."""
        if not _ID.fullmatch(name):
            return None
        try:
            facts = json.loads(self._facts(name).read_text(encoding="utf-8"))
            offset = self._part(name).stat().st_size
        except (FileNotFoundError, ValueError):
            return None
        return Coming(
            id=name,
            user_id=facts["user_id"],
            filename=facts["filename"],
            length=facts["length"],
            offset=offset,
            begun_at=datetime.fromisoformat(facts["begun_at"]),
        )

    def append(self, coming: Coming, offset: int, read: Callable[[int], bytes]) -> int:
        """Add what `read` gives until it gives nothing; what came before a cut stays. Returns the new offset.

        Raises: PartsRefused (another place, too much, or another request adds just now), OSError.
        """
        with self._part(coming.id).open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PartsRefused(
                    "Another request adds to this upload just now; ask again.", offset
                ) from None
            here = file.seek(0, os.SEEK_END)
            if offset != here:
                raise PartsRefused(f"The upload has {here} bytes; go on from there, not from {offset}.", here)
            while piece := read(limits.UPLOAD_PIECE_BYTES):
                if here + len(piece) > coming.length:
                    file.truncate(offset)
                    raise PartsRefused(f"More came than the {coming.length} bytes that were told.", offset)
                here += file.write(piece)
                file.flush()
            os.fsync(file.fileno())
        return here

    def read(self, coming: Coming) -> bytes:
        """All that came. Raises: OSError."""
        return self._part(coming.id).read_bytes()

    def forget(self, name: str) -> None:
        """Throw an upload away; one that is not there is fine."""
        for path in (self._facts(name), self._part(name)):
            path.unlink(missing_ok=True)

    def of(self, user_id: int) -> int:
        """How many uploads of a person are on their way."""
        return sum(coming.user_id == user_id for coming in self._all())

    def expire(self, before: datetime) -> int:
        """Throw away what got nothing since `before`; returns how many."""
        old = [
            path
            for path in self._root.glob("*.part")
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
        ]
        for path in old:
            self.forget(path.stem)
        return len(old)

    def _all(self) -> Iterator[Coming]:
        for path in self._root.glob("*.json"):
            if (coming := self.find(path.stem)) is not None:
                yield coming

    def _facts(self, name: str) -> Path:
        return self._root / f"{name}.json"

    def _part(self, name: str) -> Path:
        return self._root / f"{name}.part"

"""The five desk roles and the person who acts. No tables: `access` functions decide with these."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do; the table is in docs/reference/roles.md."""

    REPORTER = "reporter"
    EDITOR = "editor"
    PRODUCER = "producer"
    MODERATOR = "moderator"
    ADMIN = "admin"


# Those who may run a whole live blog and touch others' posts.
LEADING = frozenset({Role.EDITOR, Role.PRODUCER, Role.ADMIN})
# Those who change what holds for the whole title.
MANAGING = frozenset({Role.PRODUCER, Role.ADMIN})
# Those who may write at all.
WRITING = LEADING | {Role.REPORTER}


@dataclass(frozen=True, slots=True)
class Staff:
    """The person behind a write: every action takes one as `by`."""

    user_id: int
    name: str
    role: Role
    publisher_id: int

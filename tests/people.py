"""The type of the `people` fixture: a role, and a name when there are two of it → somebody on the staff."""

from typing import Protocol

from stoppress.newsroom.roles import Staff


class People(Protocol):
    """Makes staff."""

    def __call__(self, role: str, name: str = "") -> Staff: ...

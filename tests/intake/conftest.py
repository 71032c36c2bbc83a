"""The ground of the intake's tests."""

from collections.abc import Iterator

import pytest
from tests.desk.conftest import _built_files, _no_tries_yet
from tests.intake.ground import Newsroom
from tests.people import People

__all__ = ["_built_files", "_no_tries_yet"]  # fixtures of the desk, for its pages


@pytest.fixture
def newsroom(people: People) -> Newsroom:
    """A newsroom with a live blog; make channels into it."""
    return Newsroom(people)


@pytest.fixture(autouse=True)
def _no_pace() -> Iterator[None]:
    """What one test sent is not counted in the next."""
    from stoppress.intake import views

    views.pace._counts.clear()
    yield
    views.pace._counts.clear()

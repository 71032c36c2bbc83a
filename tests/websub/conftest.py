"""The ground of these tests: a live blog, and somebody out there."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People
from tests.websub.subscribers import Standing, standing

from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.websub import views


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


@pytest.fixture
def subscriber(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standing]:
    monkeypatch.setattr(views, "pace", Pace(limits.WEBSUB_PER_MINUTE))
    with standing() as here:
        yield here

"""The ground of these tests: a live blog, a push service with phones, and a clock that is moved by hand."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People
from tests.push.ground import Ground
from tests.push.push_service import PushService, push_service


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service(PushService()) as one:
        yield one


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


@pytest.fixture
def ground(desk: Desk, service: PushService) -> Ground:
    return Ground(desk, service, desk.at + timedelta(seconds=1))

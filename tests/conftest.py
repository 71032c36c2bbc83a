"""The ground of every test: people, moments, a media folder of its own. The environment is in `settings_for_tests`."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from tests.chromium import browser
from tests.people import People

__all__ = ["browser"]  # a fixture for every room

# No deadlines: a busy machine is no fault. CI repeats itself; elsewhere each run looks at other examples.
settings.register_profile(
    "whole", deadline=None, derandomize="CI" in os.environ, print_blob=True, max_examples=50
)
settings.register_profile("deep", settings.get_profile("whole"), derandomize=False, max_examples=500)
settings.register_profile("again", settings.get_profile("whole"), max_examples=20)  # on the second database
settings.register_profile("fast", settings.get_profile("whole"), max_examples=15)
settings.load_profile("whole")

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    """A moment far from every change of clocks."""
    return NOON


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:  # noqa: ARG001 (pytest-django's own, which makes the database)
    """Emptying the database does not fill it with rights of Django again: nobody asks for them, and it takes long."""
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db.models.signals import post_migrate

    assert post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    assert post_migrate.disconnect(create_contenttypes)


@pytest.fixture
def people(db: None) -> People:  # noqa: ARG001 (the fixture opens the database)
    """`people("editor")` → that role's `Staff`, an account made once per test; a second name makes a second person."""
    from stoppress.newsroom.actions.add_staff import add_staff
    from stoppress.newsroom.queries import staff_of
    from stoppress.newsroom.roles import Role, Staff

    def person(role: str, name: str = "") -> Staff:
        shown = name or f"{role.title()} One"
        address = f"{shown.lower().replace(' ', '.')}@example.org"
        user = add_staff(email=address, role=Role(role), name=shown, password="a long pass phrase")
        staff = staff_of(user)
        assert staff is not None
        return staff

    return person


@pytest.fixture(autouse=True)
def _media_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of one test are not seen by the next."""
    from django.conf import settings

    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path / "media"))

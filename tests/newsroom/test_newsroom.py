from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.people import People

from stoppress.accounts.models import User
from stoppress.lib import clock, limits
from stoppress.newsroom import queries
from stoppress.newsroom.actions.add_staff import add_staff
from stoppress.newsroom.actions.ensure_house import ensure_house
from stoppress.newsroom.actions.issue_token import issue_token, revoke_token
from stoppress.newsroom.actions.setup_link import make_setup_link, use_setup_link
from stoppress.newsroom.models import ApiToken, Membership, SetupLink
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Role

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_one_address_is_one_account_whatever_its_case() -> None:
    add_staff(email="Ana@Example.org", role=Role.REPORTER, name="Ana Lima", password="first words here")
    again = add_staff(email="ana@example.org", role=Role.EDITOR)
    assert User.objects.count() == 1
    assert again.check_password("first words here")
    assert again.name == "Ana Lima"
    assert Membership.objects.get().role == "editor"


@pytest.mark.parametrize("address", ["", "no", "a@b", "x" * 250 + "@example.org", "a b@example.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NewsroomRefused, match="address"):
        add_staff(email=address, role=Role.REPORTER)
    assert not User.objects.exists()


def test_a_token_speaks_for_its_owner_and_is_kept_as_a_digest(people: People) -> None:
    staff = people("reporter", "Ana Lima")
    secret = issue_token(email="ana.lima@example.org", name="cms")
    assert queries.staff_by_token(secret) == staff
    assert secret not in repr(list(ApiToken.objects.values()))
    assert queries.staff_by_token(secret + "x") is None


def test_a_token_dies_with_its_revocation_or_its_owner(people: People) -> None:
    staff = people("reporter", "Ana Lima")
    one, two = issue_token(email="ana.lima@example.org"), issue_token(email="ana.lima@example.org")
    revoke_token(
        by=staff,
        token_id=ApiToken.objects.order_by("pk").values_list("pk", flat=True)[0],
        at=clock.now(),
    )
    assert queries.staff_by_token(one) is None
    assert queries.staff_by_token(two) == staff
    User.objects.filter(pk=staff.user_id).update(is_active=False)
    assert queries.staff_by_token(two) is None


def test_no_token_for_a_stranger() -> None:
    with pytest.raises(NewsroomRefused, match="stoppress staff add"):
        issue_token(email="nobody@example.org")


def test_the_set_up_link_makes_one_admin_once() -> None:
    secret = make_setup_link()
    user = use_setup_link(
        secret=secret, email="first@example.org", name="First", password="a long pass phrase"
    )
    staff = queries.staff_of(user)
    assert staff is not None
    assert staff.role is Role.ADMIN
    with pytest.raises(NewsroomRefused, match="was used"):
        use_setup_link(
            secret=secret, email="second@example.org", name="Second", password="a long pass phrase"
        )
    assert User.objects.count() == 1


def test_a_newer_link_ends_the_older_and_time_ends_both() -> None:
    older, newer = make_setup_link(), make_setup_link()
    for secret in (older, "guess"):
        with pytest.raises(NewsroomRefused):
            use_setup_link(secret=secret, email="a@example.org", name="A", password="a long pass phrase")
    link = SetupLink.objects.get()
    link.created_at -= timedelta(hours=limits.SETUP_LINK_HOURS, seconds=1)
    link.save()
    with pytest.raises(NewsroomRefused):
        use_setup_link(secret=newer, email="a@example.org", name="A", password="a long pass phrase")
    assert not queries.has_staff()


def test_nobody_signs_in_as_the_house() -> None:
    house = ensure_house()
    assert ensure_house() == house
    account = User.objects.get(pk=house.user_id)
    assert not account.is_active
    assert not account.has_usable_password()
    assert queries.staff_of(account) is None
    assert queries.staff_of(AnonymousUser()) is None

"""What sign-in may do here: nobody opens an account by themselves. Named by `ACCOUNT_ADAPTER` in the settings."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # (allauth carries no types)
    """Accounts are made by an admin (`newsroom.actions.add_staff`) or by the set-up link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

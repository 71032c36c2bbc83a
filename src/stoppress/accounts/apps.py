"""Django's registration of the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "stoppress.accounts"
    label = "accounts"

"""Django's registration of the room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Reporters' screens."""

    name = "stoppress.desk"
    label = "desk"

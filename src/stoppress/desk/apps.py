"""Django's registration of the room, for its templates."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk's screens."""

    name = "stoppress.desk"
    label = "desk"

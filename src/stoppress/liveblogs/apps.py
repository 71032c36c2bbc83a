"""Django's registration of the room."""

from django.apps import AppConfig


class LiveblogsConfig(AppConfig):
    """Live blogs and posts."""

    name = "stoppress.liveblogs"
    label = "liveblogs"

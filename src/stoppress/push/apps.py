"""Tells Django of this room."""

from django.apps import AppConfig


class PushConfig(AppConfig):
    """Notifications to readers' devices."""

    name = "stoppress.push"

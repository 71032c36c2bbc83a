"""Tells Django of this room."""

from django.apps import AppConfig


class WebSubConfig(AppConfig):
    """Subscribers of feeds."""

    name = "stoppress.websub"

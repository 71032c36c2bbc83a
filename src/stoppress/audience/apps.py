"""Tells Django of this room."""

from django.apps import AppConfig


class AudienceConfig(AppConfig):
    """Votes and readers' questions."""

    name = "stoppress.audience"

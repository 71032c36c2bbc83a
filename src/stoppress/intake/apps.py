"""Tells Django of this room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Channels, their live blogs, their senders, and what they brought."""

    name = "stoppress.intake"

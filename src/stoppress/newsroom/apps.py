"""Django's registration of the room."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Publishers and their people."""

    name = "stoppress.newsroom"
    label = "newsroom"

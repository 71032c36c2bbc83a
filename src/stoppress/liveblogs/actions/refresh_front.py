"""Makes the front page's frame again."""

from django.db import transaction

from stoppress.liveblogs.title_projection import project_title
from stoppress.newsroom.models import Publisher


@transaction.atomic
def refresh_front() -> None:
    """Write the pages of every title, and their frames, as today's renderers make them. Without an event."""
    for publisher in Publisher.objects.select_for_update():
        project_title(publisher)

"""Makes the front page's frame again."""

from django.db import transaction

from stoppress.liveblogs import projection
from stoppress.newsroom.models import Publisher


@transaction.atomic
def refresh_front() -> None:
    """Write every publisher's masthead and foot as today's renderers make them. No event: no live blog changes."""
    for publisher in Publisher.objects.select_for_update():
        projection.project_front(publisher)

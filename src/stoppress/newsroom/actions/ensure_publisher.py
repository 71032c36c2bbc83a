"""Makes sure that there is a publisher to work for."""

from stoppress.lib import limits
from stoppress.newsroom import queries
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.refusals import NewsroomRefused


def ensure_publisher(*, name: str = "", timezone: str = "UTC") -> Publisher:
    """The publisher, made when there is none yet. `name` is what the masthead prints; "" keeps what is there."""
    if len(name) > limits.NAME_CHARS:
        raise NewsroomRefused(f"A publisher's name may have {limits.NAME_CHARS} characters; shorten it.")
    found = queries.publisher()
    if found is None:
        return Publisher.objects.create(slug="news", name=name or "Newsroom", timezone=timezone)
    if name and found.name != name:
        found.name = name
        found.save(update_fields=["name"])
    return found

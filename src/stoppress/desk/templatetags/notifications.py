"""What the desk shows of notifications: beside a live blog (three looks into the rows), and on a post's own page."""

from django import template

from stoppress.liveblogs.models import LiveBlog
from stoppress.push.queries import Figures, devices_told, figures_of

register = template.Library()


@register.simple_tag
def notified(blog: LiveBlog) -> Figures | None:
    """Who is notified, and how many of them in time; None when nobody ever asked to be."""
    return figures_of(blog)


@register.simple_tag
def told_devices(post_id: str) -> int:
    """How many devices were told of a post."""
    return devices_told(post_id)

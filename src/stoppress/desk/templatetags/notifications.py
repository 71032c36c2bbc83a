"""What the desk shows of notifications, for the column about the live blog. Three looks into the rows for each use."""

from django import template

from stoppress.liveblogs.models import LiveBlog
from stoppress.push.queries import Figures, figures_of

register = template.Library()


@register.simple_tag
def notified(blog: LiveBlog) -> Figures | None:
    """Who is notified, and how many of them in time; None when nobody ever asked to be."""
    return figures_of(blog)

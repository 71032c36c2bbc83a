"""Where one post came from, for the page of a post. One look into the rows for each use."""

from django import template

from stoppress.intake.queries import Origin, origins_of

register = template.Library()


@register.simple_tag
def came_from(post_id: str) -> Origin | None:
    """Which tool brought this post, what was left out, and what the sender did since; None for posts of the desk."""
    return origins_of([post_id]).get(post_id)

"""Tells every edge that a live blog has moved on. Called after commit; never carries content (law 5)."""

from functools import cache

from django.conf import settings

from stoppress.bus.base import Bus
from stoppress.bus.choose import bus_for
from stoppress.lib.ids import BlogId, Seq
from stoppress.liveblogs.models import LiveBlog


@cache
def _bus() -> Bus:
    return bus_for(settings.ENVIRONMENT.database_url, settings.ENVIRONMENT.bus_url)


def announce(blog_id: BlogId, seq: Seq) -> None:
    """Say that `blog_id` is at `seq`. May be lost: the edge also asks by itself."""
    _bus().announce(blog_id, seq)


def announce_newsroom(blog: LiveBlog) -> None:
    """Say that something is different in the newsroom of `blog`; of what readers see, nothing is.

    No number is below 0, so that whoever follows the public page has no reason to look.
    """
    _bus().announce(BlogId(blog.pk), Seq(0))


def announce_life() -> None:
    """Say that words are carried at all; of no live blog is anything different."""
    _bus().announce(BlogId(0), Seq(0))

"""A full disk says so and publishes nothing.

Not marked `database`, so it runs on SQLite alone: SQLite can be told to take its file for full on any machine, while
PostgreSQL's disk is the whole server's.
"""

from datetime import datetime

import pytest
from django.db import OperationalError, connection
from tests.liveblogs.newsdesk import open_desk
from tests.people import People

from stoppress.liveblogs.models import LiveBlog, PagePost, Post

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_full_disk_publishes_nothing(people: People, noon: datetime) -> None:
    """SQLite itself refuses to grow the file: the same answer as a full disk, on any machine."""
    desk = open_desk(people("editor"), noon)
    desk.publish("Before.")
    seq = LiveBlog.objects.get().last_seq
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free page is left inside the file: whatever comes must make it grow
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with pytest.raises(OperationalError, match="full"):
                desk.publish("word " * 20_000)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert LiveBlog.objects.get().last_seq == seq
    assert Post.objects.count() == PagePost.objects.count() == 1
    desk.publish("After.")
    assert Post.objects.count() == 2

"""What readers find posts and live blogs by: written in the transaction of what they show.

Called by `projection.py`. A withdrawn post loses every row here; a draft never had one. Plain SQL, for it is written
with every post while the live blog is locked (docs/decisions/0013-plain-sql-under-the-lock.md).
"""

from django.db import connection

from stoppress.lib import limits
from stoppress.lib.folding import folded, words_apart
from stoppress.liveblogs import plain_rows
from stoppress.liveblogs.models import LiveBlog, PageByline, PageText, PageTopic
from stoppress.liveblogs.topics import topic_slugs
from stoppress.render.facts import PostFacts, TombstoneFacts
from stoppress.render.plain import document_plain
from stoppress.render.times import full_time

_PUT = """
INSERT INTO page_text (post_id, page_id, title_words, text_words, text, moment_html) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (post_id) DO UPDATE SET
    title_words = excluded.title_words, text_words = excluded.text_words,
    text = excluded.text, moment_html = excluded.moment_html
"""
_TAKE = "DELETE FROM page_text WHERE post_id = %s"
_TAKE_NAMES = "DELETE FROM page_byline WHERE post_id = %s"
_NAME = "(%s, %s, %s, %s, %s)"
_PUT_NAMES = "INSERT INTO page_byline (page_id, post_id, name, name_key, at) VALUES "
_NAME_KEY_CHARS = 4 * limits.BYLINE_NAME_CHARS


def put_words(blog: LiveBlog, post: PostFacts | TombstoneFacts, *, is_new: bool) -> None:
    """Let `post` be found by what it says now and by its names; a withdrawn one by nothing."""
    if not is_new:
        plain_rows.do(_TAKE_NAMES, [post.id])
    if isinstance(post, TombstoneFacts):
        plain_rows.do(_TAKE, [post.id])
        return
    text = document_plain(post.document)
    title, body = (" ".join(words_apart(part)) for part in (post.headline, f"{text}\n{post.dateline}"))
    moment = full_time(post.first_published_at, blog.timezone, blog.language)
    plain_rows.do(_PUT, [post.id, blog.pk, title, body, text, moment])
    at = connection.ops.adapt_datetimefield_value(post.first_published_at)
    names = [(blog.pk, post.id, name, name_key(name), at) for name in post.byline]
    if names:
        values = [value for row in names for value in row]
        plain_rows.do(_PUT_NAMES + ", ".join([_NAME] * len(names)), values)


def name_key(name: str) -> str:
    """A printed name as it is asked for."""
    return folded(name)[:_NAME_KEY_CHARS]


def put_topics(blog: LiveBlog) -> None:
    """Let the live blog be found by its topics as they are now."""
    PageTopic.objects.filter(page_id=blog.pk).delete()
    PageTopic.objects.bulk_create(
        PageTopic(page_id=blog.pk, slug=slug, name=name) for slug, name in topic_slugs(blog.topics).items()
    )


def forget(page_id: int) -> None:
    """Take away all rows of a live blog, to be written again."""
    for model in (PageText, PageByline, PageTopic):
        model.objects.filter(page_id=page_id).delete()

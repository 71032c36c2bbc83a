"""Keeps the words by which the desk's search finds a post."""

from collections.abc import Sequence

from stoppress.lib import limits
from stoppress.liveblogs import plain_rows
from stoppress.liveblogs.models import Post, PostWords
from stoppress.liveblogs.stored_text import document_of
from stoppress.liveblogs.word_index import words_in

# Plain SQL, for every post that is published passes here (docs/decisions/0013-plain-sql-under-the-lock.md).
_KEEP = """
INSERT INTO post_words (post_id, words) VALUES (%s, %s) ON CONFLICT (post_id) DO UPDATE SET words = excluded.words
"""


def keep_words(post: Post) -> None:
    """Make `post` be found by its newest text. Called inside the transaction that saves it."""
    plain_rows.do(_KEEP, [post.pk, _words_of(post)])


def _words_of(post: Post) -> str:
    return words_in(document_of(post), post.headline, post.dateline, post.byline)


def keep_words_of(posts: Sequence[Post]) -> None:
    """The same for many posts at once: an import."""
    PostWords.objects.bulk_create(
        [PostWords(post=post, words=_words_of(post)) for post in posts],
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=["words"],
        batch_size=limits.BACKUP_ROWS,
    )

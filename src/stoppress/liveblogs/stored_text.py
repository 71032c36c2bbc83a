"""The document of a post's row, and an alert when the row does not hold the rules any more.

Called by `facts.py`, for whatever readers are shown. Rows rot, and an older version of Stoppress may meet the node
types of a newer one: then the post is its words, the page lives, and whoever runs the server is told.
"""

import structlog

from stoppress.document.schema import Document
from stoppress.liveblogs.models import Post

_READ = "_document_read"  # on the row: the text that was read, and what it was read as

log = structlog.get_logger("stoppress.liveblogs")


def document_of(post: Post) -> Document:
    """What the row holds, mended where it has to be. Logs an error for each post that had to be; never raises.

    Read once for each text, and not at all when it was put there: publishing asks for it five times.
    """
    read: tuple[object, Document] | None = post.__dict__.get(_READ)
    if read is None or read[0] is not post.document:
        read = post.__dict__[_READ] = (post.document, Document.stored(post.document))
        _tell(post, read[1])
    return read[1]


def put_document(post: Post, text: Document) -> None:
    """Let the row hold `text`, which was checked when it came in."""
    post.document = text.root
    post.__dict__[_READ] = (post.document, text)


def _tell(post: Post, document: Document) -> None:
    if document.mended:
        log.error(
            "a stored post does not hold the rules; readers get its words as plain text. "
            "Look at its history on the desk and save it anew.",
            post=post.pk,
            revision=post.revision,
        )

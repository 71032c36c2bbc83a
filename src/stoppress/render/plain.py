"""A document as plain text: the same words, in the same lines, as its html shows (less ways to a map).

Called by `liveblogs/projection.py`, feeds and exports. Imports `document`.
"""

from stoppress.document.schema import Document
from stoppress.document.text import plain_text


def document_plain(document: Document) -> str:
    """The document's words: one line for each block, table cells apart by tabs. No final line end."""
    return plain_text(document)

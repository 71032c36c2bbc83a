"""The door for content from outside: any JSON value → Document or InvalidDocument.

Called by `liveblogs/actions`, `api`, `desk` and `archive` before anything is stored. The rules are in
`check.py`, one sentence each.
"""

from stoppress.document.check import InvalidDocument, checked
from stoppress.document.schema import Document

__all__ = ["InvalidDocument", "parse_document"]


def parse_document(raw: object) -> Document:
    """The document in `raw`, a parsed JSON value, unchanged: nothing is dropped, added or normalised.

    Raises: InvalidDocument, whose sentence is fit for a reporter: where, what is wrong, what to do.
    """
    return Document(checked(raw))

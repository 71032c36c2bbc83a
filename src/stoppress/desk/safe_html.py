"""The one place that declares text to be HTML: what `render` made of a document, on its way into a template.

Called by `shown.py`. A tidy test refuses `mark_safe` anywhere else.
"""

from django.utils.safestring import SafeString, mark_safe

from stoppress.document.schema import Document
from stoppress.liveblogs.models import LiveBlog, Post, State
from stoppress.liveblogs.polls import with_votes
from stoppress.render.html import document_html


def shown_document(raw: object) -> SafeString:
    """A stored document as readers get it. Every character of it was escaped by `render`."""
    return mark_safe(document_html(Document.stored(raw)))  # noqa: S308 (render escapes by construction)


def shown_post(post: Post, blog: LiveBlog) -> SafeString:
    """A post's document; one that readers see with what was counted in its polls."""
    document = Document.stored(post.document)
    if post.state == State.PUBLISHED:
        document = with_votes(document, post.pk, blog)
    return mark_safe(document_html(document))  # noqa: S308 (render escapes by construction)

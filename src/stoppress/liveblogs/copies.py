"""Reads of texts under way: one's own, and nobody else's. Called by `desk`; written by `actions/keep_copy.py`."""

import re

from stoppress.lib import limits
from stoppress.liveblogs import access
from stoppress.liveblogs.models import WorkingCopy
from stoppress.liveblogs.refusals import NotFound
from stoppress.newsroom.roles import Staff

COPY_NAME = re.compile(rf"[0-9a-f]{{16,{limits.COPY_NAME_CHARS}}}")


def copies_of(by: Staff, slug: str) -> list[WorkingCopy]:
    """This person's texts under way in the live blog, the latest typed first. Raises: NotFound."""
    blog = access.blog_to_see(by, slug)
    rows = WorkingCopy.objects.filter(user_id=by.user_id, liveblog=blog, settled=False)
    return list(rows.defer("text").order_by("-at", "-pk"))


def copy_for(by: Staff, slug: str, name: str) -> WorkingCopy:
    """One of them, with its text. Raises: NotFound."""
    blog = access.blog_to_see(by, slug)
    row = WorkingCopy.objects.filter(user_id=by.user_id, liveblog=blog, name=name, settled=False).first()
    if row is None:
        raise NotFound("This text is not under way any more: it was saved as a post, or thrown away.")
    return row

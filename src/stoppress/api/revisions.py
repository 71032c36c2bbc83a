"""`If-Match` on a post: whoever changes it says which revision they saw (RFC 9110, section 13.1.1)."""

import re

from django.http import HttpRequest

from stoppress.api.problems import Fault, Problem
from stoppress.lib import limits
from stoppress.liveblogs.models import Post
from stoppress.liveblogs.refusals import StaleRevision

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"|([0-9]{1,9})')


def expected_revisions(request: HttpRequest) -> frozenset[str] | None:
    """The revisions that `If-Match` accepts; None when it is absent or `*`. A weak tag accepts nothing.

    A bare number is taken for a forgotten pair of quotes. Raises: Problem (malformed).
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    tags = [tag.strip() for tag in header.split(",", limits.IF_MATCH_TAGS) if tag.strip()]
    found = [_TAG.fullmatch(tag) for tag in tags]
    if not found or None in found:
        detail = (
            f'If-Match takes the ETag of the post, such as "3", or *; {header[: limits.FAULT_CHARS]!r} came.'
        )
        raise Problem("malformed", detail, errors=(Fault("If-Match", detail),))
    return frozenset(match[2] or match[3] for match in found if match and not match[1])


def check_expected(post: Post, expected: frozenset[str] | None) -> None:
    """Raises: StaleRevision unless the post's revision is among those expected. Call it with the row locked."""
    if expected is not None and str(post.revision) not in expected:
        raise StaleRevision(
            f"You wrote on another revision than {post.revision}, which stands now; "
            "fetch it and decide what stands.",
            current=post.revision,
        )

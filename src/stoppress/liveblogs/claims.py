"""What the read model holds of a post's claims: one row for each, for the readers' page and the desk's list.

Called by `projection.py`, in the transaction of the action. A withdrawn post has none, and drafts have none yet.
"""

from stoppress.document.claims import claims
from stoppress.liveblogs import history
from stoppress.liveblogs.facts import plain_facts
from stoppress.liveblogs.models import LiveBlog, PageClaim
from stoppress.render.claims import claim_lines
from stoppress.render.facts import PostFacts, TombstoneFacts


def put_claims(blog: LiveBlog, post: PostFacts | TombstoneFacts, *, is_new: bool) -> None:
    """Write a post's claims in place of those that stood there."""
    if not is_new:
        PageClaim.objects.filter(post_id=post.id).delete()
    if isinstance(post, TombstoneFacts) or not claims(post.document):
        return
    PageClaim.objects.bulk_create(
        PageClaim(
            page_id=blog.pk,
            post_id=post.id,
            number=number,
            claim_id=line.claim.id,
            state=line.claim.state,
            source=line.claim.source,
            text=line.claim.text,
            since=line.since,
            post_at=post.first_published_at,
            html=line.html,
        )
        for number, line in enumerate(claim_lines(post, history.history_facts(post), plain_facts(blog)), 1)
    )

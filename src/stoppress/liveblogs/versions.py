"""What the read model holds of a post's earlier versions: each as readers saw it, until when.

Called by `projection.py`, in the transaction of the change. Only versions that readers have seen come here, the same as
in a post's history; a withdrawn post has none. The version that stands now is not among them: it is the post's own row.
"""

from dataclasses import replace

from stoppress.liveblogs import history
from stoppress.liveblogs.facts import shown, title_of
from stoppress.liveblogs.models import LiveBlog
from stoppress.liveblogs.version_rows import PageVersion
from stoppress.render.facts import PostFacts, TombstoneFacts
from stoppress.render.versions import earlier_versions


def put_versions(blog: LiveBlog, post: PostFacts | TombstoneFacts, *, is_new: bool) -> None:
    """Write a post's earlier versions in place of those that stood there."""
    if not is_new:
        PageVersion.objects.filter(post_id=post.id).delete()
    if isinstance(post, TombstoneFacts) or post.revision == 1:
        return
    past = history.history_facts(post)
    past = replace(
        past, versions=tuple(replace(each, document=shown(each.document, blog)) for each in past.versions)
    )
    rows = [
        PageVersion(
            page_id=blog.pk,
            post_id=post.id,
            number=earlier.facts.revision,
            until=earlier.until,
            title=title_of(earlier.facts),
            html=earlier.html,
        )
        for earlier in earlier_versions(post, past, blog.slug, blog.timezone, blog.language)
    ]
    if rows:
        PageVersion.objects.bulk_create(rows)


def forget(page_id: int) -> None:
    """Take away all of a live blog's earlier versions, to be written again."""
    PageVersion.objects.filter(page_id=page_id).delete()

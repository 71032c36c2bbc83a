"""What the read model holds of a post's past: its public versions, its lines in the correction log, its pictures.

Called by `projection.py`, in the transaction of the action. Versions that readers never saw stay out of it.
"""

from collections.abc import Iterable
from dataclasses import replace

from stoppress.document.schema import Document
from stoppress.document.structured import without_votes
from stoppress.lib import limits
from stoppress.liveblogs.models import PageClaim, PageCorrection, PageMedia, Post, Revision, State
from stoppress.liveblogs.stored_text import document_of
from stoppress.render.corrections import Line
from stoppress.render.facts import HistoryFacts, PostFacts, RevisionFacts
from stoppress.render.pictures import media_ids


def history_facts(post: PostFacts) -> HistoryFacts:
    """The versions that readers have seen; of very many the first and the newest (limits.HISTORY_VERSIONS)."""
    if post.revision == 1:
        return HistoryFacts((_present(post),))
    public = Revision.objects.filter(post_id=post.id, public=True).order_by("number")
    numbers = list(public.values_list("number", flat=True))
    kept = [*numbers[:1], *numbers[1:][1 - limits.HISTORY_VERSIONS :]]
    if len(kept) <= 1:
        return HistoryFacts((_present(post),))
    first, *later = (_version(row) for row in public.filter(number__in=kept))
    # A draft is as old as its writing, the first version as old as the post is for readers.
    first = replace(first, at=post.first_published_at)
    return HistoryFacts((first, *later), left_out=len(numbers) - len(kept))


def _present(post: PostFacts) -> RevisionFacts:
    return RevisionFacts(
        number=post.revision,
        headline=post.headline,
        dateline=post.dateline,
        byline=post.byline,
        document=without_votes(post.document),
        at=post.first_published_at,
    )


def _version(row: Revision) -> RevisionFacts:
    return RevisionFacts(
        number=row.number,
        headline=row.headline,
        dateline=row.dateline,
        byline=tuple(row.byline),
        document=Document.stored(row.document),
        at=row.at,
    )


def put_corrections(page_id: int, post_id: str, lines: Iterable[Line], *, is_new: bool) -> None:
    """Write a post's lines of the correction log in place of those that stood there."""
    if not is_new:
        PageCorrection.objects.filter(post_id=post_id).delete()
    rows = [
        PageCorrection(page_id=page_id, post_id=post_id, number=number, at=line.at, html=line.html)
        for number, line in enumerate(lines, 1)
    ]
    if rows:
        PageCorrection.objects.bulk_create(rows)


def put_media(page_id: int, post: Post, *, is_new: bool) -> None:
    """Write which pictures a post shows; of a withdrawn one, which it ever showed."""
    if not is_new:
        PageMedia.objects.filter(post_id=post.pk).delete()
    is_withdrawn = post.state == State.WITHDRAWN
    documents = [document_of(post)]
    if is_withdrawn:
        public = Revision.objects.filter(post=post, public=True)
        documents += map(Document.stored, public.values_list("document", flat=True))
    names = {name for document in documents for name in media_ids(document)}
    rows = [
        PageMedia(page_id=page_id, post_id=post.pk, media_id=name, withdrawn=is_withdrawn)
        for name in sorted(names)
    ]
    if rows:
        PageMedia.objects.bulk_create(rows)


def forget(page_id: int) -> None:
    """Take away all of a live blog's lines, pictures and claims, to be written again."""
    PageClaim.objects.filter(page_id=page_id).delete()
    PageCorrection.objects.filter(page_id=page_id).delete()
    PageMedia.objects.filter(page_id=page_id).delete()

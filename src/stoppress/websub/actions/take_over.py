"""Takes over what is due, so that no other worker does: requests to be asked back, subscribers who are behind.

A row is taken by one update that moves its `due_at` on; where the worker dies it comes due again.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F

from stoppress.lib import limits
from stoppress.lib.feed_documents import TYPES
from stoppress.lib.ids import new_secret
from stoppress.lib.sealed import opened
from stoppress.liveblogs.models import LiveBlog, Status
from stoppress.liveblogs.served_feeds import ServedFeed, served_feed
from stoppress.websub.actions.ask import PURPOSE
from stoppress.websub.errands import Delivery, Question, Word
from stoppress.websub.models import Asked, Mode, Published, Subscription

_CLAIM = timedelta(seconds=limits.WEBSUB_CLAIM_SECONDS)


def take_questions(at: datetime, room: int) -> list[Question]:
    """Requests whose senders are to be asked."""
    waiting = Asked.objects.filter(due_at__lte=at)
    if not waiting.exists():  # nobody is kept from writing for nothing
        return []
    with transaction.atomic():
        due = waiting.select_related("liveblog").order_by("due_at")[:room]
        ours = [
            row
            for row in due
            if Asked.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=at + _CLAIM)
        ]
    return [_question(row) for row in ours]


def _question(row: Asked) -> Question:
    fields = {
        "hub.mode": row.mode,
        "hub.topic": f"{settings.PUBLIC_URL}/live/{row.liveblog.slug}/{row.feed}",
        "hub.challenge": new_secret(),
    }
    if row.mode == Mode.SUBSCRIBE:
        fields["hub.lease_seconds"] = str(row.lease_seconds)
    return Question(row.pk, row.callback, fields)


def take_deliveries(at: datetime, room: int) -> list[Delivery]:
    """Subscribers who do not know a live blog's newest state. Documents are made once for all of them."""
    if not Subscription.objects.filter(due_at__lte=at).exists():  # as above
        return []
    behind = Subscription.objects.filter(
        due_at__lte=at, lease_until__gt=at, liveblog__page__changed_seq__gt=F("sent_seq")
    ).exclude(liveblog__page__status=Status.DRAFT)
    with transaction.atomic():
        due = behind.select_related("liveblog__publisher").order_by("due_at")[:room]
        ours = [
            row
            for row in due
            if Subscription.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=at + _CLAIM)
        ]
    documents: dict[tuple[int, str], tuple[ServedFeed, str] | None] = {}
    return [delivery for row in ours if (delivery := _delivery(row, documents, at)) is not None]


def _delivery(
    row: Subscription, documents: dict[tuple[int, str], tuple[ServedFeed, str] | None], at: datetime
) -> Delivery | None:
    """What this subscriber is to be sent; None when the document is one they have."""
    key = (row.liveblog_id, row.feed)
    if key not in documents:
        served = served_feed(row.liveblog, row.feed, settings.WEBSUB_HUB or f"{settings.PUBLIC_URL}/websub")
        documents[key] = (served, sha256(served.body).hexdigest()) if served else None
    found = documents[key]
    if found is None:
        return None
    served, digest = found
    secret = opened(row.secret, settings.SECRET_KEY, PURPOSE) if row.secret else ""
    if (
        digest == row.sent_digest or secret is None
    ):  # a secret under another server's key: they would refuse it
        Subscription.objects.filter(pk=row.pk).update(sent_seq=served.seq, due_at=at)
        return None
    return Delivery(
        row=row.pk,
        callback=row.callback,
        secret=secret,
        seq=served.seq,
        digest=digest,
        content_type=TYPES[row.feed],
        place=served.place,
        body=served.body,
    )


def take_words(at: datetime, room: int) -> list[Word]:
    """Live blogs of whose newest state the hub of others has not been told."""
    unknown = LiveBlog.objects.exclude(page__status=Status.DRAFT).filter(page__changed_seq__gt=0)
    told = Published.objects.filter(told_seq__gte=F("liveblog__page__changed_seq"))
    waiting = Published.objects.filter(due_at__gt=at)
    due = unknown.exclude(pk__in=told.values("pk")).exclude(pk__in=waiting.values("pk"))
    found = []
    with transaction.atomic():
        for blog in due.select_related("page").order_by("pk")[:room]:
            row, _ = Published.objects.get_or_create(liveblog=blog, defaults={"due_at": at})
            if Published.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=at + _CLAIM):
                found.append(_word(blog))
    return found


def _word(blog: LiveBlog) -> Word:
    topics = tuple(f"{settings.PUBLIC_URL}/live/{blog.slug}/{name}" for name in TYPES)
    return Word(blog.pk, settings.WEBSUB_HUB, topics, blog.page.changed_seq)

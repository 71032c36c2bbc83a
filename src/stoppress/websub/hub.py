"""The worker's turn at the hub: write down what came of the last errands, take over what is due, give it out.

Called by `worker/tell_subscribers.py`, by any number of workers. A row is taken over by one update that moves its
`due_at` on, so no other worker takes it meanwhile; where a worker dies its rows come due again. Every state that a
subscriber missed is in the next document, so nothing is queued for anybody: a row holds only how far they know.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F

from stoppress.lib import limits
from stoppress.lib.feed_documents import TYPES
from stoppress.lib.http_out import OUTSIDE, Outside
from stoppress.lib.ids import new_secret
from stoppress.lib.sealed import opened
from stoppress.liveblogs.models import LiveBlog, Status
from stoppress.liveblogs.served_feeds import ServedFeed, served_feed
from stoppress.websub.actions.ask import PURPOSE
from stoppress.websub.errands import Delivery, Errand, Outcome, Question, Word, run
from stoppress.websub.models import Asked, Mode, Published, Subscription
from stoppress.websub.senders import Senders

_CLAIM = timedelta(seconds=limits.WEBSUB_CLAIM_SECONDS)


@dataclass(slots=True)
class Hub:
    """One worker's part in it. Tests give their own way out."""

    outside: Outside = OUTSIDE
    senders: Senders[Errand, Outcome] = field(init=False)

    def __post_init__(self) -> None:
        self.senders = Senders(lambda errand: run(errand, self.outside))

    def turn(self, at: datetime) -> int:
        """Returns how many errands were given out. Waits for nobody."""
        came = self.senders.came()
        if came:
            with transaction.atomic():
                for errand, outcome in came:
                    _settle(errand, outcome, at)
        given = 0
        for errand in self._due(at):
            self.senders.send(errand)
            given += 1
        return given

    def _due(self, at: datetime) -> Iterator[Errand]:
        yield from _questions(at, self.senders.room)
        if settings.WEBSUB_HUB:
            yield from _words(at, self.senders.room)
        yield from _deliveries(at, self.senders.room)


# --- what is due --------------------------------------------------------------------------------------


def _questions(at: datetime, room: int) -> list[Question]:
    """Requests whose senders are to be asked."""
    with transaction.atomic():
        due = Asked.objects.filter(due_at__lte=at).select_related("liveblog").order_by("due_at")[:room]
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


def _deliveries(at: datetime, room: int) -> list[Delivery]:
    """Subscribers who do not know a live blog's newest state. Documents are made once for all of them."""
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


def _words(at: datetime, room: int) -> list[Word]:
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


# --- what came of it ----------------------------------------------------------------------------------


def _settle(errand: Errand, outcome: Outcome, at: datetime) -> None:
    if isinstance(errand, Question):
        _settle_question(errand, outcome, at)
    elif isinstance(errand, Delivery):
        _settle_delivery(errand, outcome, at)
    else:
        _settle_word(errand, outcome, at)


def _settle_question(question: Question, outcome: Outcome, at: datetime) -> None:
    row = Asked.objects.filter(pk=question.row).first()
    if row is None or row.mode != question.fields["hub.mode"]:
        return  # something else was asked for meanwhile: that has its own turn
    if not outcome.done and not outcome.gone and row.tries + 1 < limits.WEBSUB_ASK_TRIES:
        again = at + _pause(row.tries)
        Asked.objects.filter(pk=row.pk).update(tries=row.tries + 1, due_at=again)
        return
    if outcome.done:
        _obey(row, at)
    row.delete()


def _obey(row: Asked, at: datetime) -> None:
    """It was they who asked."""
    same = {"liveblog_id": row.liveblog_id, "feed": row.feed, "callback_digest": row.callback_digest}
    if row.mode == Mode.UNSUBSCRIBE:
        Subscription.objects.filter(**same).delete()
        return
    now_on = {
        "callback": row.callback,
        "secret": row.secret,
        "lease_until": at + timedelta(seconds=row.lease_seconds),
        "failures": 0,
        "due_at": at,
    }
    # They are told from now on; what stands in the feed already they read there.
    known = row.liveblog.page.changed_seq
    Subscription.objects.update_or_create(
        **same, defaults=now_on, create_defaults={**now_on, "sent_seq": known}
    )


def _settle_delivery(delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    rows = Subscription.objects.filter(pk=delivery.row)
    if outcome.done:
        rows.update(
            sent_seq=delivery.seq,
            sent_digest=delivery.digest,
            failures=0,
            due_at=at + timedelta(seconds=limits.WEBSUB_PAUSE_SECONDS),
        )
        return
    row = rows.first()
    if row is None:
        return
    if outcome.gone or row.failures + 1 >= limits.WEBSUB_FAILURES:
        row.delete()
        return
    rows.update(failures=row.failures + 1, due_at=at + _pause(row.failures))


def _settle_word(word: Word, outcome: Outcome, at: datetime) -> None:
    rows = Published.objects.filter(pk=word.row)
    if outcome.done:
        rows.update(told_seq=word.seq, failures=0, due_at=at + timedelta(seconds=limits.WEBSUB_PAUSE_SECONDS))
        return
    for row in rows:
        failures = min(row.failures + 1, limits.WEBSUB_FAILURES)
        rows.update(failures=failures, due_at=at + _pause(row.failures))


def _pause(failures: int) -> timedelta:
    """How long after one more failure."""
    seconds = limits.WEBSUB_RETRY_SECONDS * 2 ** min(failures, 16)
    return timedelta(seconds=min(seconds, limits.WEBSUB_RETRY_SECONDS_MAX))


def forget_ended(at: datetime) -> int:
    """Delete subscriptions whose lease has ended; returns how many. Their holders know the day, and ask again."""
    return Subscription.objects.filter(lease_until__lte=at).delete()[0]

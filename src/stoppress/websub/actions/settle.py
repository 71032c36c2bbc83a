"""Writes down what came of an errand, and forgets whose lease has ended."""

from datetime import datetime, timedelta

from stoppress.lib import limits
from stoppress.websub.errands import Delivery, Errand, Outcome, Question, Word
from stoppress.websub.models import Asked, Mode, Published, Subscription


def settle(errand: Errand, outcome: Outcome, at: datetime) -> None:
    """Note what came back: taken, refused for good, or to be tried again later. Inside a transaction."""
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

"""The worker's turn at the hub: write down what came of the last errands, take over what is due, give it out.

Called by `worker/tell_subscribers.py`, by any number of workers. Every state that a subscriber missed is in the next
document, so nothing is queued for anybody: a row holds only how far they know (`actions/take_over.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from stoppress.lib.http_out import OUTSIDE, Outside
from stoppress.websub.actions.settle import settle
from stoppress.websub.actions.take_over import take_deliveries, take_questions, take_words
from stoppress.websub.errands import Errand, Outcome, run
from stoppress.websub.senders import Senders


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
                    settle(errand, outcome, at)
        given = 0
        for errand in self._due(at):
            self.senders.send(errand)
            given += 1
        return given

    def _due(self, at: datetime) -> Iterator[Errand]:
        yield from take_questions(at, self.senders.room)
        if settings.WEBSUB_HUB:
            yield from take_words(at, self.senders.room)
        yield from take_deliveries(at, self.senders.room)

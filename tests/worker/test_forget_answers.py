from datetime import datetime, timedelta

import pytest
import time_machine
from tests.people import People

from stoppress.liveblogs.actions.keep_answer import Answer, kept_answer
from stoppress.liveblogs.models import KeptAnswer
from stoppress.worker import forget_answers as job

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_old_answers_go_and_looking_is_rare(
    people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "_last", job._Look())
    by = people("editor")
    for days, forgotten in ((0, 0), (7, 0), (8, 1)):
        with time_machine.travel(noon + timedelta(days=days, minutes=1), tick=False):
            assert job.forget_answers() == forgotten
            assert job.forget_answers() == 0
            kept_answer(by=by, key=f"k{days}", request=b"", make=lambda: Answer(200, "{}"))
    assert sorted(KeptAnswer.objects.values_list("key", flat=True)) == ["k7", "k8"]

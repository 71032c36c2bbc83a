"""Sixteen writers at once on one live blog, over the API: what was acknowledged is kept, once each, without a gap."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http import HTTPStatus
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from tests.liveblogs.newsdesk import open_desk
from tests.people import People

from stoppress.liveblogs.models import Event, LiveBlog, PagePost, Post
from stoppress.newsroom.actions.issue_token import issue_token

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WRITERS, EACH = 16, 2

Told = tuple[int, str]  # status, and the post's id or the answer


def writer(token: str, number: int, together: Barrier) -> Callable[[], list[Told]]:
    """Sends EACH posts as soon as the last is answered, and each a second time, as a network does."""

    def send(client: Client, turn: int) -> Told:
        answer = client.post(
            "/api/v1/liveblogs/surge/posts",
            json.dumps({"markdown": f"Writer {number}, post {turn}."}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"{number}-{turn}"},
        )
        made = answer.status_code == HTTPStatus.CREATED
        return answer.status_code, answer.json()["id"] if made else answer.content.decode()

    def write() -> list[Told]:
        try:
            client = Client()
            together.wait()
            return [send(client, turn) for turn in range(EACH) for _ in range(2)]
        finally:
            connections.close_all()

    return write


@pytest.fixture
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine the last of sixteen waits for long: here that is no reason to turn it away."""
    options = connections.settings["default"]["OPTIONS"]
    if "timeout" in options:
        monkeypatch.setitem(options, "timeout", 300)


@pytest.mark.usefixtures("_patience")
def test_sixteen_writers_lose_nothing_and_leave_no_gap(people: People, noon: datetime) -> None:
    open_desk(people("editor", "Nora Quist"), noon)
    token = issue_token(email="nora.quist@example.org", name="writers")
    together = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as threads:
        under_way = [threads.submit(writer(token, number, together)) for number in range(WRITERS)]
        told = [answer for each in under_way for answer in each.result()]
    assert {status for status, _ in told} == {HTTPStatus.CREATED}, told
    acknowledged = [post_id for _, post_id in told]
    assert acknowledged[::2] == acknowledged[1::2]
    kept = set(acknowledged)
    assert len(kept) == WRITERS * EACH
    assert set(Post.objects.values_list("id", flat=True)) == kept
    assert set(PagePost.objects.values_list("post_id", flat=True)) == kept
    log = list(Event.objects.order_by("seq").values_list("seq", flat=True))
    assert log == list(range(1, LiveBlog.objects.get().last_seq + 1))

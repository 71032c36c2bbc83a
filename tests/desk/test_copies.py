"""Texts under way: kept for their writer alone, never a post, a revision or an event."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import BLOG, POSTS, Visitor, doc, post_body
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_copy import forget_old_copies
from stoppress.liveblogs.models import Event, Post, Revision, WorkingCopy

pytestmark = [pytest.mark.database, pytest.mark.django_db]
COPIES = f"{BLOG}copies/"


def _typed(text: str, turn: int = 1, *, name: str = "", **more: object) -> dict[str, object]:
    fields = {"headline": "", "dateline": "", "byline": "", "correction": "", "key_event": False}
    return {
        "name": name or uuid4().hex,
        "turn": turn,
        "post_id": "",
        "base_revision": 0,
        "text": {**fields, "document": doc(text), **more},
    }


def _kept(visitor: Visitor) -> list[str]:
    return [copy["words"] for copy in visitor.ask(COPIES).json()["copies"]]


def test_what_is_typed_wakes_nobody_and_is_seen_by_nobody_else(people: People) -> None:
    on = Ground(people).filled()
    owner, editor = on.visitor("owner"), on.visitor("editor")
    before = (Event.objects.count(), Revision.objects.count(), Post.objects.count())
    body = _typed("Half a sentence", post_id=on.public.pk) | {"post_id": on.public.pk, "base_revision": 1}
    del body["text"]["post_id"]  # type: ignore[attr-defined]  # it is the copy's, not the text's
    assert owner.send(COPIES, body).json() == {"turn": 1}
    assert (Event.objects.count(), Revision.objects.count(), Post.objects.count()) == before
    assert _kept(owner) == ["Half a sentence"]
    assert _kept(editor) == []
    name = body["name"]
    assert editor.ask(f"{COPIES}{name}/").status_code == 404
    text = owner.ask(f"{COPIES}{name}/").json()
    assert (text["post_id"], text["base_revision"], text["text"]["document"]) == (
        on.public.pk,
        1,
        doc("Half a sentence"),
    )
    for path in (BLOG, f"{POSTS}{on.public.pk}/"):
        assert "Half a sentence" not in editor.page(path).content.decode()


def test_the_newest_turn_stands_whatever_comes_late(people: People) -> None:
    owner = Ground(people).visitor("owner")
    name = uuid4().hex
    owner.send(COPIES, _typed("First", 1, name=name))
    owner.send(COPIES, _typed("Third", 3, name=name))
    assert owner.send(COPIES, _typed("Second", 2, name=name)).json() == {"turn": 3}
    assert _kept(owner) == ["Third"]


def test_a_post_made_of_it_empties_it_and_a_straggler_brings_nothing_back(people: People) -> None:
    owner = Ground(people).visitor("owner")
    name = uuid4().hex
    owner.send(COPIES, _typed("The gate", 1, name=name))
    body = post_body("The gate is shut.", copy=name)
    assert owner.send(POSTS, body).status_code == owner.send(POSTS, body).status_code == 201
    assert _kept(owner) == []
    assert owner.send(COPIES, _typed("The gate is", 2, name=name)).json() == {"turn": None}
    assert WorkingCopy.objects.get().text == {}
    refused = post_body("", copy=uuid4().hex)
    assert owner.send(POSTS, refused).status_code == 422
    assert WorkingCopy.objects.count() == 1, "what was refused settles nothing"


def test_what_became_of_a_write_is_told_to_whoever_sent_it(people: People) -> None:
    on = Ground(people)
    owner, editor = on.visitor("owner"), on.visitor("editor")
    body = post_body("Sent, and no answer came.")
    path = f"/desk/answers/{body['key']}/"
    assert owner.ask(path).json() == {"done": None}
    made = owner.send(POSTS, body).json()
    assert owner.ask(path).json()["done"]["id"] == made["id"]
    assert editor.ask(path).json() == {"done": None}
    key = uuid4().hex
    editor.press(f"{POSTS}{made['id']}/pin/", key=key, on="1")
    assert editor.ask(f"/desk/answers/{key}-pin/").json()["done"] == {"id": made["id"]}


def test_odd_copies_are_refused(people: People) -> None:
    owner = Ground(people).visitor("owner")
    odd: tuple[object, ...] = (
        b"[",
        [],
        _typed("x") | {"turn": -1},
        _typed("x") | {"turn": True},
        _typed("x") | {"name": "../x"},
        _typed("x") | {"post_id": "no id"},
        _typed("x") | {"more": 1},
        _typed("x", state="published"),
        _typed("x", headline="x" * (limits.HEADLINE_CHARS + 1)),
        _typed("x", document={"type": "doc", "content": [{"type": "script"}]}),
    )
    assert [owner.send(COPIES, body).status_code for body in odd] == [422] * len(odd)
    assert WorkingCopy.objects.count() == 0


def test_the_server_keeps_so_many_and_forgets_old_ones(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Ground(people).visitor("owner")
    monkeypatch.setattr(limits, "COPIES_PER_PERSON", 2)
    for number in range(2):
        owner.send(COPIES, _typed(f"Text {number}"))
    assert owner.send(COPIES, _typed("One too many")).status_code == 422
    assert sorted(_kept(owner)) == ["Text 0", "Text 1"]
    now = clock.now()
    assert forget_old_copies(at=now + timedelta(days=limits.COPY_DAYS - 1)) == 0
    assert forget_old_copies(at=now + timedelta(days=limits.COPY_DAYS + 1)) == 2

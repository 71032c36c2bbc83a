"""Several hands over the desk's addresses: presence, leases, chat, the seat of a stream, and what meets meanwhile."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from tests.desk.ground import Ground
from tests.desk.visitor import Visitor, post_body
from tests.people import People

from stoppress.accounts.models import DeskSession, User
from stoppress.desk.newsroom_source import states
from stoppress.events.seat import HEADER, Seat
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import ChatMessage, Lease, Post, Presence, State
from stoppress.newsroom.actions.desk_sessions import end_every_session
from stoppress.newsroom.models import Membership, Publisher

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LOOK_QUERIES = 12  # three for the people, one for each section and its posts
ROOM = "/desk/live/surge/newsroom/"


@pytest.fixture
def ground(people: People) -> Ground:
    return Ground(people)


def saved(visitor: Visitor, post: Post, words: str, key: str, base: int = 1) -> tuple[int, dict[str, object]]:
    body = post_body(words, "amend", base_revision=base) | {"key": key}
    answer = visitor.send(f"/desk/live/surge/posts/{post.pk}/content/", body)
    return answer.status_code, json.loads(answer.content)


def test_presence_lease_and_chat_by_their_addresses(ground: Ground) -> None:
    owner, editor = ground.visitor("owner"), ground.visitor("editor")
    post = ground.public
    assert owner.send(f"{ROOM}here/", {"tab": "aa", "writing": ["new", post.pk]}).status_code == 200
    refused = editor.send(f"/desk/live/surge/posts/{post.pk}/lease/", {"tab": "bb"})
    assert refused.status_code == 409
    assert json.loads(refused.content)["holder"] == "Ana Owner"
    assert (
        editor.send(f"/desk/live/surge/posts/{post.pk}/lease/", {"tab": "bb", "over": True}).status_code
        == 200
    )
    message = {"key": "k1", "text": "Yours?"}
    first, again = editor.send(f"{ROOM}chat/", message), editor.send(f"{ROOM}chat/", message)
    assert (first.status_code, first.content) == (201, again.content)
    state = json.loads(owner.ask(ROOM).content)
    assert [person["name"] for person in state["here"]] == ["Ana Owner"]
    assert [lease["name"] for lease in state["leases"]] == ["Edith Lead"]
    assert [one["text"] for one in state["chat"]["messages"]] == ["Yours?"]
    assert owner.send(f"{ROOM}here/", {"tab": "aa", "gone": True}).status_code == 200
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("here/", {"tab": "aa"}),
        ("here/", {"tab": 1, "writing": []}),
        ("here/", {"tab": "aa", "writing": [1]}),
        ("here/", {"tab": "aa", "writing": [], "user": 1}),
        ("chat/", {"key": "k", "text": 1}),
        ("chat/", {"key": "", "text": "Hello"}),
        ("chat/", ["no object"]),
    ],
)
def test_what_is_not_the_scripts_is_refused(ground: Ground, address: str, body: object) -> None:
    assert ground.visitor("owner").send(ROOM + address, body).status_code == 422
    assert not Presence.objects.exists()
    assert not ChatMessage.objects.exists()


def test_asking_for_the_stream_names_a_seat_and_writes_nothing(ground: Ground) -> None:
    owner = ground.visitor("owner")
    answer = owner.ask(f"{ROOM}events/")
    seat = Seat.read(answer.headers[HEADER])
    assert seat is not None
    session = DeskSession.objects.get(pk=seat.session_id)
    assert (seat.user_id, seat.slug, session.user_id) == (ground.owner.user_id, "surge", ground.owner.user_id)
    assert answer.status_code == 204
    assert session.session_key not in str(answer.headers)
    assert HEADER not in ground.visitor("anonymous").ask(f"{ROOM}events/").headers
    assert HEADER not in ground.visitor("stranger").ask(f"{ROOM}events/").headers


def test_a_look_costs_the_same_however_many_listen(
    ground: Ground, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    seats = []
    for who in ("owner", "colleague", "editor", "moderator"):
        seat = Seat.read(ground.visitor(who).ask(f"{ROOM}events/").headers[HEADER])
        assert seat is not None
        seats.append(seat)
    with django_assert_max_num_queries(LOOK_QUERIES):
        assert len(states(seats, clock.now())) == len(seats)


class TestWhoMayListen:
    """What the stream's source says, while the person's standing changes."""

    @pytest.fixture
    def seat(self, ground: Ground) -> Seat:
        found = Seat.read(ground.visitor("owner").ask(f"{ROOM}events/").headers[HEADER])
        assert found is not None
        assert states([found], clock.now()).keys() == {found}
        return found

    def test_the_state_is_the_persons_own(self, ground: Ground, seat: Seat) -> None:
        state = json.loads(states([seat], clock.now())[seat])
        assert state == json.loads(ground.visitor("owner").ask(ROOM).content)

    def test_not_who_signed_out(self, seat: Seat) -> None:
        end_every_session(user_id=seat.user_id)
        assert states([seat], clock.now()) == {}

    def test_not_whose_session_is_gone_or_over(self, seat: Seat) -> None:
        DeskSession.objects.update(
            last_seen_at=clock.now() - timedelta(seconds=limits.SESSION_IDLE_SECONDS + 1)
        )
        assert states([seat], clock.now()) == {}
        DeskSession.objects.update(last_seen_at=clock.now())
        Session.objects.all().delete()
        assert states([seat], clock.now()) == {}

    def test_not_who_was_switched_off(self, seat: Seat) -> None:
        User.objects.filter(pk=seat.user_id).update(is_active=False)
        assert states([seat], clock.now()) == {}

    def test_not_who_left_the_staff(self, seat: Seat) -> None:
        Membership.objects.filter(user_id=seat.user_id).delete()
        assert states([seat], clock.now()) == {}

    def test_not_who_owes_a_second_factor(self, seat: Seat) -> None:
        Publisher.objects.update(two_factor_required=True)
        assert states([seat], clock.now()) == {}

    def test_not_another_persons_sign_in_nor_another_place(self, ground: Ground, seat: Seat) -> None:
        other = ground.people("editor", "Edith Lead").user_id
        forged = [replace(seat, user_id=other), replace(seat, slug="nowhere")]
        assert states([*forged, seat], clock.now()).keys() == {seat}


def test_two_versions_are_told_apart_word_by_word(ground: Ground) -> None:
    owner, editor, post = ground.visitor("owner"), ground.visitor("editor"), ground.public
    assert saved(editor, post, "Public text, mended.", "k1")[0] == 200
    status, told = saved(owner, post, "Public words.", "k2")
    assert status == 412
    current = told["current"]
    assert isinstance(current, dict)
    [difference] = current["differences"]
    assert difference["name"] == "Text"
    pieces = difference["pieces"]
    theirs = "".join(words for kind, words in pieces if kind != "new")
    mine = "".join(words for kind, words in pieces if kind != "gone")
    assert (theirs.strip(), mine.strip()) == ("Public text, mended.", "Public words.")


def test_what_was_written_on_a_withdrawn_post_is_kept_as_a_draft(ground: Ground) -> None:
    """F10: the withdrawal wins, the text is on the server for its author, and the author is told; once."""
    owner, post = ground.visitor("owner"), ground.public
    editor = ground.people("editor", "Edith Lead")
    withdraw_post(by=editor, post_id=post.pk, reason="Wrong.", at=clock.now())
    status, told = saved(owner, post, "What I was writing.", "k1")
    again = saved(owner, post, "What I was writing.", "k1")
    assert (status, told) == again
    assert status == 409
    kept = told["kept"]
    assert isinstance(kept, dict)
    draft = Post.objects.get(pk=kept["id"])
    assert (draft.state, draft.created_by_id) == (State.DRAFT, ground.owner.user_id)
    assert "What I was writing." in str(draft.document)
    assert kept["url"] == f"/desk/live/surge/posts/{draft.pk}/"
    assert Post.objects.filter(state=State.DRAFT).count() == 1
    post.refresh_from_db()
    assert (post.state, "What I was writing." in str(post.document)) == (State.WITHDRAWN, False)
    assert not Lease.objects.exists()


def test_a_window_that_nobody_touches_keeps_no_session_alive(ground: Ground) -> None:
    owner = ground.visitor("owner")
    owner.ask("/desk/live/surge/")
    began = clock.now() - timedelta(seconds=limits.SESSION_IDLE_SECONDS - 60)
    DeskSession.objects.update(last_seen_at=began)
    for path in (ROOM, f"{ROOM}events/", "/desk/live/surge/changes/?after=0"):
        owner.ask(path)
    owner.send(f"{ROOM}here/", {"tab": "aa", "writing": []})
    assert DeskSession.objects.get().last_seen_at == began
    owner.send(f"{ROOM}chat/", {"key": "k1", "text": "I am here."})
    assert DeskSession.objects.get().last_seen_at > began

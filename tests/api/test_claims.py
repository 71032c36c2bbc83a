"""Claims over the API: what is listed, what changes one, and what is refused."""

import pytest
from tests.api.caller import BASE, POSTS, Caller, caller, open_surge
from tests.people import People

pytestmark = [pytest.mark.database, pytest.mark.django_db]

CLAIMS = f"{BASE}/liveblogs/surge/claims"


def claimed(*said: tuple[str, str]) -> dict[str, object]:
    """A document with one paragraph for each claim: its words and its name."""
    return {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [
                    {
                        "type": "text",
                        "text": text,
                        "marks": [{"type": "claim", "attrs": {"source": "a caller", "id": name}}],
                    }
                ],
            }
            for text, name in said
        ],
    }


@pytest.fixture
def editor(people: People) -> Caller:
    by = people("editor")
    open_surge(by)
    return caller(by)


def publish(who: Caller, *said: tuple[str, str]) -> str:
    reply = who.post(POSTS, {"document": claimed(*said)})
    assert reply.status == 201, reply.json
    return str(reply["id"])


def test_they_are_listed_in_parts_and_by_state(editor: Caller) -> None:
    old = publish(editor, ("Gate shut", "gate"), ("Two hurt", "hurt"))
    new = publish(editor, ("Roads dry", ""))
    first = editor.get(f"{CLAIMS}?limit=2")
    assert [(one["post_id"], one["text"]) for one in first["items"]] == [
        (new, "Roads dry"),
        (old, "Gate shut"),
    ]
    rest = editor.get(f"{CLAIMS}?limit=2&cursor={first['next_cursor']}")
    assert ([one["id"] for one in rest["items"]], rest["next_cursor"]) == (["hurt"], None)
    assert rest["items"][0] | {"since": ""} == {
        "id": "hurt",
        "post_id": old,
        "url": rest["items"][0]["url"],
        "revision": 1,
        "text": "Two hurt",
        "source": "a caller",
        "state": "unverified",
        "since": "",
    }
    assert editor.get(f"{CLAIMS}?state=false")["items"] == []
    assert editor.get(f"{CLAIMS}?state=perhaps").status == 422


def test_one_is_changed_and_only_that_one(editor: Caller) -> None:
    post = publish(editor, ("Gate shut", "gate"), ("Two hurt", "hurt"))
    answer = editor.patch(
        f"{POSTS}/{post}/claims/hurt", {"state": "false", "note": "Nobody was."}, If_Match='"1"'
    )
    assert (answer.status, answer["revision"], answer["state"]) == (200, 2, "published")
    assert answer.header("ETag") == '"2"'
    assert [(one["id"], one["state"]) for one in editor.get(CLAIMS)["items"]] == [
        ("gate", "unverified"),
        ("hurt", "false"),
    ]
    assert [note["text"] for note in editor.look(post)["corrections"]] == ["Nobody was."]


def test_two_at_once_are_not_one_over_the_other(editor: Caller) -> None:
    post = publish(editor, ("Gate shut", "gate"))
    path = f"{POSTS}/{post}/claims/gate"
    assert editor.patch(path, {"state": "confirmed"}, If_Match='"1"').status == 200
    stale = editor.patch(path, {"state": "false"}, If_Match='"1"')
    assert (stale.status, stale["current_revision"]) == (412, 2)
    assert editor.get(CLAIMS)["items"][0]["state"] == "confirmed"


@pytest.mark.parametrize(
    ("claim", "body", "status"),
    [
        ("nothing", {"state": "false"}, 404),
        ("gate", {"state": "perhaps"}, 422),
        ("gate", {"state": "confirmed", "note": "So it is."}, 422),
        ("gate", {"state": "false", "source": "another"}, 422),
        ("gate", {}, 422),
    ],
)
def test_what_cannot_be_is_refused(editor: Caller, claim: str, body: dict[str, str], status: int) -> None:
    post = publish(editor, ("Gate shut", "gate"))
    assert editor.patch(f"{POSTS}/{post}/claims/{claim}", body).status == status
    assert editor.look(post)["revision"] == 1

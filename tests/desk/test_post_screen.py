"""A post's own page: its history with differences, and what readers have been told."""

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import POSTS, doc, post_body
from tests.people import People

from stoppress.push.models import Alert

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_history_shows_what_changed_word_by_word(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    path = f"{POSTS}{on.public.pk}/"
    owner.send(
        f"{path}content/", post_body("Public words.", "amend", base_revision=1, correction="It was words.")
    )
    page = owner.page(path).content.decode()
    assert "<del>text.</del>" in page
    assert "<ins>words.</ins>" in page
    assert "It was words." in page
    assert page.index("Version 2") < page.index("Version 1")
    assert [words for words in ("Readers see it, since", "Readers saw it,") if page.count(words) == 1] == [
        "Readers see it, since",
        "Readers saw it,",
    ]


def test_a_change_of_form_is_told_as_such(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    bold = doc("Public text.")
    bold["content"] = [
        {
            "type": "paragraph",
            "content": [{"type": "text", "text": "Public text.", "marks": [{"type": "bold"}]}],
        }
    ]
    path = f"{POSTS}{on.public.pk}/"
    owner.send(f"{path}content/", post_body(intent="amend", base_revision=1, document=bold))
    assert "Only the form changed" in owner.page(path).content.decode()


def test_each_version_says_who_saw_it_and_how_long(people: People) -> None:
    on = Ground(people)
    owner, editor = on.visitor("owner"), on.visitor("editor")
    draft = owner.page(f"{POSTS}{on.draft.pk}/").content.decode()
    assert draft.count("Only the newsroom saw it") == 1
    assert "Readers saw it," not in draft
    assert "Readers see it, since" not in draft

    path = f"{POSTS}{on.public.pk}/"
    assert "Readers see it, since" in owner.page(path).content.decode()
    editor.press(f"{path}withdraw/", reason="A false alarm.")
    withdrawn = owner.page(path).content.decode()
    assert "Readers saw it," in withdrawn
    assert "Readers see it, since" not in withdrawn


def test_how_many_devices_were_told(people: People) -> None:
    on = Ground(people)
    path = f"{POSTS}{on.public.pk}/"
    assert "A notification reached" not in on.visitor("owner").page(path).content.decode()
    Alert.objects.create(
        liveblog=on.blog, post_id=on.public.pk, wants="everything", seq=2, at=on.at, due_at=on.at, delivered=3
    )
    assert "A notification reached 3 devices" in on.visitor("owner").page(path).content.decode()


def test_a_draft_has_told_readers_nothing(people: People) -> None:
    on = Ground(people)
    page = on.visitor("owner").page(f"{POSTS}{on.draft.pk}/").content.decode()
    assert "Nothing: it has not been published." in page


def test_a_withdrawn_post_keeps_its_history(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    path = f"{POSTS}{on.public.pk}/"
    editor.press(f"{path}withdraw/", reason="A false alarm.")
    page = editor.page(path).content.decode()
    assert "A false alarm." in page
    assert "Public text." in page[page.index("History") :]
    assert "Public text." not in page[: page.index("What readers have been told")]


def test_the_fragment_is_the_card_alone(people: People) -> None:
    on = Ground(people)
    owner = on.visitor("owner")
    path = f"{POSTS}{on.public.pk}/fragment/"
    html = owner.page(path).content.decode().strip()
    assert html.startswith("<article")
    assert html.endswith("</article>")
    assert owner.ask(path).json()["html"].strip().startswith("<article")

"""Templates and snippets: kept by those who lead, offered to everybody who writes, filled from true facts."""

from datetime import timedelta

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import BLOG, visitor
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.models import Snippet

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SNIPPETS = "/desk/snippets/"
NEW = f"{SNIPPETS}new/"
OWN = {"name": "Weather warning", "text": "It’s {time in city}. A warning holds for {headline}."}


def test_a_title_has_its_own_beside_the_built_in_ones(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    assert editor.form(NEW, **OWN, headline="Warning").status_code == 302
    menu = on.visitor("owner").ask(f"{BLOG}snippets/").json()
    names = [snippet["name"] for snippet in menu["snippets"]]
    assert names == ["Where things stand", "Taking over", "This live blog is closing", "Weather warning"]
    own = menu["snippets"][-1]
    assert own["headline"] == "Warning"
    text = own["document"]["content"][0]["content"][0]["text"]
    assert text == "It’s {time in city}. A warning holds for {headline}."
    page = on.visitor("owner").page(SNIPPETS).content.decode()
    assert "last changed by Edith Lead" in page
    assert "Change" not in page


def test_a_built_in_one_is_put_into_own_words_and_back(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    form = editor.page(f"{NEW}?instead_of=closing").content.decode()
    assert "and we are closing this live blog now" in form
    changed = {"name": "Closing", "text": "That is all. Good night.", "headline": "Good night"}
    assert editor.form(f"{NEW}?instead_of=closing", **changed).status_code == 302
    again = editor.form(f"{NEW}?instead_of=closing", name="Closing 2", text="Once more.")
    assert again.status_code == 422
    names = [snippet["name"] for snippet in editor.ask(f"{BLOG}snippets/").json()["snippets"]]
    assert names == ["Where things stand", "Taking over", "Closing"]
    row = Snippet.objects.get()
    assert editor.form(f"{SNIPPETS}{row.pk}/remove/").status_code == 302
    names = [snippet["name"] for snippet in editor.ask(f"{BLOG}snippets/").json()["snippets"]]
    assert names[-1] == "This live blog is closing"


def test_one_is_changed_and_pressing_twice_makes_one(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    for _ in range(2):
        assert editor.form(NEW, key="the-same-key", **OWN).status_code == 302
    row = Snippet.objects.get()
    path = f"{SNIPPETS}{row.pk}/"
    assert "A warning holds" in editor.page(path).content.decode()
    assert editor.form(path, name="Warning", text="Stay inside.", summary="on").status_code == 302
    row.refresh_from_db()
    assert (row.name, row.text, row.summary) == ("Warning", "Stay inside.", True)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "A", "text": "At {tiem} in {city}."}, "{tiem} means nothing here"),
        ({"name": "WEATHER WARNING", "text": "Words."}, "There is a snippet"),
        ({"name": "", "text": "Words."}, "This field is required"),
        ({"name": "A", "text": "   \n\n  "}, "This field is required"),
        ({"name": "A", "text": "<!-- -->" * 2000}, "at most 4000 characters"),
    ],
)
def test_what_cannot_be_kept_is_said(fields: dict[str, str], why: str, people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    editor.form(NEW, **OWN)
    answer = editor.form(NEW, **fields)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Snippet.objects.count() == 1


def test_there_is_an_end_to_them(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SNIPPETS_PER_PUBLISHER", 1)
    editor = Ground(people).visitor("editor")
    editor.form(NEW, **OWN)
    assert "remove one" in editor.form(NEW, name="B", text="Words.").content.decode()


@pytest.mark.parametrize("who", ["owner", "moderator"])
def test_others_look_and_change_nothing(who: str, people: People) -> None:
    on = Ground(people)
    on.visitor("editor").form(NEW, **OWN)
    row = Snippet.objects.get()
    somebody = on.visitor(who)
    assert somebody.page(SNIPPETS).status_code == 200
    assert somebody.page(NEW).status_code == 403
    assert somebody.form(NEW, name="B", text="Words.").status_code == 403
    assert somebody.page(f"{SNIPPETS}{row.pk}/").status_code == 403
    assert somebody.form(f"{SNIPPETS}{row.pk}/", name="B", text="Words.").status_code == 403
    assert somebody.form(f"{SNIPPETS}{row.pk}/remove/").status_code == 403
    assert list(Snippet.objects.values_list("name", flat=True)) == ["Weather warning"]


def test_whom_somebody_takes_over_from(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    on = Ground(people)
    at = clock.now() - timedelta(hours=3)
    bo, cy = people("reporter", "Bo Colleague"), people("reporter", "Cy Early")
    menu = visitor(on.owner)

    def colleague() -> str:
        return str(menu.ask(f"{BLOG}snippets/").json()["facts"]["colleague"])

    start_shift(by=on.owner, slug="surge", at=at)
    assert colleague() == ""
    start_shift(by=cy, slug="surge", at=at)
    end_shift(by=cy, slug="surge", at=at + timedelta(hours=1))
    assert colleague() == "Cy Early"
    start_shift(by=bo, slug="surge", at=at)
    assert colleague() == "Bo Colleague"
    end_shift(by=bo, slug="surge", at=at + timedelta(minutes=30))
    assert colleague() == "Cy Early"
    monkeypatch.setattr(limits, "TAKING_OVER_HOURS", 1)
    assert colleague() == ""
    facts = menu.ask(f"{BLOG}snippets/").json()["facts"]
    assert facts["me"] == "Ana Owner"
    assert (facts["headline"], facts["zone"], facts["language"]) == ("Storm surge", "Europe/Kyiv", "en")


def test_the_mark_of_a_summary_is_for_those_who_may_set_it(people: People) -> None:
    on = Ground(people)
    marks = {
        who: on.visitor(who).ask(f"{BLOG}snippets/").json()["snippets"][0]["summary"]
        for who in ("owner", "editor")
    }
    assert marks == {"owner": False, "editor": True}
    assert on.visitor("moderator").ask(f"{BLOG}snippets/").status_code == 403


def test_a_script_in_one_is_text(people: People) -> None:
    on = Ground(people)
    editor = on.visitor("editor")
    evil = "<script>alert(1)</script>"
    assert (
        editor.form(NEW, name=evil, text=f"{evil} [x](javascript:alert(1))", headline=evil).status_code == 302
    )
    page = editor.page(SNIPPETS).content.decode().split("<main")[1]
    assert evil not in page
    own = editor.ask(f"{BLOG}snippets/").json()["snippets"][-1]
    inline = own["document"]["content"][0]["content"]
    assert inline[0]["text"].startswith(evil)
    assert not any("marks" in node for node in inline)

"""The title's settings: a producer says which sites are embedded."""

import pytest
from tests.desk.ground import Ground
from tests.desk.visitor import visitor
from tests.people import People

from stoppress.lib.providers import PROVIDERS
from stoppress.newsroom.models import Publisher

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("role", ["producer", "admin"])
def test_sites_are_switched_off_and_on(role: str, people: People) -> None:
    Ground(people)
    somebody = visitor(people(role, "Pia Producer"))
    page = somebody.page("/desk/title/").content.decode()
    assert page.count('name="embed"') == page.count(" checked>") == len(PROVIDERS)
    assert somebody.client.post("/desk/title/", {"embed": ["x", "vimeo"]}).status_code == 302
    assert Publisher.objects.get().embed_providers == ["vimeo", "x"]
    assert somebody.page("/desk/title/").content.decode().count(" checked>") == 2
    assert somebody.client.post("/desk/title/", {}).status_code == 302
    assert Publisher.objects.get().embed_providers == []


def test_an_unknown_site(people: People) -> None:
    Ground(people)
    answer = visitor(people("producer", "Pia Producer")).press("/desk/title/", embed="geocities")
    assert answer.status_code == 422
    assert "geocities" in answer.json()["detail"]
    assert Publisher.objects.get().embed_providers == list(PROVIDERS)


@pytest.mark.parametrize("role", ["editor", "reporter", "moderator"])
def test_others_neither_see_nor_change_it(role: str, people: People) -> None:
    Ground(people)
    somebody = visitor(people(role, "Some Body"))
    assert somebody.page("/desk/title/").status_code == 403
    assert somebody.press("/desk/title/").status_code == 403
    assert "Settings of the title" not in somebody.page("/desk/").content.decode()
    assert Publisher.objects.get().embed_providers == list(PROVIDERS)

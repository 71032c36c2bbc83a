"""The title's looks: set by a producer, refused when they cannot be read, shown on every page. READER row 35."""

import re
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.desk.ground import Ground
from tests.desk.visitor import Visitor, visitor
from tests.people import People

from stoppress.lib import clock
from stoppress.lib.theme import HOUSE, Theme
from stoppress.liveblogs.actions.change_looks import Support, change_looks
from stoppress.liveblogs.facts import build_of
from stoppress.liveblogs.models import Page, PagePost
from stoppress.liveblogs.queries import stale_pages
from stoppress.newsroom.models import Publisher

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LOOKS = "/desk/title/looks/"
FIELDS = {
    "paper": HOUSE.paper,
    "ink": HOUSE.ink,
    "accent": "#005689",
    "paper_dark": HOUSE.paper_dark,
    "ink_dark": HOUSE.ink_dark,
    "accent_dark": HOUSE.accent_dark,
    "masthead": "#052962",
    "text": "georgia",
    "interface": "system",
}


@pytest.fixture
def producer(people: People) -> Visitor:
    Ground(people).filled()
    return visitor(people("producer", "Pia Producer"))


def _logo(width: int = 400, height: int = 100) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGBA", (width, height), (10, 60, 120, 128)).save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue(), content_type="image/png")


def test_colours_and_typefaces_stand_on_every_page_and_open_ones_fetch_afresh(producer: Visitor) -> None:
    page, title = Page.objects.get(), Publisher.objects.get()
    posts = list(PagePost.objects.values_list("html", "changed_seq"))
    answer = producer.client.post(LOOKS, FIELDS | {"has_masthead": "on"})
    assert answer.status_code == 302
    theme = Theme(accent="#005689", masthead="#052962", text="georgia")
    after = Page.objects.get()
    assert after.theme == theme.address
    assert after.build != page.build
    assert after.build == build_of(Publisher.objects.get())
    assert after.reload_seq == after.changed_seq > page.changed_seq
    assert theme.address in Publisher.objects.get().front_html
    assert list(PagePost.objects.values_list("html", "changed_seq")) == posts  # no post is made anew
    assert not stale_pages()
    assert title.theme == {}
    assert 'value="#005689"' in producer.page(LOOKS).content.decode()


def test_what_cannot_be_read_is_refused_with_what_would_do(producer: Visitor) -> None:
    answer = producer.client.post(LOOKS, FIELDS | {"accent": "#ffcc00"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "The accent #ffcc00 on #fffefb has a contrast of 1.3 to 1; words need 4.5 to 1." in said
    assert 'value="#ffcc00"' in said  # what was chosen is still there
    assert Publisher.objects.get().theme == {}
    for wrong in ({"paper": "red"}, {"text": "comic"}, {"ink": ""}):
        assert producer.client.post(LOOKS, FIELDS | wrong).status_code == 422
    assert Page.objects.get().theme == ""


def test_a_logo_stands_in_a_place_of_known_size(producer: Visitor) -> None:
    assert producer.client.post(LOOKS, FIELDS | {"logo": _logo()}).status_code == 302
    masthead = Page.objects.get().masthead_html
    found = re.search(
        r'<img class="logo" src="(/media/[^"]+webp)" width="144" height="36" alt="([^"]+)">', masthead
    )
    assert found, masthead
    assert found[2] == Publisher.objects.get().name
    answer = producer.client.post(LOOKS, FIELDS | {"logo": _logo(2_000, 100)})
    assert answer.status_code == 422
    assert "20 times as wide as it is high" in answer.content.decode()
    assert producer.client.post(LOOKS, FIELDS | {"remove_logo": "on"}).status_code == 302
    assert "<img" not in Page.objects.get().masthead_html


def test_a_logo_that_is_no_picture_is_refused(producer: Visitor) -> None:
    answer = producer.client.post(LOOKS, FIELDS | {"logo": SimpleUploadedFile("logo.png", b"not a picture")})
    assert answer.status_code == 422
    assert Publisher.objects.get().logo == {}


@pytest.mark.parametrize("role", ["editor", "reporter", "moderator"])
def test_others_neither_see_nor_change_it(role: str, people: People) -> None:
    Ground(people)
    somebody = visitor(people(role, "Some Body"))
    assert somebody.page(LOOKS).status_code == 403
    assert somebody.client.post(LOOKS, FIELDS).status_code == 403
    assert Publisher.objects.get().theme == {}


def test_row_35_a_support_box_stands_below_every_post_with_its_height_kept_free(producer: Visitor) -> None:
    assert "support" not in Page.objects.get().foot_html
    asked = {
        "support_text": "We are paid\nby readers. <3",
        "support_label": "Join",
        "support_url": "https://join.example/a",
    }
    assert producer.client.post(LOOKS, FIELDS | asked).status_code == 302
    foot = Page.objects.get().foot_html  # stands after </main> on every page: below whatever a link leads to
    assert foot.startswith('<aside class="support"')
    assert "We are paid by readers. &lt;3" in foot
    assert '<a href="https://join.example/a">Join</a>' in foot
    assert not re.search(r"<(img|script|iframe|link)", foot)
    assert all("support" not in html for html in PagePost.objects.values_list("html", flat=True))
    assert producer.client.post(LOOKS, FIELDS).status_code == 302
    assert "support" not in Page.objects.get().foot_html


@pytest.mark.parametrize(
    "wrong",
    [
        {"support_text": "Help", "support_url": "javascript:alert(1)"},
        {"support_url": "https://join.example/"},
        {"support_text": "x" * 301},
    ],
)
def test_a_support_box_that_says_nothing_or_leads_astray_is_refused(
    producer: Visitor, wrong: dict[str, str]
) -> None:
    assert producer.client.post(LOOKS, FIELDS | wrong).status_code == 422
    assert Publisher.objects.get().support_url == ""


def test_the_same_looks_twice_are_one_change(producer: Visitor) -> None:
    assert producer.by is not None
    at: datetime = clock.now()
    for _ in range(2):
        change_looks(by=producer.by, theme=HOUSE, support=Support(), at=at)
    assert Publisher.objects.get().theme == {}
    assert Page.objects.get().theme == ""

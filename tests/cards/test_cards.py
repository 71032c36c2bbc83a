"""The pictures beside a link: drawn from words that stand, new with new words, gone with what is withdrawn."""

import json
import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from PIL import Image
from tests.liveblogs import photos
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People
from tests.security.addresses import METHODS

from stoppress.cards import views
from stoppress.cards.draw import lines, png
from stoppress.cards.kept import DrawingBusy, KeptCards
from stoppress.cards.typeface import BOLD, can_set, width
from stoppress.document.parse import parse_document
from stoppress.lib import limits
from stoppress.lib.theme import HOUSE, Theme
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.content import Marks, PostContent
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.upload_media import focus_media, image_node, upload_media
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Media, Page, PagePost
from stoppress.liveblogs.pictures.metadata import words_of
from stoppress.liveblogs.pictures.store import picture_store
from stoppress.render.card import HEIGHT, Card
from stoppress.render.shapes import SHAPES, WIDTH, drawn_height

UKRAINIAN = "Два метри води в гавані: «Ситуація контрольована», — каже міська рада"


def card(**words: object) -> Card:
    told = {
        "slug": "surge",
        "post_id": "",
        "publisher": "The Courier",
        "mark": "Live",
        "is_marked": True,
        "title": "Gates shut",
        "under": "22 November 2026",
        "language": "en",
    }
    return Card(**(told | words))  # type: ignore[arg-type]  # the fields above


def drawn(one: Card, theme: Theme = HOUSE) -> Image.Image:
    image = Image.open(BytesIO(png(one, theme)))
    assert (image.format, image.size) == ("PNG", (WIDTH, one.height))
    return image.convert("RGB")


def ink_in(image: Image.Image, ink: str) -> int:
    """Pixels of exactly this colour in the room of the title."""
    room = image.crop((72, 230, 1128, 500))
    wanted = tuple(int(ink[at : at + 2], 16) for at in (1, 3, 5))
    return sum(count for count, colour in room.getcolors(1 << 20) or () if colour == wanted)


@pytest.mark.parametrize(
    "title", ["Gates shut", UKRAINIAN, "Đà Nẵng", "Ζωντανά", "W" * limits.SHARE_TITLE_CHARS]
)
def test_words_of_many_scripts_stand_on_it(title: str) -> None:
    assert ink_in(drawn(card(title=title)), HOUSE.ink) > 1_000


def test_it_wears_the_titles_colours() -> None:
    image = drawn(card(), Theme(paper="#ffffff", masthead="#052962"))
    assert image.getpixel((1190, 10)) == (5, 41, 98)
    assert image.getpixel((1190, 620)) == (255, 255, 255)


def test_what_our_typeface_cannot_set_is_left_out() -> None:
    assert not can_set("العاصفة")
    arabic = drawn(card(title="العاصفة تصل", under="العاصفة", mark="مباشر"))
    assert arabic.tobytes() == drawn(card(title="The Courier", under="", mark="")).tobytes()
    assert drawn(card(title="العاصفة", publisher="الساحل")).size == (WIDTH, HEIGHT)


def test_lines_fit_and_lose_no_letter() -> None:
    for words in ("a long headline " * 6, "Donaudampfschifffahrt" * 6, UKRAINIAN):
        set_lines = lines(words, 60, BOLD)
        assert all(width(line, 60, BOLD) <= WIDTH - 144 for line in set_lines)
        assert "".join(set_lines).replace(" ", "") == words.replace(" ", "")


@pytest.mark.parametrize("shape", ["", *SHAPES])
def test_a_card_of_any_shape_holds_a_long_headline(shape: str) -> None:
    long = card(title="W" * limits.SHARE_TITLE_CHARS, shape=shape)
    image = drawn(long)
    assert image.height == (drawn_height(shape) if shape else HEIGHT)
    foot = image.crop((0, image.height - 119, WIDTH, image.height - 112)).getcolors(1 << 20) or ()
    accent = tuple(int(HOUSE.accent[at : at + 2], 16) for at in (1, 3, 5))
    assert any(colour == accent for _, colour in foot)  # the rule above the last line, not written over


def test_few_are_kept_and_few_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CARDS_KEPT", 2)
    kept = KeptCards()
    drawings: list[str] = []

    def draw(name: str) -> bytes:
        drawings.append(name)
        return name.encode()

    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.file(name, lambda name=name: draw(name)) == name.encode()  # type: ignore[misc]  # mypy wants a def
    assert drawings == ["a", "b", "c", "b"]
    for _ in range(limits.CARDS_AT_ONCE + 1):
        kept._places.acquire()
    with pytest.raises(DrawingBusy):
        kept.file("d", lambda: draw("d"))
    assert kept.file("a", lambda: draw("a")) == b"a"


# --- at their addresses -----------------------------------------------------------------------------


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def address_in(head: str) -> str:
    found = re.search(r'property="og:image" content="[^"]*?(/cards/[^"]*)"', head)
    assert found, head
    return found[1]


@pytest.mark.database
@pytest.mark.django_db
def test_the_head_of_each_page_leads_to_its_card(desk: Desk) -> None:
    post = desk.publish("Two metres.", headline="Water rises").post_id
    heads = (Page.objects.get().head_html, PagePost.objects.get(pk=post).head_html)
    for head in heads:
        assert 'property="og:image:width" content="1200"' in head
        assert 'property="og:image:height" content="630"' in head
        assert 'name="twitter:card" content="summary_large_image"' in head
        assert 'type="application/json+oembed"' in head
        answer = Client().get(address_in(head))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer["Cache-Control"].startswith("public, max-age=")
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies
        assert Client().get(address_in(head), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert 'property="article:author" content="Editor One"' in heads[1]
    assert "Water rises. Storm surge reaches the harbour." in heads[1]


@pytest.mark.database
@pytest.mark.django_db
def test_new_words_are_a_new_card_and_the_old_address_leads_there(desk: Desk) -> None:
    before = address_in(Page.objects.get().head_html)
    change_liveblog(by=desk.by, slug="surge", change=LiveBlogChange(headline="Gates shut"), at=desk.tick())
    after = address_in(Page.objects.get().head_html)
    assert before != after
    moved = Client().get(before)
    assert (moved.status_code, moved["Location"]) == (302, after)
    assert "no-store" in moved["Cache-Control"]
    assert Client().get(after).status_code == 200


@pytest.mark.database
@pytest.mark.django_db
def test_withdrawn_and_unpublished_posts_have_none(desk: Desk, people: People) -> None:
    post = desk.publish("A secret.", headline="Secret").post_id
    address = address_in(PagePost.objects.get(pk=post).head_html)
    assert Client().get(address).status_code == 200
    withdraw_post(by=desk.by, post_id=post, reason="Wrong.", at=desk.tick())
    assert Client().get(address).status_code == 410
    row = PagePost.objects.get(pk=post)
    assert (row.head_html, row.oembed) == ("", "")
    draft = open_desk(people("editor"), desk.at + timedelta(minutes=1), slug="later", status="draft")
    page = Page.objects.filter(liveblog=draft.blog).first()
    assert page is None or Client().get(address_in(page.head_html)).status_code == 404
    for path in ("/cards/surge/x.png", f"/cards/surge/{'0' * 16}", f"/cards/nowhere/{'0' * 16}.png"):
        assert Client().get(path).status_code == 404


@pytest.mark.database
@pytest.mark.django_db
def test_everybody_may_only_read(desk: Desk) -> None:
    address = address_in(Page.objects.get().head_html)
    del desk
    for method in METHODS:
        answer = Client().generic(method, address)
        assert answer.status_code == (200 if method in ("GET", "HEAD") else 405), method


@pytest.mark.database
@pytest.mark.django_db
def test_a_busy_desk_asks_to_come_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    del desk
    monkeypatch.setattr(views, "kept", KeptCards())
    for _ in range(limits.CARDS_AT_ONCE + 1):
        views.kept._places.acquire()
    answer = Client().get(address_in(Page.objects.get().head_html))
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


# --- the live blog's picture, in shapes --------------------------------------------------------------

GREEN, BLUE = (0, 128, 0), (0, 0, 255)


def stripes() -> bytes:
    """Red, green and blue, from left to right, with words and a place in the file."""
    image = Image.new("RGB", (1800, 1200), "red")
    image.paste("green", (600, 0, 1200, 1200))
    image.paste("blue", (1200, 0, 1800, 1200))
    return photos.encoded(
        image, exif=photos.located(), xmp=photos.xmp(creator="Ada Holm", alt="Three stripes")
    )


def images_of(desk: Desk) -> list[dict[str, Any]]:
    told = json.loads(Page.objects.get(liveblog=desk.blog).json_ld)
    found: list[dict[str, Any]] = told["image"]
    return found


def path_of(image: dict[str, Any]) -> str:
    return str(urlsplit(image["url"]).path)


def shown(image: dict[str, Any]) -> Image.Image:
    answer = Client().get(path_of(image))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == (image["width"], image["height"])
    return picture


def is_near(picture: Image.Image, across: float, colour: tuple[int, int, int]) -> bool:
    """Whether it has this colour there, from 0 (left) to 1 (right)."""
    found = picture.convert("RGB").getpixel((round((picture.width - 1) * across), picture.height // 2))
    assert isinstance(found, tuple)
    return all(abs(got - wanted) < 20 for got, wanted in zip(found, colour, strict=True))


def publish_picture(desk: Desk, media: Media) -> str:
    document = parse_document({"type": "doc", "content": [image_node(media)]})
    shown_in = PostContent(document=document)
    made = publish_new_post(by=desk.by, slug="surge", content=shown_in, marks=Marks(), at=desk.tick())
    return made.post_id


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.long
def test_its_picture_is_cut_to_three_shapes_around_what_matters_and_gone_when_withdrawn(desk: Desk) -> None:
    drawn_ones = images_of(desk)
    assert [path_of(image).rpartition("-")[2] for image in drawn_ones] == ["1x1.png", "4x3.png", "16x9.png"]
    media = upload_media(by=desk.by, filename="a.jpg", data=stripes(), at=desk.tick())
    right = focus_media(by=desk.by, media_id=media.pk, x=95, y=50)
    post = publish_picture(desk, right)
    images = images_of(desk)
    assert [(one["width"], one["height"]) for one in images] == [(1200, 1200), (1200, 900), (1200, 675)]
    square = shown(images[0])
    assert is_near(square, 0.1, GREEN)
    assert is_near(square, 0.9, BLUE)  # its right two thirds, since that is where it matters
    for image in images:
        picture = shown(image)
        assert dict(picture.getexif()) == {}
        assert words_of(picture.info["xmp"], {}).credit == "Ada Holm"
        assert b"SecretCamera" not in Client().get(path_of(image)).content
    withdraw_post(by=desk.by, post_id=post, reason="Wrong.", at=desk.tick())
    assert [Client().get(path_of(image)).status_code for image in images] == [410] * 3
    assert images_of(desk) == drawn_ones
    for image in drawn_ones:
        answer = Client().get(path_of(image))
        assert Image.open(BytesIO(answer.content)).size == (image["width"], image["height"])


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.long
def test_a_picture_from_before_there_was_a_file_to_cut_of(desk: Desk) -> None:
    media = upload_media(by=desk.by, filename="a.jpg", data=stripes(), at=desk.tick())
    Media.objects.update(wide_width=None, wide_height=None)
    post = publish_picture(desk, media)
    images = images_of(desk)
    assert [(one["width"], one["height"]) for one in images] == [(1067, 1067), (1200, 900), (1200, 675)]
    assert all(is_near(shown(image), 0.5, GREEN) for image in images)
    other = f"/cards/surge/{'0' * 16}-1x1.jpg"
    assert Client().get(other)["Location"] == path_of(images[0])
    picture_store().remove(media.pk)
    views.kept._files.clear()
    assert Client().get(path_of(images[0])).status_code == 404
    amend_post(by=desk.by, post_id=post, content=content("No picture."), base_revision=None, at=desk.tick())
    assert Client().get(path_of(images[0])).status_code == 410
    assert Client().get("/cards/surge/0-2x1.jpg").status_code == 404

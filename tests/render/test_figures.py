"""Pictures and galleries as html: the best format first, boxes that are known, crops around what matters."""

import re

import pytest
from tests.document.strategies import Json

from stoppress.document.html import from_html
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.lib import limits
from stoppress.render.figures import row_shares
from stoppress.render.html import document_html
from stoppress.render.pictures import media_ids, pictures


def picture(media: str = "m", **more: Json) -> Json:
    sizes = [
        {"src": f"/media/{media}/{width}.{suffix}", "width": width, "height": width * 2 // 3}
        for suffix in ("avif", "webp", "jpg")
        for width in (480, 960)
    ]
    attrs = {"src": f"/media/{media}/960.jpg", "width": 960, "height": 640, "renditions": sizes, **more}
    return {"type": "image", "attrs": attrs}


def gallery(*images: Json) -> Json:
    return {"type": "gallery", "content": list(images)}


def html_of(*blocks: Json) -> str:
    return document_html(parse_document({"type": "doc", "content": list(blocks)}))


def test_a_browser_chooses_among_formats_and_sizes() -> None:
    sizes = 'sizes="(min-width: 46em) 42em, 100vw"'
    assert html_of(picture(alt="A gate", caption="Shut.", credit="Ada Holm", origin="ai_part")) == (
        '<figure class="picture"><picture>'
        f'<source type="image/avif" srcset="/media/m/480.avif 480w, /media/m/960.avif 960w" {sizes}>'
        f'<source type="image/webp" srcset="/media/m/480.webp 480w, /media/m/960.webp 960w" {sizes}>'
        f'<img src="/media/m/960.jpg" srcset="/media/m/480.jpg 480w, /media/m/960.jpg 960w" {sizes}'
        ' width="960" height="640" alt="A gate" loading="lazy" decoding="async"></picture>'
        '<figcaption>Shut. <span class="credit">Ada Holm</span> '
        '<span class="origin">Changed with AI</span></figcaption></figure>'
    )


def test_one_format_alone_needs_no_choice() -> None:
    sizes = [{"src": "/media/m/480.webp", "width": 480, "height": 320}]
    html = html_of(picture(src="/media/m/960.webp", renditions=sizes))
    assert "<picture>" not in html
    assert 'srcset="/media/m/480.webp 480w"' in html


def test_a_gallery_is_named_counted_and_cropped() -> None:
    html = html_of(gallery(picture("m", alt="A gate", focus_x=14, focus_y=96), picture("n"), picture("o")))
    assert html.startswith(
        '<div class="gallery" role="group" aria-label="Gallery of 3 pictures"><figure class="picture">'
    )
    assert '<a href="/media/m/960.jpg" aria-label="Picture 1 of 3, whole: A gate"><picture>' in html
    assert 'class="focus-x1 focus-y10"' in html
    assert re.findall(r'<figure class="([^"]+)"', html) == ["picture", "picture half", "picture half"]
    assert html.count('width="960" height="640"') == 3
    assert "captioned" in html_of(gallery(picture(caption="Shut."), picture("n")))


@pytest.mark.parametrize("count", range(limits.GALLERY_PICTURES_MIN, limits.GALLERY_PICTURES + 1))
def test_no_row_of_a_gallery_has_a_hole(count: int) -> None:
    shares = row_shares(count)
    assert len(shares) == count
    column = 0
    for share in shares:
        column += {"": 6, "half": 3, "third": 2}[share]
        assert column <= 6
        column %= 6
    assert column == 0


@pytest.mark.parametrize(
    ("images", "fault"),
    [
        ([picture()], "2 to 12 pictures and this one 1"),
        ([picture()] * 13, "and this one 13"),
        ([], "and this one 0"),
        (
            [picture(), {"type": "image", "attrs": {"src": "https://far.example/a.jpg"}}],
            "uploaded pictures only",
        ),
        ([picture(focus_x=101), picture()], "focus_x: must be a whole number from 0 to 100"),
        ([picture(origin="magic"), picture()], "origin: must be one of ai"),
    ],
)
def test_what_is_no_gallery_is_refused_in_words(images: list[Json], fault: str) -> None:
    with pytest.raises(InvalidDocument, match=fault):
        parse_document({"type": "doc", "content": [gallery(*images)]})


def test_every_picture_of_a_gallery_is_told_to_other_systems() -> None:
    names = ("0" * 20, "1" * 20)
    document = parse_document(
        {"type": "doc", "content": [gallery(*(picture(name, origin="ai") for name in names))]}
    )
    assert [found.src for found in pictures(document)] == [f"/media/{name}/960.jpg" for name in names]
    assert media_ids(document) == set(names)


def test_a_gallery_comes_back_from_html_and_one_of_others_pictures_comes_apart() -> None:
    ours = gallery(picture("m", caption="One"), picture("n", alt="Two"))
    read, notes = from_html(html_of(ours))
    assert notes == ()
    (block,) = read.root["content"]
    assert (block["type"], [one["attrs"]["src"] for one in block["content"]]) == (
        "gallery",
        ["/media/m/960.jpg", "/media/n/960.jpg"],
    )
    theirs = (
        '<div class="gallery"><img src="https://a.example/1.jpg"><img src="https://a.example/2.jpg"></div>'
    )
    assert [one["type"] for one in from_html(theirs)[0].root["content"]] == ["image", "image"]
    many = "".join(f'<img src="/media/m{place}/1.jpg">' for place in range(13))
    assert [one["type"] for one in from_html(f'<div class="gallery">{many}</div>')[0].root["content"]] == [
        "gallery",
        "image",
    ]

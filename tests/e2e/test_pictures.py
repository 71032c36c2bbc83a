"""Pictures from a reporter's disk to a reader's screen: several at once, through a cut, cropped where it matters."""

import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import PHONE, WAIT_MS, NewWindow
from tests.e2e.reporter import COMPOSER, Reporter
from tests.e2e.server import EMAIL, Server
from tests.liveblogs import photos

pytestmark = pytest.mark.browser

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
# A drop event with files of its own: their bytes come as text of one character per byte.
DROP = """([selector, files]) => {
    const data = new DataTransfer();
    for (const [name, type, bytes] of files) {
        data.items.add(new File([Uint8Array.from(bytes, (one) => one.charCodeAt(0))], name, {type}));
    }
    const target = document.querySelector(selector);
    const box = target.getBoundingClientRect();
    const place = {clientX: box.left + 20, clientY: box.top + 20};
    target.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true, ...place}));
}"""
# What each picture of a page is, once it is loaded: its file's format and its box before and after.
LOADED = """async () => {
    const images = [...document.querySelectorAll(".gallery img")];
    const boxes = () => images.map((one) => [one.clientWidth, one.clientHeight]);
    const before = boxes();
    for (const one of images) one.loading = "eager";
    await Promise.all(images.map((one) => one.decode()));
    return {before, after: boxes(), files: images.map((one) => one.currentSrc.split(".").at(-1)),
        focus: images.map((one) => getComputedStyle(one).objectPosition)};
}"""


@pytest.fixture
def nora(server: Server, token: str, slug: str, new_window: NewWindow) -> Reporter:  # noqa: ARG001 (makes the editor)
    return Reporter(new_window(), server, slug).open(EMAIL)


def photo(**words: str) -> bytes:
    """A noisy photo of some hundred kilobytes."""
    noise = Image.effect_noise((1200, 800), 60).convert("RGB")
    return photos.encoded(noise, xmp=photos.xmp(**words), quality=90)


def drop(nora: Reporter, files: dict[str, bytes]) -> None:
    told = [[name, "image/jpeg", data.decode("latin-1")] for name, data in files.items()]
    nora.page.evaluate(DROP, [f"{COMPOSER} .ProseMirror", told])


def cut_once(page: Page, when: Callable[[Route], bool]) -> list[str]:
    """The first request that `when` picks is answered, and the answer is lost on the way."""
    cut: list[str] = []

    def route(one: Route) -> None:
        if not cut and when(one):
            cut.append(one.request.url)
            one.fetch()
            one.abort()
        else:
            one.continue_()

    page.route("**/desk/uploads/**", route)
    return cut


def check_words(nora: Reporter, gallery: Locator) -> None:
    """What the files say is asked about; what they do not say is missed."""
    first, second, third = (gallery.locator(".picture-block").nth(place) for place in range(3))
    expect(first.get_by_label("Caption")).to_have_value("The gate at four")
    expect(first.get_by_label("Credit")).to_have_value("Ada Holm/Verrin Press")
    expect(third.get_by_label("How it was made")).to_have_value("ai")
    nora.page.keyboard.press("Control+Enter")
    expect(nora.said).to_contain_text("came with its file")
    first.get_by_role("button", name="They are right").click()
    third.get_by_role("button", name="They are right").click()
    nora.page.get_by_role("button", name="Publish", exact=True).click()
    expect(nora.said).to_contain_text("alt text")
    second.get_by_label("Alt text").fill("A quay under water")
    third.get_by_label("Alt text").fill("A drawing of the gate")


def choose_focus(block: Locator) -> None:
    """By a press, then by the keys."""
    toggle = block.get_by_role("button", name="Focal point", exact=True)
    toggle.click()
    image = block.locator("img")
    box = image.bounding_box()
    assert box
    image.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.9})
    point = block.locator(".focal-point")
    said = re.compile(r"Focal point: (19|20|21) % from the left, (89|90|91) % from the top\.")
    expect(point).to_have_attribute("aria-label", said)
    point.press("ArrowLeft")
    point.press("ArrowLeft")
    expect(block.locator(".focal")).to_contain_text(re.compile(r"\b(9|10|11) % from the left"))
    toggle.click()


def test_several_pictures_become_a_gallery_that_readers_see(
    nora: Reporter, page: Page, new_window: NewWindow
) -> None:
    nora.publish("The gate is shut.")
    cut = cut_once(nora.page, lambda one: one.request.method == "PATCH")
    nora.write("The harbour, an hour ago.")
    words = {"caption": "The gate at four", "creator": "Ada Holm", "credit": "Verrin Press"}
    drop(
        nora, {"gate.jpg": photo(alt="A gate", **words), "quay.jpg": photo(), "drawing.jpg": photo(source=AI)}
    )
    gallery = nora.page.locator(f"{COMPOSER} .gallery-block")
    expect(gallery.locator("img")).to_have_count(3, timeout=3 * WAIT_MS)
    expect(nora.page.locator(f"{COMPOSER} .uploading")).to_have_count(0)
    assert cut, "no part was cut"
    expect(gallery).to_contain_text("Gallery of 3 pictures")
    check_words(nora, gallery)
    choose_focus(gallery.locator(".picture-block").nth(1))
    gallery.locator(".picture-block").nth(2).get_by_role("button", name="Earlier").click()
    moved = gallery.locator(".picture-block").nth(1).get_by_label("Alt text")
    expect(moved).to_have_value("A drawing of the gate")
    assert axe_faults(nora.page) == []
    nora.page.get_by_role("button", name="Publish", exact=True).click()
    expect(nora.said).to_contain_text("Published")

    page.goto(f"{nora.server.url}/live/{nora.slug}")
    shown = page.locator("#posts .gallery figure")
    expect(shown).to_have_count(3)
    expect(shown.nth(0)).to_contain_text("The gate at four Ada Holm/Verrin Press")
    expect(shown.nth(1)).to_contain_text("Made with AI")
    loaded = page.evaluate(LOADED)
    assert loaded["files"] == ["avif", "avif", "avif"]
    assert loaded["before"] == loaded["after"]
    assert all(abs(width / height - 1.5) < 0.02 for width, height in loaded["after"])
    assert loaded["focus"] == ["50% 50%", "50% 50%", "10% 90%"]
    assert axe_faults(page) == []
    without = new_window(java_script_enabled=False, viewport=PHONE)
    without.goto(f"{nora.server.url}/live/{nora.slug}")
    whole = without.get_by_role("link", name="Picture 3 of 3, whole: A quay under water")
    expect(whole).to_have_attribute("href", re.compile(r"/media/[0-9a-z]{20}/960\.jpg"))

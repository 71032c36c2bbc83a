"""What a device is given once: the worker, the manifest, the page without a network."""

from pathlib import Path

from tests.edge.client import get
from tests.edge.readmodel import ReadModel

from stoppress.edge.app import Edge
from stoppress.lib.theme import HOUSE

ICONS = Path(__file__).parents[2] / "web/icons"


def test_the_worker_may_ask_this_site_only_and_is_asked_for_anew(edge: Edge) -> None:
    answer = get(edge, "/worker.js")
    assert (answer.status, answer.text) == (200, "// the last seen copy")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"].startswith("public, max-age=0")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_row_31_the_manifest_names_the_publisher_and_icons_that_are_there(
    edge: Edge, model: ReadModel
) -> None:
    model.run("UPDATE publisher SET name = 'صحيفة المرفأ', language = 'ar'")
    answer = get(edge, "/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["dir"], manifest["start_url"]) == ("صحيفة المرفأ", "rtl", "/")
    assert (manifest["theme_color"], manifest["background_color"]) == (HOUSE.paper, HOUSE.paper)
    icons = manifest["icons"]
    assert isinstance(icons, list)
    assert {icon["sizes"] for icon in icons} == {"192x192", "512x512"}
    assert [icon["purpose"] for icon in icons].count("maskable") == 1
    for icon in icons:
        assert (ICONS / icon["src"].removeprefix("/static/")).is_file()


def test_row_31_the_manifest_has_the_titles_colours(edge: Edge, model: ReadModel) -> None:
    model.run("""UPDATE publisher SET theme = '{"paper": "#f0f0e8", "masthead": "#052962"}'""")
    manifest = get(edge, "/manifest.webmanifest").json()
    assert (manifest["theme_color"], manifest["background_color"]) == ("#052962", "#f0f0e8")


def test_row_31_a_device_without_a_network_has_a_page_of_its_own(edge: Edge, model: ReadModel) -> None:
    answer = get(edge, "/offline")
    assert answer.status == 200
    assert "No connection" in answer.text
    assert '<a href="">Try again</a>' in answer.text  # the page that was wanted: its address stands
    assert '<a href="/">See all live blogs</a>' in answer.text
    assert 'name="robots" content="noindex"' in answer.text
    model.run("UPDATE publisher SET name = 'A & B'")
    assert "A &amp; B" in get(edge, "/offline").text

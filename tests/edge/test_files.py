"""Pictures and built files: right types, long lives, and no way out of their folders."""

import asyncio
from pathlib import Path

import pytest
from tests.edge.client import get

from stoppress.edge.app import Edge
from stoppress.edge.headers import Protection
from stoppress.edge.static import StaticFiles

PICTURE = "0123456789abcdefghjk"


@pytest.fixture
def picture(media_root: Path) -> str:
    """The address of a stored picture."""
    folder = media_root / PICTURE
    folder.mkdir()
    (folder / "480.webp").write_bytes(b"RIFF----WEBP")
    (folder / "original.jpg").write_bytes(b"private")
    (media_root / "secret.webp").write_bytes(b"private")
    (media_root.parent / "480.webp").write_bytes(b"private")
    return f"/media/{PICTURE}/480.webp"


def test_a_picture_has_one_type_and_may_run_nothing(edge: Edge, picture: str) -> None:
    answer = get(edge, picture)
    assert (answer.status, answer.body) == (200, b"RIFF----WEBP")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].endswith("sandbox")
    assert answer.headers["cache-control"] == "public, max-age=3600, s-maxage=4"
    assert get(edge, picture, if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.parametrize(
    "path",
    [
        f"/media/{PICTURE}/960.webp",
        f"/media/{PICTURE}/original.jpg",
        f"/media/{PICTURE}/",
        f"/media/{PICTURE}",
        "/media/secret.webp",
        "/media/../480.webp",
        f"/media/{PICTURE}/../secret.webp",
        f"/media/{PICTURE}/..%2Fsecret.webp",
        f"/media/{PICTURE.upper()}/480.webp",
        "/media/..................../480.webp",
        f"/media/{PICTURE}/480.webp\0",
        f"/media/{PICTURE}/٤٨٠.webp",
    ],
)
def test_nothing_else_is_served(edge: Edge, picture: str, path: str) -> None:
    assert get(edge, picture).status == 200
    assert get(edge, path).status == 404


def test_each_format_has_its_type(edge: Edge, picture: str, media_root: Path) -> None:
    for suffix, kind in (("avif", "image/avif"), ("jpg", "image/jpeg")):
        (media_root / PICTURE / f"480.{suffix}").write_bytes(b"bytes")
        answer = get(edge, picture.replace("webp", suffix))
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["content-security-policy"].endswith("sandbox")
    for suffix in ("svg", "html", "jpeg", "gif"):
        (media_root / PICTURE / f"480.{suffix}").write_bytes(b"<script>alert(1)</script>")
        assert get(edge, picture.replace("webp", suffix)).status == 404


def test_a_built_file_is_kept_for_good(edge: Edge) -> None:
    answer = get(edge, "/static/reader.ABCD2345.css", accept_encoding="br")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "br"


def test_a_font_is_not_compressed_again(edge: Edge) -> None:
    answer = get(edge, "/static/serif.WXYZ2345.woff2", accept_encoding="br")
    assert answer.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in answer.headers


def test_a_name_without_a_hash_is_not_kept_for_good(edge: Edge) -> None:
    assert "immutable" not in get(edge, "/static/manifest.json").headers["cache-control"]


@pytest.mark.parametrize(
    "name", ["nothing.js", "../stoppress.sqlite3", "", ".", "..", "reader.ABCD2345.css/"]
)
def test_only_built_files_are_served(edge: Edge, name: str) -> None:
    assert get(edge, f"/static/{name}").status == 404


def test_a_rebuilt_file_is_found_while_the_server_runs(edge: Edge, static_root: Path) -> None:
    assert get(edge, "/static/other.NEWER234.css").status == 404
    (static_root / "other.NEWER234.css").write_text("p { margin: 1px }")
    assert get(edge, "/static/other.NEWER234.css").text == "p { margin: 1px }"


def test_a_page_of_another_version_gets_the_file_that_is_here_and_nobody_keeps_it(
    edge: Edge, static_root: Path
) -> None:
    here = get(edge, "/static/reader.ABCD2345.css")
    other = get(edge, "/static/reader.OTHER234.css")
    assert (other.status, other.body) == (200, here.body)
    assert other.headers["cache-control"] == "no-store"
    assert get(edge, "/static/nothing.OTHER234.js").status == 404
    (static_root / "reader.THIRD234.css").write_text("p { margin: 2px }")
    assert get(edge, "/static/reader.OTHER234.css").status == 404, "which of the two nobody can tell"


def test_without_a_folder_there_are_no_files(tmp_path: Path) -> None:
    files = StaticFiles(tmp_path / "nowhere", Protection(secure=False))
    assert asyncio.run(files.file("reader.css")) is None


def test_over_http_nothing_is_said_about_https() -> None:
    names = {name for name, _ in Protection(secure=False).page}
    assert b"strict-transport-security" not in names

"""What was put right: a post's history, annotations, the correction log, claims; and pictures that were taken down."""

import re
import sqlite3
from pathlib import Path

import pytest
from tests.edge.client import get
from tests.edge.readmodel import Blog, ReadModel, post_id

from stoppress.edge.app import Edge
from stoppress.edge.store import StoreUnavailable

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
PICTURE = "0123456789abcdefghjk"


@pytest.fixture
def blog(model: ReadModel) -> Blog:
    blog = model.blog()
    model.post(blog, "Two metres.")
    model.post(blog, "Boats stay in.")
    return blog


@pytest.fixture
def picture(media_root: Path) -> str:
    folder = media_root / PICTURE
    folder.mkdir()
    (folder / "480.webp").write_bytes(b"RIFF----WEBP")
    return f"/media/{PICTURE}/480.webp"


def test_a_history_holds_what_was_changed(edge: Edge, model: ReadModel, blog: Blog) -> None:
    model.amend(blog, post_id(1), "Three metres.")
    page = get(edge, f"/live/storm/posts/{post_id(1)}/history")
    assert (page.status, page.headers["stoppress-seq"]) == (200, str(model.newest(blog)))
    assert "<p>Three metres.</p>" in page.text
    assert "<title>History: Three metres.</title>" in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    address = f"https://gazette.example/live/storm/posts/{post_id(1)}/history"
    assert f'<link rel="canonical" href="{address}">' in page.text
    assert f'<a href="/live/storm/posts/{post_id(1)}">' in page.text
    again = get(edge, f"/live/storm/posts/{post_id(1)}/history", if_none_match=page.headers["etag"])
    assert again.status == 304


def test_a_post_that_never_changed_says_so(edge: Edge, blog: Blog) -> None:
    del blog
    page = get(edge, f"/live/storm/posts/{post_id(1)}/history")
    assert page.status == 200
    assert "has not been changed since it was published" in page.text


def test_a_history_is_new_the_moment_the_post_is(edge: Edge, model: ReadModel, blog: Blog) -> None:
    path = f"/live/storm/posts/{post_id(1)}/history"
    for text in ("Three metres.", "Four metres."):
        get(edge, path)
        model.amend(blog, post_id(1), text)
        assert text in get(edge, path).text


def test_a_withdrawn_post_has_no_past(edge: Edge, model: ReadModel, blog: Blog) -> None:
    model.correct(blog, post_id(1), "Three metres.")
    paths = [f"/live/storm/posts/{post_id(1)}/{name}" for name in ("history", "annotations.json")]
    paths.append("/live/storm/corrections")
    assert all("Three metres." in get(edge, path).text for path in paths)
    model.withdraw(blog, post_id(1))
    answers = [get(edge, path) for path in paths]
    assert [answer.status for answer in answers] == [410, 410, 200]
    assert not any("metres" in answer.text for answer in answers)
    assert f'id="post-{post_id(1)}"' in answers[0].text
    assert answers[1].headers["content-type"] == "application/problem+json"
    assert answers[1].json()["next_url"] == f"/live/storm/posts/{post_id(1)}"
    assert "<li>Withdrawn.</li>" in answers[2].text


@pytest.mark.parametrize(
    "path",
    [
        f"/live/storm/posts/{post_id(9)}/history",
        "/live/storm/posts/x/history",
        f"/live/nowhere/posts/{post_id(1)}/history",
        f"/live/hidden/posts/{post_id(3)}/history",
        f"/live/storm/posts/{post_id(9)}/annotations.json",
        f"/live/storm/posts/{post_id(3)}/annotations.json",
        "/live/nowhere/corrections",
        "/live/hidden/corrections",
        "/live/nowhere/claims",
        "/live/hidden/claims",
        "/live/storm/claims/",
        f"/live/storm/posts/{post_id(1)}/history/",
    ],
)
def test_what_is_not_there_is_not_found(edge: Edge, model: ReadModel, blog: Blog, path: str) -> None:
    del blog
    model.post(model.blog("hidden", "draft"), "Secret.")
    assert get(edge, path, accept=HTML).status == 404


def test_annotations_are_one_page_of_a_collection(edge: Edge, model: ReadModel, blog: Blog) -> None:
    path = f"/live/storm/posts/{post_id(1)}/annotations.json"
    before = get(edge, path)
    assert before.json()["items"] == []
    model.amend(blog, post_id(1), "Three metres.")
    after = get(edge, path)
    assert after.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    assert after.headers["access-control-allow-origin"] == "*"
    told = after.json()
    assert (told["id"], told["type"]) == (f"https://gazette.example{path}", "AnnotationPage")
    assert told["items"] == [{"type": "Annotation", "body": "Three metres."}]


def test_the_log_has_the_newest_first_and_says_when_it_is_empty(
    edge: Edge, model: ReadModel, blog: Blog
) -> None:
    assert "Nothing has been corrected" in get(edge, "/live/storm/corrections").text
    for number, text in ((1, "First."), (2, "Second."), (1, "Third.")):
        model.correct(blog, post_id(number), text)
    page = get(edge, "/live/storm/corrections")
    assert [page.text.index(f"<li>{text}") for text in ("Third.", "Second.", "First.")] == sorted(
        page.text.index(f"<li>{text}") for text in ("Third.", "Second.", "First.")
    )
    assert "noindex" not in page.text
    assert '<link rel="canonical" href="https://gazette.example/live/storm/corrections">' in page.text


def test_claims_stand_in_groups_by_their_state(edge: Edge, model: ReadModel, blog: Blog) -> None:
    assert "marked as somebody’s claim" in get(edge, "/live/storm/claims").text
    model.claim(blog, post_id(1), "Two hurt.", "confirmed")
    model.claim(blog, post_id(2), "Gate shut.", "unverified")
    page = get(edge, "/live/storm/claims")
    heads = re.findall(r"<h3[^>]*>([^<]+)</h3>.*?<li>([^<]+)</li>", page.text)
    assert heads == [("Unverified", "Gate shut."), ("Confirmed", "Two hurt.")]
    assert page.headers["cache-control"] == get(edge, "/live/storm/corrections").headers["cache-control"]
    assert '<meta name="robots" content="noindex">' in page.text
    assert '<link rel="canonical" href="https://gazette.example/live/storm/claims">' in page.text
    assert get(edge, "/live/storm/claims", if_none_match=page.headers["etag"]).status == 304


def test_a_claim_moves_the_moment_it_is_settled(edge: Edge, model: ReadModel, blog: Blog) -> None:
    model.claim(blog, post_id(1), "Two hurt.", "unverified")
    before = get(edge, "/live/storm/claims")
    model.claim(blog, post_id(1), "Two hurt.", "false")
    after = get(edge, "/live/storm/claims", if_none_match=before.headers["etag"])
    assert after.status == 200
    assert "claims-false" in after.text
    assert "claims-unverified" not in after.text
    model.withdraw(blog, post_id(1))
    assert "Two hurt." not in get(edge, "/live/storm/claims").text


def test_the_script_leaves_these_pages_alone(edge: Edge, blog: Blog) -> None:
    del blog
    for path in (f"/live/storm/posts/{post_id(1)}/history", "/live/storm/corrections", "/live/storm/claims"):
        assert 'id="live"' not in get(edge, path).text


# --- pictures -------------------------------------------------------------------------------------------


def test_a_picture_goes_with_the_last_post_that_shows_it(
    edge: Edge, model: ReadModel, blog: Blog, picture: str
) -> None:
    assert get(edge, picture).status == 200  # in no post yet: the desk is writing
    model.show(blog, post_id(1), PICTURE)
    model.show(blog, post_id(2), PICTURE)
    model.withdraw(blog, post_id(1))
    served = get(edge, picture)
    assert served.status == 200
    model.withdraw(blog, post_id(2))
    for known in ({}, {"if_none_match": served.headers["etag"]}):
        gone = get(edge, picture, **known)
        assert (gone.status, gone.headers["cache-control"]) == (410, "no-store")
        assert b"RIFF" not in gone.body
    third = model.post(blog, "The picture is right after all.")
    model.show(blog, third, PICTURE)
    assert get(edge, picture).status == 200


def test_a_live_blog_in_draft_keeps_no_picture(
    edge: Edge, model: ReadModel, blog: Blog, picture: str
) -> None:
    hidden = model.blog("hidden", "draft")
    model.show(hidden, model.post(hidden), PICTURE)
    assert get(edge, picture).status == 200
    model.show(blog, post_id(1), PICTURE)
    model.withdraw(blog, post_id(1))
    assert get(edge, picture).status == 410


def test_a_picture_is_not_kept_for_long_on_the_way(edge: Edge, picture: str) -> None:
    assert get(edge, picture).headers["cache-control"] == "public, max-age=3600, s-maxage=4"


def test_while_the_database_is_away_its_last_word_holds(  # noqa: PLR0917 (fixtures, by name)
    edge: Edge, model: ReadModel, blog: Blog, picture: str, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = picture.replace(PICTURE, PICTURE[::-1])
    folder = media_root / PICTURE[::-1]
    folder.mkdir()
    (folder / "480.webp").write_bytes(b"RIFF----WEBP")
    model.show(blog, post_id(1), PICTURE)
    model.withdraw(blog, post_id(1))
    assert get(edge, picture).status == 410

    def away() -> int:
        raise StoreUnavailable("away") from sqlite3.OperationalError()

    monkeypatch.setattr(edge._store, "generation", away)
    assert get(edge, picture).status == 410
    assert get(edge, other).status == 503

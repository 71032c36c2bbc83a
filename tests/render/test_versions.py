"""A post as it read before it was changed: its old words, marked; nothing of the new ones, no picture that is gone."""

from dataclasses import replace

from tests.liveblogs.newsdesk import paragraphs
from tests.render.test_history import AT, LATER, POST_ID, post_of

from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.render.facts import CorrectionFacts, HistoryFacts, RevisionFacts
from stoppress.render.versions import Earlier, earlier_versions


def version(number: int, document: Document, headline: str = "") -> RevisionFacts:
    return RevisionFacts(number, headline, "", ("Nora Quist",), document, AT + (number - 1) * LATER)


def earlier(history: HistoryFacts, *notes: CorrectionFacts) -> list[Earlier]:
    return list(earlier_versions(post_of(history, *notes), history, "surge", "Europe/Kyiv", "en"))


def picture(name: str) -> dict[str, object]:
    attrs = {"src": f"/media/{name}/480.webp", "alt": "Water", "width": 480, "height": 320}
    return {"type": "image", "attrs": attrs}


def pictured(*names: str, text: str = "Water.") -> Document:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    shown = [picture(name) for name in names]
    blocks = [{"type": "gallery", "content": shown}] if len(shown) > 1 else shown
    return parse_document({"type": "doc", "content": [paragraph, *blocks]})


THREE = HistoryFacts(
    (
        version(1, paragraphs("Two metres."), "Water"),
        version(2, paragraphs("Two meters."), "Water"),
        version(3, paragraphs("Three metres."), "More water"),
    )
)
NOTE = CorrectionFacts("It is three.", AT + 2 * LATER, 3)


def test_each_version_but_the_newest_is_there_until_the_next() -> None:
    found = earlier(THREE)
    assert [one.facts.revision for one in found] == [1, 2]
    assert [one.until for one in found] == [AT + LATER, AT + 2 * LATER]
    assert "Two metres." in found[0].html
    assert "Two meters." in found[1].html
    assert not any("Three" in one.html or "More" in one.html for one in found)
    assert not earlier(HistoryFacts(THREE.versions[:1]))


def test_old_words_say_that_they_were_put_right_before_they_are_read() -> None:
    silent, spoken = earlier(THREE), earlier(THREE, NOTE)
    assert all("Changed later" in one.html and "Corrected later" not in one.html for one in silent)
    for one in spoken:  # the version before the last but one had the mistake as well
        mark, _, words = one.html.partition("Two met")
        assert words
        link = f'<a href="/live/surge/posts/{POST_ID}/history">Corrected later</a>'
        assert f'<p class="later corrected"><strong>{link}</strong>' in mark
        assert "20:25" in mark  # when it was put right, in Kyiv
        assert "It is three." not in one.html


def test_a_correction_stands_from_when_it_was_made() -> None:
    early = replace(NOTE, at=AT + LATER, revision=2)
    first, second = earlier(THREE, early)
    assert "It is three." not in first.html
    assert "It is three." in second.html
    assert "Changed later" in second.html


def test_versions_that_are_left_out_are_counted() -> None:
    first, second = earlier(replace(THREE, left_out=7))
    assert "7 versions after this one are not shown." in first.html
    assert "not shown" not in second.html


def test_a_picture_that_was_taken_out_does_not_come_back() -> None:
    one, two, three = ("0" * 19 + name for name in "123")
    versions = (version(1, pictured(one, two, three)), version(2, pictured(two)), version(3, pictured(two)))
    first, second = earlier(HistoryFacts(versions))
    assert two in first.html
    assert one not in first.html
    assert three not in first.html
    assert "A picture that stood here was taken out." in first.html
    assert two in second.html
    assert "taken out" not in second.html


def test_nothing_but_a_picture_that_is_gone() -> None:
    bare = parse_document({"type": "doc", "content": [picture("0" * 20)]})
    (first,) = earlier(HistoryFacts((version(1, bare, "Look"), version(2, paragraphs("Sorry."), "Look"))))
    assert "/media/" not in first.html
    assert "Look" in first.html

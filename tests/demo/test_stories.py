"""The stories that ship: what a demonstration has to show is there, and every text is a document."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from stoppress.demo import prose
from stoppress.demo.cast import CAST
from stoppress.demo.prose import PictureWords
from stoppress.demo.script import Deed, Script, Verb, minute_of, parse_script
from stoppress.demo.seed import CLOSED, LIVE, STORIES, story
from stoppress.demo.stage import PICTURES
from stoppress.document.nodes import JsonNode, children
from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.newsroom.roles import LEADING

BOTH = pytest.mark.parametrize("name", [LIVE, CLOSED])
BYTES_OF_ONE_PICTURE = 60_000
BYTES_OF_ALL_PICTURES = 400_000


class Elsewhere:
    """A setting without a newsroom."""

    def clock(self, minute: int) -> str:
        return f"{minute // 60 % 24:02}:{minute % 60:02}"

    def post_url(self, label: str) -> str:
        return f"https://ledger.example/{label}"

    def live_url(self, slug: str) -> str:
        return f"https://ledger.example/live/{slug}"

    def picture(self, words: PictureWords) -> JsonNode:
        return {"type": "image", "attrs": {"src": f"/media/{words.name}/480.webp", "alt": words.alt}}


def texts(script: Script) -> Iterator[tuple[Deed, Document]]:
    for deed in script.deeds:
        if deed.text:
            yield deed, prose.document_of(deed.text, deed.claims, Elsewhere())


def words(document: Document) -> int:
    return len(plain_text(document).split())


def of(script: Script, *verbs: Verb) -> list[Deed]:
    return [deed for deed in script.deeds if deed.verb in verbs]


def nodes(node: JsonNode) -> Iterator[JsonNode]:
    yield node
    for child in children(node):
        yield from nodes(child)


def test_the_day_of_the_surge_has_everything_a_live_blog_has() -> None:
    script = story(LIVE)
    posts = of(script, Verb.PUBLISH)
    assert len(posts) >= 66
    assert sum(post.says("key event") is True for post in posts) >= 14
    assert sum(post.says("summary") is True for post in posts) == 4
    assert len(of(script, Verb.CORRECT)) == len(of(script, Verb.WITHDRAW)) == 1
    assert len({deed.who for deed in of(script, Verb.START_SHIFT)}) == 3
    assert len(of(script, Verb.START_SHIFT)) == len(of(script, Verb.END_SHIFT)) == 3
    assert {deed.fields["state"] for deed in of(script, Verb.CLAIM)} == {"confirmed", "false"}
    assert all(of(script, verb) for verb in Verb)
    assert script.deeds[-1].verb is Verb.CLOSE


def test_the_day_of_the_surge_shows_every_kind_of_block() -> None:
    kinds = Counter(node["type"] for _, document in texts(story(LIVE)) for node in nodes(document.root))
    assert kinds["image"] >= 6
    for kind in ("heading", "quote", "bullet_list", "ordered_list", "table", "link_card"):
        assert kinds[kind], f"no {kind}"


def test_posts_are_as_long_as_real_ones() -> None:
    lengths = sorted(words(document) for deed, document in texts(story(LIVE)) if deed.verb is Verb.PUBLISH)
    assert 80 <= lengths[len(lengths) // 2] <= 110
    assert lengths[-1] >= 300


def test_the_night_of_the_budget_is_shorter_and_whole() -> None:
    script = story(CLOSED)
    assert len(of(script, Verb.PUBLISH)) >= 24
    assert sum(post.says("summary") is True for post in of(script, Verb.PUBLISH)) == 2
    assert script.deeds[-1].verb is Verb.CLOSE
    assert "as it happened" in of(script, Verb.CHANGE)[-1].fields["headline"]


@BOTH
def test_key_events_and_round_ups_have_headlines(name: str) -> None:
    posts = of(story(name), Verb.PUBLISH)
    marked = [post for post in posts if post.says("key event") or post.says("summary")]
    assert all("headline" in post.fields for post in marked)


@BOTH
def test_round_ups_lead_back_to_the_posts_they_come_from(name: str) -> None:
    for post in story(name).deeds:
        if post.says("summary"):
            items = [line for line in post.text.splitlines() if line.startswith("- ")]
            assert len(items) >= 5
            assert post.text.count("](post:") >= len(items) - 2


@BOTH
def test_people_do_what_their_role_lets_them(name: str) -> None:
    lead = {person.key for person in CAST if person.role in LEADING}
    leading = {Verb.OPEN, Verb.PAUSE, Verb.CLOSE, Verb.CHANGE, Verb.PIN, Verb.UNPIN}
    for deed in story(name).deeds:
        if deed.verb in leading or deed.says("summary"):
            assert deed.who in lead, deed


@BOTH
def test_typography_is_that_of_print(name: str) -> None:
    text = "\n".join([deed.text for deed in story(name).deeds])
    prose_lines = [line for line in text.splitlines() if not line.startswith("|")]
    assert not [line for line in prose_lines if '"' in line or "'" in line or " - " in line or "..." in line]


def test_pictures_are_small_and_each_is_shown_with_words() -> None:
    shown = [
        picture
        for name in (LIVE, CLOSED)
        for deed in story(name).deeds
        for picture in prose.pictures_in(deed.text)
    ]
    sizes = {path.stem: path.stat().st_size for path in PICTURES.glob("*.webp")}
    assert {picture.name for picture in shown} == set(sizes)
    assert all(len(picture.alt) > 60 and picture.credit for picture in shown)
    assert max(sizes.values()) <= BYTES_OF_ONE_PICTURE
    assert sum(sizes.values()) <= BYTES_OF_ALL_PICTURES


@BOTH
def test_lines_fit_their_columns(name: str) -> None:
    for deed in story(name).deeds:
        assert len(deed.fields.get("headline", "")) <= limits.HEADLINE_CHARS
        assert len(deed.fields.get("correction", "")) <= limits.CORRECTION_CHARS
        assert len(deed.fields.get("reason", "")) <= limits.REASON_CHARS


@BOTH
def test_times_in_a_text_are_of_the_day_that_is_meant(name: str) -> None:
    """A forgotten `+1` would be a day off."""
    for deed in story(name).deeds:
        lines = deed.text + deed.fields.get("headline", "")
        for words in re.findall(r"\{([^}]*)\}", lines):
            minute = minute_of(words)
            assert minute is not None, (deed.label, words)
            assert abs(minute - deed.minute) < 16 * 60, (deed.label, words)


@BOTH
def test_every_time_in_a_text_is_a_time_of_the_story(name: str) -> None:
    source = (STORIES / f"{name}.story").read_text()
    script = parse_script(source, name=name, cast=[person.key for person in CAST])
    assert list(texts(script))
    assert "{" not in " ".join(plain_text(document) for _, document in texts(script))

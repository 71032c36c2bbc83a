"""Pages as publishers' programs really write them: nothing of them may be lost without a word."""

import json

import pytest
from tests.archive.shapes import (
    PAGE,
    attrs,
    headlines,
    live_blog,
    microdata,
    newest,
    page,
    read,
    texts,
    times,
    update,
    whys,
)

from stoppress.archive.detect import read_file
from stoppress.archive.format import UnreadableArchive

TWO = [update(2), update(1)]
BOTH = ["Gate 1 is shut", "Gate 2 is shut"]


def _prefixed(value: object, prefix: str) -> object:
    if isinstance(value, list):
        return [_prefixed(each, prefix) for each in value]
    if isinstance(value, dict):
        names = {name: name if name.startswith("@") else prefix + name for name in value}
        return {names[name]: _prefixed(each, prefix) for name, each in value.items()}
    return value


@pytest.mark.parametrize(
    "blog",
    [
        _prefixed(live_blog(TWO), "schema:"),
        _prefixed(live_blog(TWO), "https://schema.org/"),
        {name.lstrip("@"): value for name, value in live_blog(TWO).items()},
        live_blog({"0": TWO[0], "4": TWO[1]}),
        {
            "@graph": [
                live_blog(None, **{"@id": "#live"}),
                *({**one, "isPartOf": {"@id": "#live"}} for one in TWO),
            ]
        },
        {"@graph": [live_blog(None, **{"@id": "#live"}), *({**one, "isPartOf": "#live"} for one in TWO)]},
    ],
    ids=["prefixed", "expanded", "aliased", "numbered", "part of", "part of a name"],
)
def test_updates_are_found_however_they_are_tied(blog: object) -> None:
    assert headlines(read_file(page(blog))) == BOTH


def test_whatever_stands_among_the_updates_is_kept_or_named() -> None:
    reading = read([update(1), "The gates are open again.", True, "#gone", {"@id": "#gone-too"}])
    assert "The gates are open again." in texts(reading)
    for number, name in ((3, "True"), (4, "#gone"), (5, "#gone-too")):
        assert f"It only names '{name}', which is not in the file." in whys(reading, f"update {number}")


@pytest.mark.parametrize(
    ("image", "sources"),
    [
        ({"@list": [{"url": "/a.jpg"}]}, ["https://news.example/a.jpg"]),
        ({"@type": "ImageObject", "url": {"@id": "https://x.example/b.jpg"}}, ["https://x.example/b.jpg"]),
        ("", []),
        (
            ["https://x.example/1x1/c.jpg", "https://x.example/4x3/c.jpg", "https://x.example/16x9/c.jpg"],
            ["https://x.example/1x1/c.jpg"],
        ),
        (
            [
                {"url": "https://x.example/d.jpg?w=600", "width": 600},
                {"url": "https://x.example/d.jpg?w=1200", "width": 1200},
            ],
            ["https://x.example/d.jpg?w=1200"],
        ),
        (
            ["https://x.example/e?id=1", "https://x.example/e?id=2"],
            ["https://x.example/e?id=1", "https://x.example/e?id=2"],
        ),
    ],
)
def test_pictures_in_every_shape_once_each(image: object, sources: list[str]) -> None:
    reading = read([update(1, image=image)])
    assert [each["src"] for each in attrs(reading.archive.posts[0], "image")] == sources
    assert "image of" not in whys(reading)


def test_a_picture_without_an_address_is_named() -> None:
    reading = read([update(1, image={"@id": f"{PAGE}#primaryimage", "caption": "The gate"})])
    assert whys(reading, "image of update 1") == "image of update 1: It has no address."


def test_relative_addresses_are_joined_where_only_the_live_blog_says_where_it_is() -> None:
    reading = read_file(page(live_blog([update(1, image="g.jpg")]), head='<base href="/pictures/">'))
    assert attrs(reading.archive.posts[0], "image")[0]["src"] == "https://news.example/pictures/g.jpg"


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ({"@type": "Person", "givenName": "Ana", "familyName": "Ruiz"}, ("Ana Ruiz",)),
        ({"@type": "Person", "name": ["Ana Ruiz", "Ben Okoro"]}, ("Ana Ruiz", "Ben Okoro")),
        ({"@list": [{"name": "Ana Ruiz"}, "Ben Okoro"]}, ("Ana Ruiz", "Ben Okoro")),
        ({"@type": "Person", "name": "null"}, ("The Buoy",)),
    ],
)
def test_authors_in_every_shape(author: object, byline: tuple[str, ...]) -> None:
    reading = read([update(1, author=author)], publisher="The Buoy")
    assert newest(reading.archive.posts[0]).byline == byline


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<![CDATA[<p>Water is rising.</p>]]>", "Water is rising."),
        ("<![CDATA[<p>Water is rising.</p>", "Water is rising."),
        ("1. Shut the gate.\n2. Call.", "Shut the gate.\nCall."),
        ('[caption id="a"]The gate[/caption]\nIt held.', "The gate\nIt held."),
        ("[embed]https://video.example/1[/embed]", "https://video.example/1"),
    ],
)
def test_bodies_lose_the_marks_of_programs(body: str, text: str) -> None:
    assert texts(read([update(1, articleBody=body, headline="")])) == [text]


def test_a_shortcode_that_stands_for_pictures_is_named() -> None:
    reading = read([update(1, articleBody='Before. [gallery ids="1,2"] After.')])
    assert texts(reading) == ["Before. After."]
    assert "[gallery ids" in whys(reading, "update 1")


def test_a_body_of_nothing_but_a_player_is_html() -> None:
    reading = read([update(1, articleBody='<video src="/gate.mp4"></video>')])
    assert attrs(reading.archive.posts[0], "link_card")[0]["url"] == "https://news.example/gate.mp4"


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(live_blog([update(1, articleBody='<p>It held.</p><script src="x"></script>'), update(2)])),
        f"<!-- made by a plugin --> {json.dumps(live_blog(TWO))} <!-- / made by a plugin -->",
        json.dumps(live_blog(TWO)).replace("}, {", "}, , {"),
        json.dumps(live_blog(TWO))
        .replace('", "@type"', '", /* of */ "@type"')
        .replace("reaches", '"reaches"'),
    ],
    ids=["ended by its own text", "remarks", "a comma too many", "comment and quotes"],
)
def test_scripts_that_only_browsers_forgive(script: str) -> None:
    assert headlines(read_file(page(script))) == BOTH


def test_json_in_a_file_of_its_own_is_mended_too() -> None:
    assert headlines(read_file(json.dumps(live_blog(TWO)).replace("}]", "},]").encode())) == BOTH


def test_json_that_is_cut_off_is_refused_with_the_place() -> None:
    with pytest.raises(UnreadableArchive, match=r"begins as JSON, but the JSON .*char \d+.*fetch or export"):
        read_file(json.dumps(live_blog(TWO)).encode()[:600])


def test_a_script_that_is_cut_off_is_named_with_its_number() -> None:
    with pytest.raises(
        UnreadableArchive, match=r"script 2 of this page holds one that cannot be read\. It was not"
    ):
        read_file(page({"@type": "WebSite"}, json.dumps(live_blog(TWO))[:600]))


def test_a_page_that_is_cut_off_says_so() -> None:
    whole = page(live_blog(TWO))
    assert "may have been cut" not in whys(read_file(whole))
    assert "may have been cut" in whys(read_file(whole[: whole.index(b"<p>Text")]), "the file")


def test_tags_are_read_where_the_scripts_updates_say_nothing() -> None:
    inside = """<div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
      <time itemprop="datePublished" datetime="2026-01-02T08:01:00Z"></time>
      <p itemprop="articleBody">Water is rising.</p></div>"""
    body = microdata(inside).decode().partition("<body>")[2].partition("</body>")[0]
    blog = live_blog([update(1, articleBody="", headline="Storm surge reaches the harbour")])
    assert texts(read_file(page(blog, body=body))) == ["Water is rising."]


def test_a_time_written_twice_is_taken_off_the_text() -> None:
    entries = "".join(
        f'<article class="e" data-timestamp="{1767340800 + 60 * n}"><time datetime="2026-01-02T08:0{n}:00Z">08:0{n}'
        f"</time><h3>Gate {n} is shut</h3><p>It held.</p></article>"
        for n in (2, 1)
    )
    reading = read_file(page(live_blog([]), body=f"<div>{entries}</div>"))
    assert (headlines(reading), texts(reading)) == (BOTH, ["It held.", "It held."])
    assert times(reading) == ["08:01:00", "08:02:00"]


def test_what_stands_beside_a_marked_text_is_named() -> None:
    def one(number: int, beside: str) -> str:
        return f"""<div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
          <meta itemprop="datePublished" content="2026-01-02T08:0{number}:00Z">
          <p itemprop="articleBody">Gate {number} is shut.</p>{beside}</div>"""

    share = '<p class="share">Share</p><footer><p>By the desk</p></footer>'
    assert "beside" not in whys(read_file(microdata(one(1, share))))
    reading = read_file(microdata(one(1, '<p>It held.</p><img src="/g.jpg">') + one(2, "<p>It did not.</p>")))
    assert "'(text beside its articleBody)' of 2 of them was not kept" in whys(reading, "updates")
    assert "'(pictures beside its articleBody)' of 1 of them" in whys(reading, "updates")

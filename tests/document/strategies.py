"""Documents, and what is none, for property tests of any room.

`documents()` any valid Document · `roots()` its JSON · `json_values()` any JSON at all · `near_misses()` the
JSON of a document with one thing wrong or odd in it · `texts()` any text a document may hold · `PATIENT`, to be
set above `@given` of each of these.
"""

from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from stoppress.document.check import CLAIM_STATES, checked
from stoppress.document.notes import Notes
from stoppress.document.schema import Document, JsonNode
from stoppress.document.straighten import table_blocks
from stoppress.lib import limits
from stoppress.lib.origins import ORIGINS
from stoppress.lib.providers import seen

Json = Any

# For tests that draw documents: on a busy machine a large one takes its time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Text that has broken somebody's page.
NASTY = (
    "<script>alert(1)</script>",
    "</script><!-- <b>",
    "&amp;&lt;&#0;&nbsp",
    "\" onload='x' `",
    "]]> --> <![CDATA[",
    "{{ x }} {% y %} ${z}",
    "  two  spaces  ",
    "\u00a0",
    "é e\u0301 ﬁ 漢字 ﷽",
    "שלום مرحبا",
    "👩‍👩‍👧 🇺🇦",
    "— Ana",
    "0",
)

_letters = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)


@cache
def texts(*, most: int = 20) -> st.SearchStrategy[str]:
    """Text of one character or more that a document may hold."""
    return st.one_of(st.text(_letters, min_size=1, max_size=most), st.sampled_from(NASTY))


@cache
def web_addresses() -> st.SearchStrategy[str]:
    """Addresses of pages elsewhere, some with what html must escape."""
    hosts = st.sampled_from(
        [
            "example.org",
            "www.example.co.uk",
            "EXAMPLE.com:8080",
            "example.org:80",
            "[2001:db8::1]",
            "bücher.example",
        ]
    )
    paths = st.sampled_from(
        ["", "/", "/a/b?c=d&e='f'#g", "/%41%zz|{x}[y]^", "?q=1&amp;copy=2", "/ü/漢", "/a#b#c"]
    )
    return st.builds(
        lambda scheme, host, path: scheme + host + path,
        st.sampled_from(["https://", "http://"]),
        hosts,
        paths,
    )


@cache
def own_addresses() -> st.SearchStrategy[str]:
    """Addresses of our own uploads."""
    return st.sampled_from(
        [
            "/media/m1/960.webp",
            "/media/m1/480.avif",
            "/media/m1/960.jpg",
            "/media/a-b_c/original.jpg",
            "/media/x",
        ]
    )


@cache
def marks() -> st.SearchStrategy[list[Json]]:
    """A set of marks in the schema's order."""
    claim = st.fixed_dictionaries(
        {"type": st.just("claim")},
        optional={
            "attrs": st.fixed_dictionaries(
                {},
                optional={
                    "source": st.one_of(st.just(""), texts()),
                    "state": st.sampled_from(CLAIM_STATES),
                    "id": st.sampled_from(["", "a1b2", "c3"]),
                },
            )
        },
    )
    addresses = st.one_of(web_addresses(), st.just("mailto:desk@example.org?subject=a%20b"))
    link = st.fixed_dictionaries(
        {"type": st.just("link"), "attrs": st.fixed_dictionaries({"href": addresses})}
    )
    bold, italic = st.just({"type": "bold"}), st.just({"type": "italic"})
    chosen = st.tuples(*(st.one_of(st.none(), mark) for mark in (claim, link, bold, italic)))
    return chosen.map(lambda found: [mark for mark in found if mark is not None])


@cache
def inline() -> st.SearchStrategy[list[Json]]:
    """What stands in a paragraph, maybe nothing."""
    text = st.fixed_dictionaries({"type": st.just("text"), "text": texts()}, optional={"marks": marks()})
    line_break = st.fixed_dictionaries({"type": st.just("hard_break")}, optional={"marks": marks()})
    return st.lists(st.one_of(text, text, text, line_break), max_size=4)


@cache
def paragraphs() -> st.SearchStrategy[Json]:
    """A paragraph; a blank one has no content, or an empty one."""
    return st.fixed_dictionaries({"type": st.just("paragraph")}, optional={"content": inline()})


def _node(
    kind: str, content: st.SearchStrategy[Json], **attrs: st.SearchStrategy[Json]
) -> st.SearchStrategy[Json]:
    optional = {"attrs": st.fixed_dictionaries({}, optional=attrs)} if attrs else {}
    return st.fixed_dictionaries({"type": st.just(kind), "content": content}, optional=optional)


@cache
def lists(depth: int = 2) -> st.SearchStrategy[Json]:
    """A list, with lists in it up to `depth`."""
    inner = [paragraphs(), lists(depth - 1)] if depth else [paragraphs()]
    rest = st.lists(st.one_of(*inner), max_size=1)
    items = st.lists(
        _node("list_item", st.builds(lambda first, more: [first, *more], paragraphs(), rest)),
        min_size=1,
        max_size=3,
    )
    return st.one_of(
        _node("bullet_list", items), _node("ordered_list", items, start=st.integers(0, limits.LIST_START_MAX))
    )


@cache
def tables() -> st.SearchStrategy[Json]:
    """A straight table with cells of several sizes, or one whose second row is all covered from above."""
    spans = {"colspan": st.integers(1, 3), "rowspan": st.integers(1, 3)}
    content = st.lists(st.one_of(paragraphs(), paragraphs(), lists(0)), min_size=1, max_size=2)
    cells = st.one_of(_node("table_cell", content, **spans), _node("table_header", content, **spans))
    crooked = st.lists(_node("table_row", st.lists(cells, min_size=1, max_size=3)), min_size=1, max_size=4)
    covered = st.builds(
        lambda one, two: {
            "type": "table",
            "content": [
                {"type": "table_row", "content": [{**one, "attrs": {"colspan": 2, "rowspan": 2}}]},
                {"type": "table_row", "content": []},
                {"type": "table_row", "content": [{**two, "attrs": {"colspan": 2}}]},
            ],
        },
        cells,
        cells,
    )
    return st.one_of(crooked.map(lambda rows: table_blocks(rows, Notes())[0]), covered)


@cache
def embeds() -> st.SearchStrategy[Json]:
    """An embed of any provider."""
    pages = st.sampled_from(
        [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s",
            "https://vimeo.com/76979871/0a1b2c3d4e",
            "https://x.com/ana/status/1234567890",
            "https://bsky.app/profile/ana.example.org/post/3kabcdefgh2x",
            "https://journa.host/@ana/112233",
            "https://www.instagram.com/p/Cabc_-123/",
            "https://www.tiktok.com/@ana/video/7212345678901234567",
            "https://www.facebook.com/portverrin/posts/12345",
            "https://open.spotify.com/episode/4uLU6hMCjMI75M1A2tKUQC",
            "https://datawrapper.dwcdn.net/aBc1X/3/",
            "https://public.flourish.studio/visualisation/123456/",
        ]
    )
    heights = st.one_of(st.none(), st.integers(limits.EMBED_HEIGHT_MIN, limits.EMBED_HEIGHT_MAX))
    more = {"title": texts(), "text": texts(), "author": texts(), "height": heights}

    def attrs(page: str) -> st.SearchStrategy[Json]:
        found = seen(page)
        assert found is not None
        provider = st.just(found.provider.name)
        return st.fixed_dictionaries({"provider": provider, "url": st.just(page)}, optional=more)

    return pages.flatmap(attrs).map(lambda values: {"type": "embed", "attrs": values})


@cache
def structured() -> st.SearchStrategy[Json]:
    """A score line, fact box, map point, poll or answered question, finished or not."""

    def atom(kind: str, more: Json, required: Json = None) -> st.SearchStrategy[Json]:
        attrs = st.fixed_dictionaries(required or {}, optional=more)
        return st.fixed_dictionaries({"type": st.just(kind), "attrs": attrs})

    content = st.lists(st.one_of(paragraphs(), paragraphs(), lists(0)), min_size=1, max_size=2)
    ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=12, max_size=12)
    options = st.lists(st.one_of(texts(), st.just(" ")), max_size=4).map(
        lambda said: [{"id": f"o{number}", "text": text} for number, text in enumerate(said)]
    )
    sides = {name: st.one_of(st.just(""), texts()) for name in ("home", "away", "note")}
    figures = st.one_of(st.just(""), st.just("2"), texts().map(lambda words: words[: limits.SCORE_CHARS]))
    scores = dict.fromkeys(("home_score", "away_score", "period"), figures)
    latitude = st.one_of(st.none(), st.integers(-90, 90), st.floats(-90, 90))
    longitude = st.one_of(st.none(), st.just(30.5234), st.floats(-180, 180))
    return st.one_of(
        atom("score", {**sides, **scores}),
        _node("fact_box", content, title=texts()),
        atom("map_point", {"label": texts(), "latitude": latitude, "longitude": longitude}),
        atom(
            "poll",
            {"question": texts(), "options": options, "closes": st.just("2026-11-22T18:00:00Z")},
            {"id": ids},
        ),
        _node("qa", content, question=texts(), name=texts(), asked=st.just("q1")),
    )


def _own_ids(root: Json) -> Json:
    """Polls with ids of their own: drawn ones are shrunk to the same."""
    for number, block in enumerate(root["content"]):
        if block["type"] == "poll":
            block["attrs"]["id"] = f"{block['attrs']['id'][:10]}{number:02}"
    return root


@cache
def blocks() -> st.SearchStrategy[Json]:
    """Any block."""
    sides = st.integers(1, limits.UPLOAD_SIDE_PIXELS)
    sizes = st.lists(
        st.fixed_dictionaries({"src": own_addresses(), "width": sides, "height": sides}), max_size=3
    )
    words = {name: texts() for name in ("alt", "caption", "credit")}
    shares = st.integers(0, limits.FOCUS_MAX)
    more = {
        **words,
        "origin": st.sampled_from(["", *ORIGINS]),
        "focus_x": shares,
        "focus_y": shares,
        "width": st.one_of(st.none(), sides),
        "height": sides,
        "media": st.one_of(st.none(), st.just("m1")),
        "renditions": sizes,
    }
    image = st.fixed_dictionaries({"src": st.one_of(own_addresses(), web_addresses())}, optional=more)
    own = st.fixed_dictionaries({"src": own_addresses()}, optional=more)
    shown = own.map(lambda attrs: {"type": "image", "attrs": attrs})
    card = st.fixed_dictionaries(
        {"url": web_addresses()}, optional={name: texts() for name in ("title", "description", "site")}
    )
    return st.one_of(
        paragraphs(),
        paragraphs(),
        _node("heading", inline(), level=st.just(3)),
        _node(
            "quote",
            st.lists(paragraphs(), min_size=1, max_size=3),
            speaker=texts(),
            source_url=web_addresses(),
        ),
        lists(),
        tables(),
        st.fixed_dictionaries({"type": st.just("link_card"), "attrs": card}),
        embeds(),
        structured(),
        st.fixed_dictionaries({"type": st.just("image"), "attrs": image}),
        _node("gallery", st.lists(shown, min_size=limits.GALLERY_PICTURES_MIN, max_size=4)),
    )


@cache
def roots(*, most: int = 4) -> st.SearchStrategy[JsonNode]:
    """The JSON of any valid document of at most `most` blocks."""
    return _node("doc", st.lists(blocks(), min_size=1, max_size=most)).map(_own_ids).map(checked)


@cache
def documents(*, most: int = 4) -> st.SearchStrategy[Document]:
    """Any valid document of at most `most` blocks."""
    return roots(most=most).map(Document)


@cache
def json_values() -> st.SearchStrategy[Json]:
    """Any JSON value, the words of the schema among its strings."""
    known = st.sampled_from(
        [
            "type",
            "content",
            "attrs",
            "marks",
            "text",
            "doc",
            "paragraph",
            "table",
            "image",
            "href",
            "link",
            "src",
            "",
        ]
    )
    scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), known, st.text(max_size=10))
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(st.one_of(known, st.text(max_size=5)), inner, max_size=4),
        ),
        max_leaves=20,
    )


@st.composite
def near_misses(draw: st.DrawFn) -> Json:
    """A document's JSON with one value anywhere in it replaced, added or taken away."""
    root: Json = draw(roots(most=2))
    places: list[tuple[Json, Json]] = []
    waiting: list[Json] = [root]
    while waiting:
        here = waiting.pop()
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        places += [(here, key) for key in keys]
        waiting += [here[key] for key in keys if isinstance(here[key], dict | list)]
    holder, key = places[draw(st.integers(0, len(places) - 1))]
    change = draw(st.sampled_from(["replace", "remove", "add"]))
    if change == "remove":
        del holder[key]
    elif change == "add" and isinstance(holder, dict):
        holder[draw(st.text(max_size=8))] = draw(json_values())
    else:
        holder[key] = draw(json_values())
    return root

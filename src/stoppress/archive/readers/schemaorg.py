"""schema.org live blogs as JSON values → FoundBlog, whether they came as JSON-LD or as microdata.

Called by `jsonld.py` and `microdata.py`. May import this room. Values come as text, object or list, as they
please: every question here takes all three. Source: schema.org/LiveBlogPosting.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from stoppress.archive.blocks import absolute, body_of_text, card_block
from stoppress.archive.found import FoundBlog, FoundPicture, FoundUpdate
from stoppress.archive.words import names, one_line

Item = Mapping[str, object]

_DEPTH: Final = 8  # of lists in lists and objects in objects; also ends objects that hold themselves
_BODIES: Final = ("articleBody", "text", "description", "abstract")
_UPDATES: Final = ("liveBlogUpdate", "liveBlogUpdates", "blogPost", "blogPosts")
_MEDIA: Final = ("video", "audio", "associatedMedia", "sharedContent", "encoding")
_USED: Final = frozenset(
    {
        *_BODIES,
        *_MEDIA,
        "@type",
        "@id",
        "@context",
        "identifier",
        "url",
        "headline",
        "name",
        "author",
        "creator",
    }
    | {"contributor", "datePublished", "dateCreated", "dateModified", "image", "correction", "dateline"}
    | {"contentLocation", "locationCreated", "keywords"}
)
# About the page or for machines: nothing of what a reporter wrote.
_IMMATERIAL: Final = frozenset(
    {
        "publisher",
        "mainEntityOfPage",
        "inLanguage",
        "isPartOf",
        "isAccessibleForFree",
        "speakable",
        "wordCount",
    }
    | {"copyrightHolder", "copyrightYear", "articleSection", "genre", "thumbnailUrl", "coverageStartTime"}
    | {
        "coverageEndTime",
        "position",
        "commentCount",
        "interactionStatistic",
        "potentialAction",
        "sourceOrganization",
    }
    | {"alternativeHeadline", "sameAs", "hasPart", "license", "usageInfo", "version", "dateline", "provider"}
)
_PICTURE_TYPES: Final = frozenset({"ImageObject", "Photograph"})


class Graph:
    """All objects of a file, so that `{"@id": …}` finds what it points to."""

    def __init__(self, values: list[object]) -> None:
        self.items: list[Item] = []
        self._by_id: dict[str, Item] = {}
        for item in _objects(values):
            self.items.append(item)
            name = item.get("@id")
            if isinstance(name, str) and len(item) > len(self._by_id.get(name, ())):
                self._by_id[name] = item

    def resolved(self, item: Item) -> Item:
        """The object itself, or the one that it only points to."""
        name = item.get("@id")
        return self._by_id.get(name, item) if isinstance(name, str) and len(item) <= 2 else item  # noqa: PLR2004 (@id and @type)

    def by_name(self, name: str) -> Item | None:
        """The object with this @id."""
        return self._by_id.get(name)

    def each(self, value: object, depth: int = 0) -> Iterator[Item]:
        """Every object in `value`: itself, those of a list, of an ItemList, and those it points to."""
        for one in flat(value) if depth < _DEPTH else ():
            if isinstance(one, str):
                found = self._by_id.get(one)
                if found is not None:
                    yield found
            elif isinstance(one, dict):
                item = self.resolved(one)
                inner = (
                    item.get("@list") or item.get("@set") or item.get("itemListElement") or item.get("item")
                )
                if inner and not set(_BODIES) & item.keys():
                    yield from self.each(inner, depth + 1)
                else:
                    yield item


def _objects(values: list[object]) -> Iterator[Item]:
    """Every object in the values, outer before inner, in order. Without recursion."""
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def types(item: Item) -> set[str]:
    """The local names of an object's types: {"LiveBlogPosting"}."""
    return {re.split(r"[/#:]", str(each))[-1] for each in flat(item.get("@type"))}


def flat(value: object, depth: int = 0) -> Iterator[object]:
    """`value` as a sequence, whatever it is; lists in lists are opened."""
    if isinstance(value, list):
        for each in value if depth < _DEPTH else ():
            yield from flat(each, depth + 1)
    elif value is not None:
        yield value


def text_of(value: object, depth: int = 0) -> str:
    """The first text in `value`: itself, a language-tagged value, an object's name."""
    for each in flat(value):
        if isinstance(each, str) and each.strip():
            return each
        if isinstance(each, int | float) and not isinstance(each, bool):
            return str(each)
        if isinstance(each, dict) and depth < _DEPTH:
            inner = next((each[key] for key in ("@value", "name", "text", "value") if each.get(key)), None)
            if found := text_of(inner, depth + 1):
                return found
    return ""


def moment_of(value: object) -> object:
    """The first date in `value`, as text or number, for `dates.read_when`."""
    for each in flat(value):
        if isinstance(each, int | float) and not isinstance(each, bool):
            return each
        if text := text_of(each):
            return text.strip()
    return None


def has_updates(item: Item) -> bool:
    """Whether the object is a live blog, by its type or by what it holds."""
    return "LiveBlogPosting" in types(item) or "liveBlogUpdate" in item


def updates_in(item: Item, graph: Graph) -> list[Item]:
    """The objects that are its updates."""
    for name in _UPDATES:
        if found := list(graph.each(item.get(name))):
            return found
    parts = graph.each(item.get("hasPart"))
    return [
        part
        for part in parts
        if types(part) & {"BlogPosting", "Article", "NewsArticle", "SocialMediaPosting"}
    ]


def blog_of(item: Item, graph: Graph, base_url: str) -> FoundBlog:
    """What the live blog's own object says; its updates are added by `add_updates`."""
    page = next(iter(graph.each(item.get("mainEntityOfPage"))), {})
    address = text_of(item.get("url")) or text_of(page.get("@id")) or text_of(item.get("mainEntityOfPage"))
    event = next((each for each in graph.each(item.get("about")) if each.get("startDate")), {})
    blog = FoundBlog(
        headline=text_of(item.get("headline")) or text_of(item.get("name")),
        standfirst=text_of(item.get("description")) or text_of(item.get("abstract")),
        url=absolute(base_url, address or text_of(item.get("@id"))),
        language=text_of(item.get("inLanguage")),
        publisher=text_of([graph.resolved(each) for each in graph.each(item.get("publisher"))])
        or text_of(item.get("publisher")),
        byline=_people(item, graph),
        start=moment_of(item.get("coverageStartTime")) or moment_of(event.get("startDate")),
        end=moment_of(item.get("coverageEndTime")),
        published=moment_of(item.get("datePublished")),
        modified=moment_of(item.get("dateModified")),
        pictures=[picture.src for picture in _pictures(item.get("image"), graph, base_url)],
    )
    if not blog.url.startswith(("http://", "https://")):
        blog.url = ""
    return blog


def add_updates(blog: FoundBlog, items: list[Item], graph: Graph, base_url: str) -> None:
    """Read the objects as updates of `blog`; properties that no post has are counted and named."""
    unknown: Counter[str] = Counter()
    for item in blog.within(items):
        number = len(blog.updates) + 1
        blog.updates.append(_update(item, f"update {number}", graph, base_url))
        unknown.update(name for name, value in item.items() if value and name not in _USED | _IMMATERIAL)
    for name, count in unknown.items():
        blog.skip("updates", f"The property {name[:60]!r} of {count} of them was not kept.")


def _update(item: Item, where: str, graph: Graph, base_url: str) -> FoundUpdate:
    update = FoundUpdate(
        where=where,
        id=text_of(item.get("@id")) or text_of(item.get("identifier")),
        url=absolute(base_url, text_of(item.get("url"))) if item.get("url") else "",
        headline=text_of(item.get("headline")) or text_of(item.get("name")),
        dateline=text_of(item.get("dateline")) or text_of(_place(item, graph)),
        published=moment_of(item.get("datePublished")) or moment_of(item.get("dateCreated")),
        modified=moment_of(item.get("dateModified")),
        byline=_people(item, graph),
        corrections=list(_corrections(item, graph)),
        key_event="key event" in _keywords(item),
        summary="summary" in _keywords(item),
    )
    text = next((text for name in _BODIES if (text := _body(item.get(name)))), "")
    body = body_of_text(text, base_url)
    update.blocks, update.lost = body.blocks, list(body.lost)
    update.pictures = list(_pictures(item.get("image"), graph, base_url))
    for name in _MEDIA:
        _add_media(update, item.get(name), graph, base_url)
    return update


def _body(value: object) -> str:
    return "\n".join(text for each in flat(value) if (text := text_of(each)))


def _place(item: Item, graph: Graph) -> object:
    value = item.get("contentLocation") or item.get("locationCreated")
    return [*graph.each(value)] or value


def _keywords(item: Item) -> set[str]:
    found = (word for each in flat(item.get("keywords")) for word in text_of(each).split(","))
    return {word.strip().lower() for word in found}


def _people(item: Item, graph: Graph) -> tuple[str, ...]:
    for name in ("author", "creator", "contributor"):
        values = [
            text_of(graph.resolved(each).get("name")) if isinstance(each, dict) else text_of(each)
            for each in flat(item.get(name))
        ]
        if found := names(value for value in values if value):
            return found
    return ()


def _corrections(item: Item, graph: Graph) -> Iterator[tuple[str, object]]:
    for each in flat(item.get("correction")):
        if isinstance(each, dict):
            note = graph.resolved(each)
            yield (
                text_of(note.get("text") or note.get("description") or note.get("name")),
                moment_of(note.get("datePublished")),
            )
        else:
            yield text_of(each), None


def _pictures(value: object, graph: Graph, base_url: str) -> Iterator[FoundPicture]:
    for each in flat(value):
        if isinstance(each, str):
            yield FoundPicture(absolute(base_url, graph_url(graph.by_name(each)) or each))
        elif isinstance(each, dict):
            item = graph.resolved(each)
            address = graph_url(item)
            if address:
                yield FoundPicture(
                    src=absolute(base_url, address),
                    alt=one_line(text_of(item.get("alternateName")) or text_of(item.get("name"))),
                    caption=one_line(text_of(item.get("caption")) or text_of(item.get("description"))),
                    credit=one_line(
                        text_of(item.get("creditText"))
                        or text_of(item.get("creator"))
                        or text_of(item.get("author"))
                    ),
                    width=_pixels(item.get("width")),
                    height=_pixels(item.get("height")),
                )


def graph_url(item: Item | None) -> str:
    """Where the thing that an object describes can be had."""
    if item is None:
        return ""
    places = (item.get(key) for key in ("contentUrl", "url", "embedUrl", "@id"))
    return next((text for place in places if (text := text_of(place))), "")


def _pixels(value: object) -> int:
    found = re.match(r"\s*(\d{1,6})", text_of(value))
    return int(found[1]) if found else 0


def _add_media(update: FoundUpdate, value: object, graph: Graph, base_url: str) -> None:
    """Pictures become pictures, everything else that has an address a link card."""
    for each in flat(value):
        item = graph.resolved(each) if isinstance(each, dict) else {"url": each}
        if types(item) & _PICTURE_TYPES:
            update.pictures.extend(_pictures(each, graph, base_url))
            continue
        address = text_of(item.get("url")) or text_of(item.get("embedUrl")) or text_of(item.get("contentUrl"))
        title = text_of(item.get("name")) or text_of(item.get("headline"))
        if not address:
            kind = ", ".join(sorted(types(item))) or "something"
            update.lost.append(f"Media without an address ({kind}) was not kept.")
            continue
        card, why = card_block(absolute(base_url, address), title, text_of(item.get("description")))
        if card is not None:
            update.blocks.append(card)
        else:
            update.lost.append(why)

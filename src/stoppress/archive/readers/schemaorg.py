"""schema.org live blogs as JSON values → FoundBlog, whether they came as JSON-LD or as microdata.

Called by `jsonld.py` and `microdata.py`. May import this room. Values come as text, object or list, as they
please: every question here takes all three. Source: schema.org/LiveBlogPosting.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from stoppress.archive.blocks import absolute, body_of_text, card_block
from stoppress.archive.found import FoundBlog, FoundPicture, FoundUpdate
from stoppress.archive.words import names, one_line

Item = Mapping[str, object]

_DEPTH: Final = 8  # of lists in lists and objects in objects; also ends objects that hold themselves
_BODIES: Final = ("articleBody", "text", "description", "abstract")
_UPDATES: Final = ("liveBlogUpdate", "liveBlogUpdates", "blogPost", "blogPosts")
_PLACES: Final = ("url", "embedUrl", "contentUrl")
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
_POSTS: Final = frozenset({"BlogPosting", "Article", "NewsArticle", "SocialMediaPosting"})
_PREFIX: Final = re.compile(r"^(?:schema:|https?://(?:www\.)?schema\.org/)(?=\w)")
_REFERENCE: Final = re.compile(r"\S*[#/:]\S*")  # a text that can only be an @id or an address
# What addresses of one picture in several sizes differ in.
_SIZE_IN_PATH: Final = re.compile(r"[-_]?\d{1,4}x\d{1,4}")
_SIZE_NAMES: Final = frozenset(
    {"w", "h", "width", "height", "fit", "crop", "resize", "size", "s", "q", "quality", "auto", "ar", "ratio"}
)


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
                elif _is_numbered(item):
                    yield from self.each(list(item.values()), depth + 1)
                else:
                    yield item

    def updates(self, value: object) -> Iterator[Item]:
        """As `each`, and something for whatever else stands among them, so that nothing is passed over.

        A text is an update's body; a reference that leads nowhere and a number are empty updates.
        """
        for one in flat(value):
            if isinstance(one, dict) or (isinstance(one, str) and one in self._by_id):
                yield from self.each(one)
            elif isinstance(one, str) and one.strip() and not _REFERENCE.fullmatch(one.strip()):
                yield {"articleBody": one}
            else:
                yield {"@id": str(one)}


def _is_numbered(item: Item) -> bool:
    """Whether it is a list that a program wrote as an object: {"0": …, "2": …}."""
    return bool(item) and all(name.isdecimal() for name in item)


def _objects(values: list[object]) -> Iterator[Item]:
    """Every object in the values, outer before inner, in order, with short names. Without recursion."""
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            _shorten_names(value)
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _shorten_names(item: dict[str, object]) -> None:
    """Name properties as schema.org's own context does: "schema:url" and "https://schema.org/url" are "url"."""
    for name in [name for name in item if _PREFIX.match(name)]:
        item.setdefault(_PREFIX.sub("", name), item.pop(name))
    if "@type" not in item and "type" in item:
        item["@type"] = item.pop("type")
        if "@id" not in item and isinstance(item.get("id"), str):
            item["@id"] = item.pop("id")


def types(item: Item) -> set[str]:
    """The local names of an object's types: {"LiveBlogPosting"}."""
    return {re.split(r"[/#:]", str(each))[-1] for each in flat(item.get("@type"))}


def flat(value: object, depth: int = 0) -> Iterator[object]:
    """`value` as a sequence, whatever it is; lists in lists and {"@list": …} are opened."""
    if isinstance(value, list):
        for each in value if depth < _DEPTH else ():
            yield from flat(each, depth + 1)
    elif isinstance(value, dict) and ("@list" in value or "@set" in value):
        yield from flat(value.get("@list") or value.get("@set"), depth + 1)
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
        if found := list(graph.updates(item.get(name))):
            return found
    parts = [part for part in graph.each(item.get("hasPart")) if types(part) & _POSTS]
    return parts or _pointing_at(item, graph)


def _pointing_at(item: Item, graph: Graph) -> list[Item]:
    """The posts that say they are part of it, where it does not name them itself."""
    name = item.get("@id")
    if not isinstance(name, str) or not name:
        return []
    posts = [each for each in graph.items if each is not item and types(each) & _POSTS]
    return [post for post in posts if name in map(_address, flat(post.get("isPartOf")))]


def blog_of(item: Item, graph: Graph, base_url: str) -> FoundBlog:
    """What the live blog's own object says; its updates are added by `add_updates`."""
    page = next(iter(graph.each(item.get("mainEntityOfPage"))), {})
    address = text_of(item.get("url")) or text_of(page.get("@id")) or text_of(item.get("mainEntityOfPage"))
    event = next((each for each in graph.each(item.get("about")) if _is_event(each)), {})
    blog = FoundBlog(
        headline=text_of(item.get("headline")) or text_of(item.get("name")),
        standfirst=text_of(item.get("description")) or text_of(item.get("abstract")),
        url=absolute(base_url, address or text_of(item.get("@id"))),
        language=text_of(item.get("inLanguage")),
        publisher=text_of([graph.resolved(each) for each in graph.each(item.get("publisher"))])
        or text_of(item.get("publisher")),
        byline=_people(item, graph),
        event_name=text_of(event.get("name")),
        event_place=_place_of(event.get("location"), graph),
        event_start=moment_of(event.get("startDate")),
        start=moment_of(item.get("coverageStartTime")) or moment_of(event.get("startDate")),
        end=moment_of(item.get("coverageEndTime")),
        published=moment_of(item.get("datePublished")),
        modified=moment_of(item.get("dateModified")),
        pictures=[picture.src for picture in _pictures(item.get("image"), graph, base_url)],
    )
    if not blog.url.startswith(("http://", "https://")):
        blog.url = ""
    return blog


def _is_event(item: Item) -> bool:
    return bool(item.get("startDate")) or any(name.endswith("Event") for name in types(item))


def _place_of(value: object, graph: Graph) -> str:
    """A place's name, or else its address, however it is written."""
    for place in graph.each(value):
        parts = [graph.resolved(each) for each in graph.each(place.get("address"))]
        towns = [text_of(part.get("addressLocality")) for part in parts]
        if found := text_of(place.get("name")) or text_of(place.get("address")) or text_of(towns):
            return found
    return text_of(value)


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
    if item.keys() <= {"@id", "@type"} and update.id:
        update.lost.append(f"It only names {update.id[:100]!r}, which is not in the file.")
    update.pictures = _each_once(_pictures(item.get("image"), graph, base_url))
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
            text for each in flat(item.get(name)) for text in _names_of(each, graph) if text.lower() != "null"
        ]
        if found := names(values):
            return found
    return ()


def _names_of(value: object, graph: Graph) -> Iterator[str]:
    """What a person or an organisation is called; one object may stand for several."""
    if not isinstance(value, dict):
        yield text_of(value)
        return
    person = graph.resolved(value)
    found = [text for each in flat(person.get("name")) if (text := text_of(each))]
    yield from found or [f"{text_of(person.get('givenName'))} {text_of(person.get('familyName'))}".strip()]


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
        if isinstance(each, str) and each.strip():
            yield FoundPicture(absolute(base_url, graph_url(graph.by_name(each)) or each))
        elif isinstance(each, dict) and (item := graph.resolved(each)).keys() - {"@type"}:
            yield FoundPicture(
                src=absolute(base_url, address) if (address := graph_url(item)) else "",
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


def _each_once(pictures: Iterable[FoundPicture]) -> list[FoundPicture]:
    """One of each picture: search engines ask for the same one in three shapes. The widest, else the first."""
    kept: dict[str, FoundPicture] = {}
    for picture in pictures:
        name = _without_size(picture.src)
        if name not in kept or picture.width > kept[name].width:
            kept[name] = picture
    return list(kept.values())


def _without_size(address: str) -> str:
    path, _, query = address.partition("?")
    parts = [part for part in query.split("&") if part.partition("=")[0].lower() not in _SIZE_NAMES]
    return f"{_SIZE_IN_PATH.sub('', path)}?{'&'.join(parts)}"


def graph_url(item: Item | None) -> str:
    """Where the thing that an object describes can be had."""
    if item is None:
        return ""
    places = [_address(item.get(key)) for key in ("contentUrl", "url", "embedUrl")]
    name = text_of(item.get("@id"))
    return next((place for place in [*places, "" if "#" in name else name] if place), "")


def _address(value: object) -> str:
    """The first address in `value`, which may stand in an object of its own: {"@id": "https://…"}."""
    for each in flat(value):
        text = (
            text_of(each.get("@id") or each.get("url") or each) if isinstance(each, dict) else text_of(each)
        )
        if text.strip():
            return text
    return ""


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
        address = next((text for key in _PLACES if (text := _address(item.get(key)))), "")
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

"""schema.org in a page's own tags (microdata): a LiveBlogPosting and its updates.

Called by `detect.py`. May import this room. Source: html.spec.whatwg.org, section 5 (microdata).
Items become the same objects that JSON-LD would give, with the html of texts; `schemaorg.py` reads both.
"""

from typing import Final

from lxml import html as lxml_html
from lxml.html import HtmlElement

from stoppress.archive.dates import Habits, read_when
from stoppress.archive.found import FoundBlog
from stoppress.archive.readers import page as pages
from stoppress.archive.readers import schemaorg, siblings
from stoppress.archive.readers.entries import entry_of, is_junk, is_tag, words_of
from stoppress.archive.readers.page import Page
from stoppress.archive.readers.schemaorg import Graph, Item

_DEPTH: Final = 12  # of items in items
_POSTS: Final = frozenset({"BlogPosting", "Article", "NewsArticle", "SocialMediaPosting", "Comment"})
_PARAGRAPHS: Final = frozenset({"p", "blockquote", "table"})
_ASIDE: Final = frozenset({"nav", "footer", "header", "aside", "form", "button"})
_TEXTS: Final = frozenset({"articleBody", "text", "description"})
_WORDS: Final = frozenset(
    {"author", "creator", "headline", "name", "publisher", "caption"}
)  # never an address
_ADDRESS_OF: Final = {
    **dict.fromkeys(("a", "link", "area"), "href"),
    **dict.fromkeys(("img", "audio", "video", "embed", "iframe", "source", "track"), "src"),
    "object": "data",
}


def blog_in(page: Page, around: list[object]) -> FoundBlog | None:
    """The live blog that the page's tags declare, or None.

    `around`: the page's JSON-LD, whose event may tell the day, and whose site the publisher's name.
    """
    root = next(
        (each for each in page.tree.iter() if is_tag(each) and _type(each) == "LiveBlogPosting"), None
    )
    if root is None:
        return None
    item = _item(root, page.tree, 0)
    graph = Graph([item])
    blog = schemaorg.blog_of(item, graph, page.base)
    add_surroundings(blog, around)
    pages.complete(blog, page)
    updates = schemaorg.updates_in(item, graph) or _nested(root, page.tree)
    if updates:
        schemaorg.add_updates(blog, updates, graph, page.base)
    else:
        siblings.add_siblings(blog, root, page.base, habits_of(blog))
    return blog


def add_surroundings(blog: FoundBlog, values: list[object]) -> None:
    """Take the start from an event that the page describes, and the publisher's name, where none is found yet."""
    for item in Graph(values).items:
        kinds = schemaorg.types(item)
        if blog.start is None and any(kind.endswith("Event") for kind in kinds):
            blog.start = schemaorg.moment_of(item.get("startDate"))
        if not blog.publisher and kinds & {"WebSite", "Organization", "NewsMediaOrganization"}:
            blog.publisher = schemaorg.text_of(item.get("name"))


def habits_of(blog: FoundBlog) -> Habits:
    """How the page's dates are meant, as far as its own dates tell."""
    days = [read_when(value).day for value in (blog.start, blog.published, blog.modified)]
    return Habits(year=next((day.year for day in days if day), None))


def _type(element: HtmlElement) -> str:
    if element.get("itemscope") is None:
        return ""
    return (element.get("itemtype") or "").rstrip("/").rpartition("/")[2]


def _nested(root: HtmlElement, tree: HtmlElement) -> list[Item]:
    """Posts inside the live blog's element that no property ties to it."""
    return [
        _item(each, tree, 1)
        for each in root.iter()
        if is_tag(each) and each is not root and _type(each) in _POSTS
    ]


def _item(element: HtmlElement, tree: HtmlElement, depth: int) -> dict[str, object]:
    """The element's item as an object; a text property keeps its html."""
    item: dict[str, object] = {"@type": [_type(element)]}
    if name := element.get("itemid") or element.get("id"):
        item["@id"] = name
    for holder in _properties(element, tree):
        value = _value(holder, tree, depth)
        for prop in (holder.get("itemprop") or "").split():
            name = prop.rpartition("/")[2]
            listed = item.setdefault(name, [])
            if isinstance(listed, list) and value not in ("", None):
                listed.append(value)
    if _type(element) != "LiveBlogPosting" and not any(item.get(name) for name in _TEXTS):
        item["articleBody"] = _rest(element)
    elif _type(element) in _POSTS:
        item |= _beside(element)
    return item


def _beside(element: HtmlElement) -> dict[str, object]:
    """Paragraphs and pictures of an item that no property holds, under names by which `skipped` tells them."""
    found: dict[str, object] = {}
    waiting = list(element)
    while waiting:
        each = waiting.pop()
        if not is_tag(each) or each.get("itemprop") or each.tag in _ASIDE or is_junk(each):
            continue
        if each.tag in _PARAGRAPHS and words_of(each):
            found["(text beside its articleBody)"] = True
        elif each.tag == "img" and (each.get("src") or each.get("data-src")):
            found["(pictures beside its articleBody)"] = True
        else:
            waiting.extend(each)
    return found


def _properties(element: HtmlElement, tree: HtmlElement) -> list[HtmlElement]:
    """The elements that carry this item's properties: below it, not below an inner item, or named by itemref."""
    found: list[HtmlElement] = []
    waiting = list(reversed(element))
    for name in (element.get("itemref") or "").split():
        waiting += [each for each in tree.xpath("//*[@id=$name]", name=name)[:1] if each is not element]
    seen: set[HtmlElement] = set()
    while waiting:
        each = waiting.pop()
        if not is_tag(each) or each in seen:
            continue
        seen.add(each)
        if each.get("itemprop"):
            found.append(each)
        if each.get("itemscope") is None:
            waiting.extend(reversed(each))
    return found


def _value(holder: HtmlElement, tree: HtmlElement, depth: int) -> object:
    names = set((holder.get("itemprop") or "").split())
    if holder.get("itemscope") is not None:
        return _item(holder, tree, depth + 1) if depth < _DEPTH else words_of(holder)
    if content := holder.get("content"):
        return content
    if holder.get("datetime"):
        return holder.get("datetime")
    attribute = _ADDRESS_OF.get(str(holder.tag))
    if attribute and (address := holder.get(attribute)):
        return words_of(holder) if names & _WORDS and words_of(holder) else address
    if names & _TEXTS and len(holder):
        return "".join(
            [holder.text or "", *(lxml_html.tostring(each, encoding="unicode") for each in holder)]
        )
    return words_of(holder)


def _rest(element: HtmlElement) -> str:
    """The html of an item that marks no text: all of it but what its other properties say."""
    bare = entry_of(element, Habits())
    root = lxml_html.fragment_fromstring(bare.html or "<p></p>", create_parent="div")
    for each in list(root.iter()):
        if is_tag(each) and each is not root and each.get("itemprop") and each.getparent() is not None:
            each.drop_tree()
    return str(lxml_html.tostring(root, encoding="unicode"))

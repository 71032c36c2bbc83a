"""Live blogs as JSON-LD: a page's script elements, or a file that is nothing but JSON.

Called by `detect.py`. May import this room.
"""

import re
from typing import Final

from stoppress.archive import lenient
from stoppress.archive.blocks import absolute
from stoppress.archive.found import FoundBlog
from stoppress.archive.readers import page as pages
from stoppress.archive.readers import schemaorg
from stoppress.archive.readers.page import Page
from stoppress.archive.readers.schemaorg import Graph, Item
from stoppress.archive.words import one_line

_SCRIPT: Final = re.compile(
    r"""<script\b[^>]{0,2000}\btype\s*=\s*["']?\s*application/(?:[a-z.]+\+)?ld\+json[^>]*>(.*?)(?:</script|\Z)""",
    re.IGNORECASE | re.DOTALL,
)


def scripts_of(text: str, blog: FoundBlog) -> list[object]:
    """The JSON values of all scripts of a page; those that cannot be read are named in `blog.skipped`."""
    values: list[object] = []
    for number, found in enumerate(_SCRIPT.finditer(text), 1):
        try:
            values += lenient.parse(found[1])
        except lenient.BrokenJson as broken:
            if (value := lenient.value_at(text, found.start(1))) is not None:
                values.append(value)  # a "</script" in one of its texts ended it too early
            elif "LiveBlogPosting" in found[1] or "liveBlogUpdate" in found[1]:
                blog.skip(f"script {number}", f"It was not kept: {broken}.")
    return values


def blog_in(values: list[object], page: Page | None, source_url: str) -> FoundBlog | None:
    """The live blog among the values, with the page's own words where the values have none; or None."""
    graph = Graph(values)
    items = [item for item in graph.items if schemaorg.has_updates(item)]
    if not items:
        return None
    base_url = page.base if page else source_url
    main = max(items, key=lambda item: len(schemaorg.updates_in(item, graph)))
    blog = schemaorg.blog_of(main, graph, base_url)
    if not base_url.startswith("http"):  # the page names no address of its own: its live blog may
        base_url = absolute(blog.url, base_url)
        blog = schemaorg.blog_of(main, graph, base_url)
    if page is not None:
        pages.complete(blog, page)
        base_url = page.base
    schemaorg.add_updates(blog, schemaorg.updates_in(main, graph), graph, base_url)
    for item in items:
        if item is not main:
            _add_other(blog, item, graph, base_url)
    if blog.updates and (text := schemaorg.text_of(main.get("articleBody"))):
        blog.skip(
            "articleBody", f"The page's own text ({len(text):,} characters) was not kept; its updates were."
        )
    return blog


def _add_other(blog: FoundBlog, item: Item, graph: Graph, base_url: str) -> None:
    """Updates of a second object for the same page belong to it; another live blog is only named."""
    updates = schemaorg.updates_in(item, graph)
    if not updates:
        return
    other = schemaorg.blog_of(item, graph, base_url)
    if one_line(other.headline) == one_line(blog.headline) or (other.url and other.url == blog.url):
        schemaorg.add_updates(blog, updates, graph, base_url)
    else:
        blog.skip("the file", f"Another live blog in it was not kept: {one_line(other.headline)[:100]!r}.")

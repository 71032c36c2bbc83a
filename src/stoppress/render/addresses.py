"""Addresses and ids as other systems see them: always absolute, never changing for one post.

Called by `jsonld.py`, `feeds.py` and `ninjs.py`. May import `lib` and `facts.py`.
"""

import re
import uuid
from collections.abc import Iterable
from urllib.parse import quote, urljoin

from stoppress.render.facts import AuthorFacts, BlogFacts

# Any fixed value will do; changing it would make every post new to every feed reader.
_ENTRY_IDS = uuid.UUID("6f0c7b5e-5f0e-4c53-9a35-0d3f4b1c8a71")

# A path from the root, without the parts that joining would resolve.
_OWN = re.compile(r"/[a-z0-9-]+(?:/[a-z0-9-]+)*(?:\.[a-z0-9]+)?\Z")

# One start tag of our own renderers: double-quoted attributes, so that a ">" in a value is no end.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)+\s*/?>')
_ADDRESS = re.compile(r'(\s(?:src|href)=")(/[^"]*)')
_SRCSET = re.compile(r'(\ssrcset=")([^"]*)')
_SRCSET_PART = re.compile(r"(^|,\s*)(/)")


def post_url(blog: BlogFacts, post_id: str) -> str:
    """The post's own page."""
    return f"{blog.url}/posts/{post_id}"


def anchor_url(blog: BlogFacts, post_id: str) -> str:
    """The post inside the live page: what structured data calls it."""
    return f"{blog.url}#post-{post_id}"


def entry_id(post_id: str) -> str:
    """What every feed calls the post: the same after every edit, and when the newsroom moves to another host.

    A `tag:` id (RFC 4151) would change with the host; a name-based UUID (RFC 9562, version 5) does not.
    """
    return f"urn:uuid:{uuid.uuid5(_ENTRY_IDS, post_id)}"


def author_pages(authors: Iterable[AuthorFacts], blog: BlogFacts) -> dict[str, str]:
    """Where the page of each of them is, by their printed names."""
    return {author.name: f"{blog.site.public_url}/by/{quote(author.slug)}" for author in authors}


def absolute(public_url: str, address: str) -> str:
    """`address` as it is when it names a host, else under `public_url`, which is an origin."""
    if _OWN.match(address):
        return public_url + address  # as below, at a tenth of the price
    return urljoin(public_url + "/", address)


def absolute_html(html: str, public_url: str) -> str:
    """Our own html with every `/…` address in `src`, `srcset` and `href` made absolute."""

    def tag(match: re.Match[str]) -> str:
        text = _ADDRESS.sub(rf"\g<1>{public_url}\g<2>", match[0])
        return _SRCSET.sub(lambda found: found[1] + _SRCSET_PART.sub(rf"\g<1>{public_url}/", found[2]), text)

    return _TAG.sub(tag, html)

"""Addresses of an exported site. PURE: which of a live blog's addresses become files, and pages whose links lead there.

Called by `site.py`. The pages are ours: every `<`, `>` and `"` in a text or a value is escaped, so that tags can be
found by their brackets. What would ask a server for something (scripts, forms, discovery) is left out of a copy.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

# Addresses below `/live/{slug}` that become files, and their names.
_FILES = (
    (re.compile(r"/print"), "print{from}.html"),
    (re.compile(r"/(corrections|claims)"), "{0}.html"),
    (re.compile(r"/(feed\.atom|feed\.rss|feed\.json|ninjs\.json)"), "{0}"),
    (re.compile(r"/posts/(\w+)"), "posts/{0}.html"),
    (re.compile(r"/posts/(\w+)/history"), "posts/{0}/history.html"),
    (re.compile(r"/posts/(\w+)/(annotations\.json)"), "posts/{0}/{1}"),
)
SEEDS = (
    "",
    "?order=oldest",
    "?order=newest",
    "/print",
    "/corrections",
    "/claims",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/ninjs.json",
)
_RESOURCES = ("/static/", "/media/", "/theme/")
_LOADED = frozenset({"stylesheet", "icon", "apple-touch-icon"})  # links that a copy has a use for …
_NAMED = frozenset({"canonical", "alternate", "prev", "next"})  # … and those that only name an address
_GONE = re.compile(
    r'<noscript>.*?</noscript>|<form\b.*?</form>|<script\b[^>]*\bsrc=[^>]*></script>|<div id="live-bar"></div>',
    re.DOTALL,
)
_TAG = re.compile(r"<(a|area|link|img|source|video|audio|track)\b([^<>]*)>")
_VALUE = re.compile(r'\b(href|src|srcset|poster)="([^"]*)"')
_REL = re.compile(r'\brel="([^"]*)"')
_STYLE_URL = re.compile(r"url\((['\"]?)([^'\")]+)\1\)")
_PLACE = re.compile(r'<main id="live"[^>]* data-leaf="(\d+)"[^>]* data-order="(\w+)"')

NameOf = Callable[[str], str | None]


def is_live_page(slug: str, address: str) -> bool:
    """Whether the address is one of the live blog's pages of posts, which only its answer can name."""
    return urlsplit(address).path == f"/live/{slug}"


def place_of(page: str) -> str:
    """Which page of posts this is: its order and its leaf."""
    found = _PLACE.search(page)
    return f"{found[2]}-{found[1]}" if found else ""


def file_for(slug: str, address: str) -> str | None:
    """The file that an address becomes, if it is part of a copy at all (and no page of posts)."""
    parts = urlsplit(address)
    if parts.path.startswith(_RESOURCES):
        return parts.path.lstrip("/")
    base = f"/live/{slug}"
    if not parts.path.startswith(f"{base}/"):
        return None
    first = parse_qs(parts.query).get("from", [""])[0]
    for pattern, name in _FILES:
        found = pattern.fullmatch(parts.path.removeprefix(base))
        if found:
            return name.replace("{from}", f"-{first}" if first else "").format(*found.groups())
    return None


def addresses_in(page: str, public_url: str) -> Iterator[str]:
    """Every address on this site that the page leads to or loads, without what follows a `#`."""
    for name, values in _tags(page):
        for attribute, value in _VALUE.findall(values):
            if name == "link" and not _kinds(values) & _LOADED:
                continue
            for address in _each(attribute, unescape(value)):
                own = _own(address, public_url)
                if own is not None:
                    yield own.partition("#")[0]


def addresses_in_styles(sheet: str, address: str) -> Iterator[str]:
    """The same of a style sheet that stands at `address`."""
    for _, found in _STYLE_URL.findall(sheet):
        if not found.startswith(("data:", "#")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(address), found))


def as_copy(page: str, file: str, public_url: str, name_of: NameOf) -> str:
    """The page as `file` of the copy: links to what is in it are relative, others lead to the live site."""
    return _TAG.sub(lambda tag: _tag(tag, file, public_url, name_of), _GONE.sub("", page))


def styles_as_copy(sheet: str, address: str, file: str, name_of: NameOf) -> str:
    """The style sheet with relative addresses."""

    def put(found: re.Match[str]) -> str:
        if found[2].startswith(("data:", "#")):
            return found[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(address), found[2]))
        name = name_of(target)
        return f'url("{_between(file, name)}")' if name else found[0]

    return _STYLE_URL.sub(put, sheet)


def _tags(page: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(_GONE.sub("", page)):
        yield tag[1], tag[2]


def _kinds(values: str) -> set[str]:
    found = _REL.search(values)
    return set(found[1].split()) if found else set()


def _tag(tag: re.Match[str], file: str, public_url: str, name_of: NameOf) -> str:
    if tag[1] == "link" and not _kinds(tag[2]) & _LOADED:
        return tag[0] if _kinds(tag[2]) & _NAMED and "oembed" not in tag[2] else ""
    new = _VALUE.sub(lambda value: _value(value, file, public_url, name_of), tag[2])
    return f"<{tag[1]}{new}>"


def _value(value: re.Match[str], file: str, public_url: str, name_of: NameOf) -> str:
    new = [
        (_put(part, file, public_url, name_of), rest) for part, rest in _split(value[1], unescape(value[2]))
    ]
    return f'{value[1]}="{escape(", ".join(part + rest for part, rest in new))}"'


def _put(address: str, file: str, public_url: str, name_of: NameOf) -> str:
    own = _own(address, public_url)
    if own is None:
        return address
    target, hash_, place = own.partition("#")
    name = name_of(target)
    return f"{_between(file, name)}{hash_}{place}" if name else f"{public_url}{own}"


def _own(address: str, public_url: str) -> str | None:
    """The address from the site's root on, or None when it is another site's or a place on the same page."""
    if address == public_url or address.startswith(f"{public_url}/"):
        return address.removeprefix(public_url) or "/"
    return address if address.startswith("/") and not address.startswith("//") else None


def _between(file: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(file) or ".")


def _split(attribute: str, value: str) -> list[tuple[str, str]]:
    """Addresses, each with what follows it: of `srcset` the width."""
    if attribute != "srcset":
        return [(value, "")]
    candidates = [candidate.strip().partition(" ") for candidate in value.split(",")]
    return [(address, f"{space}{width}") for address, space, width in candidates]


def _each(attribute: str, value: str) -> Iterator[str]:
    return (address for address, _ in _split(attribute, value))

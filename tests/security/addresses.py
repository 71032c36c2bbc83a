"""Every address of the product, read from the lists that the product itself answers by. Called by the sweeps.

Nothing here is written down twice: a route that somebody adds is in the sweeps the same minute.
"""

import re
from collections.abc import Iterator, Mapping

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver, get_resolver

from stoppress.edge.app import ROUTES, Handler
from stoppress.edge.routes import _Step

SAFE = ("GET", "HEAD", "OPTIONS")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
METHODS = (*SAFE, *UNSAFE)
_CONVERTER = re.compile(r"<[a-z]+:")


def django_routes() -> list[str]:
    """Desk, sign-in and API as `/desk/live/<slug>/`, each once, in the order of the resolver."""
    found = (_shown(path) for path in _walked(get_resolver(), "/"))
    return list(dict.fromkeys(found))


def desk_routes() -> list[str]:
    """Those below /desk/, with sign-in."""
    return [route for route in django_routes() if route.startswith("/desk/")]


def api_routes() -> list[str]:
    """Those below /api/."""
    return [route for route in django_routes() if route.startswith("/api/")]


def edge_routes() -> list[str]:
    """The public ones, as `/live/<slug>`."""
    return [path.replace("{", "<").replace("}", ">") for path in _stepped(ROUTES._root, "")]


def filled(route: str, values: Mapping[str, str]) -> str:
    """The path with `values` in it; a placeholder without a value is a fault of the caller's."""
    for name, value in values.items():
        route = route.replace(f"<{name}>", value)
    assert "<" not in route, f"no value for {route}: give `values` one"
    return route


def _walked(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walked(entry, path)
        else:
            assert isinstance(entry, URLPattern)
            yield path


def _shown(path: str) -> str:
    """`/desk/live/<slug:slug>/` and `/desk/^key/(?P<key>.+)/$` without converters and anchors."""
    if "(?P" in path:
        return simplify_regex(path.replace("/^", "/"))
    return _CONVERTER.sub("<", path)


def _stepped(step: "_Step[Handler]", path: str) -> Iterator[str]:
    if step.handler is not None:
        yield path
    for word, following in step.words.items():
        yield from _stepped(following, f"{path}/{word}")
    if step.value is not None:
        yield from _stepped(step.value, f"{path}/{{value}}")

"""What every answer carries, errors too, on a real server that is told that its readers come by https."""

import json
import re
from collections.abc import Iterator, Mapping

import pytest
from tests.e2e.server import EMAIL, PASSWORD
from tests.security.addresses import SAFE, UNSAFE, desk_routes, edge_routes
from tests.security.conftest import Street
from tests.security.expectations import EDGE
from tests.security.observatory import directives, grade, score
from tests.security.wire import PUBLIC_URL, Reply, ask

pytestmark = pytest.mark.faults

PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HTML = {"Accept": "text/html"}
BROAD = frozenset(
    {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "filesystem:"}
)
QUERIES = {"/live/<value>/changes": "?after=0", "/live/<value>/since": "?after=0"}


def _public_path(street: Street, route: str) -> str:
    """A public route with what stands on the street in it."""
    if route.startswith("/media"):
        return street.values["picture"]
    if route.startswith("/static"):
        page = ask(street.server, "GET", "/").text
        found = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert found
        return found[1]
    if route == "/live/<value>/at/<value>":
        return f"/live/{street.values['slug']}/at/2020-01-01T00:00:00Z"
    slug, post = street.values["slug"], street.values["post_id"]
    return route.replace("<value>", slug, 1).replace("<value>", post) + QUERIES.get(route, "")


def _faults(answer: Reply, *, framed: bool = False) -> list[str]:
    """What is missing from the headers of any answer of ours; `framed`: it is made to stand in other sites' pages."""
    headers = answer.headers
    policy = directives(headers.get("content-security-policy", ""))
    if framed and policy.get("frame-ancestors") == ["*"]:
        policy["frame-ancestors"] = ["'none'"]
    wrong = [*_policy_faults(policy)]
    if headers.get("x-content-type-options") != "nosniff":
        wrong.append("no nosniff")
    if headers.get("referrer-policy") not in PRIVATE:
        wrong.append("the referrer is not private")
    if "includesubdomains" not in headers.get("strict-transport-security", "").lower():
        wrong.append("no HSTS")
    if not headers.get("cross-origin-resource-policy"):
        wrong.append("no CORP")
    if headers.get("content-type", "").startswith("text/html") and not framed:
        wrong += _page_faults(headers)
    if {"server", "x-powered-by"} & set(headers):
        wrong.append("tells what it is made of")
    return wrong


def _policy_faults(policy: dict[str, list[str]]) -> Iterator[str]:
    for name in ("default-src", "frame-ancestors", "base-uri"):
        if policy.get(name) != ["'none'"]:
            yield f"{name} is not 'none'"
    if policy.get("form-action") not in (["'self'"], ["'none'"]):
        yield "form-action is open"
    for name, sources in policy.items():
        if set(sources) & BROAD or (
            name not in ("frame-src", "img-src") and any("." in one for one in sources)
        ):
            yield f"{name} is broad: {sources}"


def _page_faults(headers: Mapping[str, str]) -> Iterator[str]:
    for name in ("cross-origin-opener-policy", "cross-origin-resource-policy"):
        if headers.get(name) != "same-origin":
            yield f"{name} is open"
    if "charset" not in headers["content-type"]:
        yield "no charset"


@pytest.mark.parametrize("route", edge_routes())
def test_public_addresses_answer_as_the_table_says(street: Street, route: str) -> None:
    path = _public_path(street, route)
    framed = route.startswith("/embed/")
    local = 200 if route == "/metrics" else EDGE[route]
    expected = dict.fromkeys(("GET", "HEAD"), local) | {"OPTIONS": 204} | dict.fromkeys(UNSAFE, 405)
    for method in (*SAFE, *UNSAFE, "TRACE", "CONNECT", "PROPFIND"):
        answer = ask(street.server, method, path, **HTML)
        assert answer.status == expected.get(method, 405), method
        assert not _faults(answer, framed=framed), (method, answer.headers)
        assert not answer.cookies
    path = path.partition("?")[0]
    for other in (f"{path}/", path.upper(), f"/{path}", f"{path}%00", f"{path}%2f", f"{path};x"):
        if other not in (path, "//"):
            answer = ask(street.server, "GET", other, **HTML)
            assert answer.status == 404, other
            assert not _faults(answer, framed=framed), other


def _signed_in(street: Street) -> str:
    """The session of the editor, as a Cookie header."""
    page = ask(street.server, "GET", "/desk/account/login/", **HTML)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    jar = "; ".join(cookie.split(";")[0] for cookie in page.cookies)
    fields = f"csrfmiddlewaretoken={token[1]}&login={EMAIL}&password={PASSWORD}"
    done = ask(
        street.server,
        "POST",
        "/desk/account/login/",
        fields.encode(),
        Cookie=jar,
        Origin=PUBLIC_URL,
        Referer=f"{PUBLIC_URL}/desk/account/login/",
        Content_Type="application/x-www-form-urlencoded",
    )
    assert done.status == 302, done.text
    assert not [fault for cookie in (*page.cookies, *done.cookies) if (fault := _cookie_fault(cookie))]
    return "; ".join(cookie.split(";")[0] for cookie in done.cookies)


def _cookie_fault(cookie: str) -> str:
    words = {word.strip().lower() for word in cookie.split(";")[1:]}
    good = {"secure", "httponly", "path=/"} <= words and bool(words & {"samesite=lax", "samesite=strict"})
    good = good and cookie.startswith("__Host-") and not any(word.startswith("domain") for word in words)
    return "" if good else cookie


def _desk_paths(street: Street) -> Iterator[str]:
    values = {"slug": "surge", "post_id": street.values["post_id"], "secret": "x", "key": "x", "uidb36": "1"}
    for route in desk_routes():
        yield re.sub("<([a-z_0-9]+)>", lambda found: values.get(found[1], "1"), route)


def test_every_answer_of_the_desk_is_protected(street: Street) -> None:
    session = _signed_in(street)
    wrong = []
    for path in (*_desk_paths(street), "/desk/nowhere/", "/desk", "/desk/account/nowhere/"):
        for method, cookie in (("GET", ""), ("GET", session), ("POST", session), ("PUT", session)):
            answer = ask(street.server, method, path, Cookie=cookie, **HTML)
            wrong += [f"{method} {path} {answer.status}: {fault}" for fault in _faults(answer)]
            wrong += [f"{method} {path}: {cookie}" for cookie in answer.cookies if _cookie_fault(cookie)]
            if "no-store" not in answer.headers.get("cache-control", ""):
                wrong.append(f"{method} {path}: may be kept")
    assert not wrong


def test_every_answer_of_the_api_is_protected(street: Street) -> None:
    wrong = []
    for token in ("", street.token):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE"):
            for path in (
                "/api",
                "/api/",
                "/api/v1/liveblogs",
                "/api/v1/media",
                "/api/v1/openapi.json",
                "/api/v2",
            ):
                answer = ask(street.server, method, path, **headers)
                wrong += [f"{method} {path} {answer.status}: {fault}" for fault in _faults(answer)]
                assert not answer.cookies
                assert "access-control-allow-origin" not in answer.headers
    assert not wrong


PAGES = {
    "reader page": "/live/surge",
    "front": "/",
    "post page": "/live/surge/posts/POST",
    "withdrawn post": "/live/surge/posts/GONE",
    "sign-in": "/desk/account/login/",
    "desk": "/desk/",
    "desk of a live blog": "/desk/live/surge/",
    "a feed's page that there is not": "/live/surge/feed.atom?page=9",
    "no page": "/nowhere",
    "no page of the desk": "/desk/nowhere/",
    "API error": "/api/v1/liveblogs",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_observatory_would_give_the_best_mark(street: Street, name: str) -> None:
    path = PAGES[name].replace("POST", street.values["post_id"]).replace("GONE", street.values["gone"])
    session = _signed_in(street) if path.startswith("/desk/") and "login" not in path else ""
    accepts = {"Accept": "application/json"} if path.startswith("/api/") else HTML
    answer = ask(street.server, "GET", path, Cookie=session, **accepts)
    assert grade(score(answer.headers, answer.cookies, answer.text)) == "A+", answer.headers


def test_the_sums_are_the_observatorys() -> None:
    assert score({}) == 100 - 25 - 20 - 20 - 5
    framed = {"content-security-policy": "default-src 'self'; frame-ancestors 'self'"}
    assert (
        score(framed | {"x-content-type-options": "nosniff", "strict-transport-security": "max-age=9"}) == 100
    )
    cookies = ["__Host-a=b; Path=/; Secure"]
    assert score({"content-security-policy": "script-src 'unsafe-inline'"}, cookies) == 0
    best = {
        "content-security-policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
        "strict-transport-security": "max-age=63072000; includeSubDomains",
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    good = ["__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Lax"]
    assert score(best, good) == 100 + 10 + 5 + 5 + 10 + 10 + 5
    assert score(best, ["a=b; Secure; HttpOnly"]) == 80  # no extra points below 90
    assert score(best, body='<script src="https://cdn.example/a.js"></script>') == 95 + 40
    assert score(best, body='<script src="http://cdn.example/a.js"></script>') == 50
    assert score(best, body='<script src="/static/a.js"></script>') == score(best)
    assert [grade(points) for points in (140, 100, 99, 89, 84, 50, 24)] == [
        *("A+", "A+", "A", "A-", "B+", "C", "F")
    ]


def test_no_origin_is_echoed_and_only_public_data_is_anyones(street: Street) -> None:
    slug, post = street.values["slug"], street.values["post_id"]
    for path in (
        f"/live/{slug}",
        f"/live/{slug}/posts/{post}",
        "/",
        "/desk/",
        "/api/v1/liveblogs",
        "/metrics",
    ):
        answer = ask(street.server, "GET", path, Origin="https://evil.example")
        assert "access-control-allow-origin" not in answer.headers, path
    for path in (f"/live/{slug}/feed.atom", f"/live/{slug}/changes?after=0"):
        answer = ask(street.server, "GET", path, Origin="https://evil.example")
        assert answer.headers.get("access-control-allow-origin", "*") == "*"
        assert "access-control-allow-credentials" not in answer.headers


def test_errors_of_the_api_are_problems_and_name_the_public_address(street: Street) -> None:
    answer = ask(street.server, "GET", "/api/v1/liveblogs", X_Forwarded_Host="evil.example")
    assert json.loads(answer.body)["type"].startswith(PUBLIC_URL)

"""Every address of the public site, as one request at a time sees it."""

import asyncio
import json

import pytest
from tests.edge.client import ask, get
from tests.edge.readmodel import ReadModel, post_id

from stoppress.edge.app import Edge
from stoppress.edge.asgi import Receive, Scope, Send
from stoppress.lib import limits
from stoppress.lib.ids import BlogId
from stoppress.lib.providers import frame_hosts

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


def test_the_page_is_whole(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    model.post(blog, "The harbour is closed.")
    page = get(edge, "/live/storm")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["stoppress-seq"] == "2"
    assert 'data-seq="2"' in page.text
    assert "The harbour is closed." in page.text
    assert page.headers["content-length"] == str(len(page.body))


def test_a_page_may_frame_the_providers_and_nobody_else(edge: Edge, model: ReadModel) -> None:
    model.blog()
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in get(edge, "/live/storm").headers["content-security-policy"].split(";")
    )
    assert rules["frame-src"].split() == [f"https://{host}" for host in frame_hosts()]
    assert "http" not in " ".join(sources for name, sources in rules.items() if name != "frame-src")
    assert "frame-src" not in get(edge, "/live/storm/feed.json").headers["content-security-policy"]


def test_structured_data_holds_the_posts_that_stand(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    model.post(blog, "One")
    gone = model.post(blog, "Two")
    model.withdraw(blog, gone)
    text = get(edge, "/live/storm").text
    data = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert data == {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "One"}]}


def test_a_reload_shows_the_newest(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    for number in range(5):
        model.post(blog, f"Number {number}.")
        page = get(edge, "/live/storm")
        assert f"Number {number}." in page.text
        assert page.headers["stoppress-seq"] == str(model.newest(blog))


def test_shared_caches_may_keep_a_page_for_a_moment(edge: Edge, model: ReadModel) -> None:
    model.blog()
    for path in ("/", "/live/storm", "/live/storm/feed.atom"):
        caching = get(edge, path).headers["cache-control"]
        assert "public" in caching
        assert "max-age=0" in caching
        assert "stale-if-error=86400" in caching
    assert get(edge, "/live/storm/changes?after=0").headers["cache-control"] == "public, max-age=1"


def test_every_answer_is_protected(edge: Edge, model: ReadModel) -> None:
    model.blog()
    for path in (
        "/",
        "/live/storm",
        "/live/storm/feed.json",
        "/live/storm/ninjs.json",
        "/nowhere",
        "/healthz",
        "/robots.txt",
        "/metrics",
    ):
        headers = get(edge, path, accept=HTML).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "set-cookie" not in headers


def test_feeds_may_be_read_from_anywhere_and_pages_not(edge: Edge, model: ReadModel) -> None:
    model.blog()
    assert (
        get(edge, "/live/storm/feed.json", origin="https://x.example").headers["access-control-allow-origin"]
        == "*"
    )
    assert "access-control-allow-origin" not in get(edge, "/live/storm", origin="https://x.example").headers


# --- older pages ----------------------------------------------------------------------------------------


def test_row_14_older_pages_stay_where_they_are(edge: Edge, model: ReadModel) -> None:
    model.page_posts = 3
    blog = model.blog()
    for number in range(1, 11):
        model.post(blog, f"Number {number}.")
    older = get(edge, f"/live/storm?from={post_id(5)}")
    assert 'data-leaf="2"' in older.text
    assert [f"Number {number}." in older.text for number in range(1, 11)] == [False] * 3 + [True] * 3 + [
        False
    ] * 4
    assert f"/live/storm?from={post_id(3)}" in older.text
    assert f'rel="canonical" href="https://gazette.example/live/storm?from={post_id(6)}"' in older.text
    oldest = get(edge, f"/live/storm?from={post_id(1)}")
    assert f"/live/storm?from={post_id(4)}" in oldest.text
    for _ in range(4):
        model.post(blog)
    assert [f"Number {n}." in get(edge, f"/live/storm?from={post_id(5)}").text for n in (3, 4, 6, 7)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_post_of_the_first_page_leads_to_the_first_page(edge: Edge, model: ReadModel) -> None:
    post = model.post(model.blog())
    first, asked = get(edge, "/live/storm"), get(edge, f"/live/storm?from={post}")
    assert first.body == asked.body
    assert 'rel="canonical" href="https://gazette.example/live/storm"' in asked.text


@pytest.mark.parametrize("name", ["0" * 20, "", "'; DROP TABLE page", "0" * 19, "\x00"])
def test_a_page_from_an_unknown_post_is_not_found(edge: Edge, model: ReadModel, name: str) -> None:
    model.post(model.blog())
    answer = get(edge, f"/live/storm?from={name}")
    assert (answer.status, answer.json()["next_url"]) == (404, "/live/storm")


# --- one post -------------------------------------------------------------------------------------------


def test_a_post_has_a_page_of_its_own(edge: Edge, model: ReadModel) -> None:
    post = model.post(model.blog(), "The bridge is open.")
    page = get(edge, f"/live/storm/posts/{post}")
    assert page.status == 200
    assert "The bridge is open." in page.text
    assert f'rel="canonical" href="https://gazette.example/live/storm/posts/{post}"' in page.text


def test_a_withdrawn_post_is_gone_and_says_so(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    post = model.post(blog, "CANARY")
    assert get(edge, f"/live/storm/posts/{post}").status == 200
    model.withdraw(blog, post)
    page = get(edge, f"/live/storm/posts/{post}")
    assert page.status == 410
    assert "Withdrawn." in page.text


def test_withdrawn_text_is_served_by_no_address(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    post = model.post(blog, "CANARY")
    addresses = [
        "/",
        "/live/storm",
        f"/live/storm?from={post}",
        f"/live/storm/posts/{post}",
        *(f"/live/storm/{name}" for name in ("feed.atom", "feed.rss", "feed.json", "ninjs.json")),
        *(f"/live/storm/changes?after={after}" for after in range(4)),
    ]
    assert any("CANARY" in get(edge, address).text for address in addresses)
    model.withdraw(blog, post)
    for address in addresses:
        assert "CANARY" not in get(edge, address).text


def test_a_post_of_another_live_blog_is_not_found(edge: Edge, model: ReadModel) -> None:
    post = model.post(model.blog("storm"))
    model.blog("council")
    assert get(edge, f"/live/council/posts/{post}").status == 404


# --- what is not there ----------------------------------------------------------------------------------

PATHS = [
    "/live/storm",
    "/live/storm/changes?after=0",
    "/live/storm/feed.atom",
    "/live/storm/feed.rss",
    "/live/storm/feed.json",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_draft_does_not_exist(edge: Edge, model: ReadModel, path: str) -> None:
    model.blog(status="draft")
    hidden = get(edge, path)
    unknown = get(edge, path.replace("storm", "nowhere"))
    assert hidden.status == unknown.status == 404
    assert hidden.body == unknown.body


@pytest.mark.parametrize("path", PATHS)
def test_a_live_blog_taken_back_is_gone_at_once(edge: Edge, model: ReadModel, path: str) -> None:
    blog = model.blog()
    assert get(edge, path).status == 200
    model.status(blog, "draft")
    assert get(edge, path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/live/storm/",
        "/LIVE/storm",
        "/live/Storm",
        "//live/storm",
        "/live//storm",
        "/live/",
        "/live",
        "/live/storm/feed.ATOM",
        "/live/storm/posts/",
        "/live/storm/../storm",
        "/desk/",
        "/api/v1",
        "/.git/config",
        "",
    ],
)
def test_another_spelling_is_another_address(edge: Edge, model: ReadModel, path: str) -> None:
    model.post(model.blog())
    assert get(edge, path).status == 404


def test_a_browser_gets_a_page_and_a_program_gets_json(edge: Edge, model: ReadModel) -> None:
    model.blog()
    page = get(edge, "/live/nowhere", accept=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<a href="/">See all live blogs</a>' in page.text
    problem = get(edge, "/live/nowhere")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json() == {
        "type": "about:blank",
        "title": "No such live blog",
        "status": 404,
        "detail": "There is no live blog at this address.",
        "next_step": "See all live blogs",
        "next_url": "/",
    }
    assert page.headers["cache-control"] == problem.headers["cache-control"] == "no-store"
    assert page.headers["vary"] == "accept, accept-language"


def test_what_went_wrong_stands_under_the_titles_masthead(edge: Edge, model: ReadModel) -> None:
    model.blog()
    page = get(edge, "/live/nowhere", accept=HTML, accept_language="fr").text
    assert '<html lang="fr"' in page
    assert "</head><body><header>Gazette</header>" in page
    assert page.count("<body>") == 1
    assert page.index("</main>") < page.index("<footer>Gazette</footer>")
    model.run("UPDATE publisher SET masthead_html = '</head><body><header>Courier</header>'")
    assert "<header>Courier</header>" in get(edge, "/nowhere", accept=HTML).text
    model.run("DELETE FROM publisher")
    bare = get(edge, "/live/storm/posts/06f2k9a1xq8v3zt0m4hd", accept=HTML)
    assert (bare.status, "<header>" in bare.text, bare.text.count("<body>")) == (404, False, 1)


def test_a_live_blog_that_is_not_public_looks_as_one_that_is_not_there(edge: Edge, model: ReadModel) -> None:
    model.post(model.blog("hidden", status="draft"))
    there, not_there = (get(edge, f"/live/{slug}", accept=HTML) for slug in ("hidden", "nowhere"))
    assert (there.status, there.body, there.headers) == (404, not_there.body, not_there.headers)


# --- methods --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get"])
def test_the_public_site_is_only_read(edge: Edge, model: ReadModel, method: str) -> None:
    model.blog()
    answer = asyncio.run(ask(edge, "/live/storm", method=method))
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert asyncio.run(ask(edge, "/nowhere", method=method)).status == 404


def test_options_names_the_methods(edge: Edge, model: ReadModel) -> None:
    model.blog()
    answer = asyncio.run(ask(edge, "/live/storm", method="OPTIONS"))
    assert (answer.status, answer.headers["allow"], answer.body) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("path", ["/", "/live/storm", "/live/storm/feed.rss", "/robots.txt", "/nowhere"])
def test_head_has_the_headers_of_get(edge: Edge, model: ReadModel, path: str) -> None:
    model.post(model.blog())
    whole = get(edge, path)
    head = asyncio.run(ask(edge, path, method="HEAD"))
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def only(found: object) -> dict[str, object]:
    """The one object in a JSON list."""
    assert isinstance(found, list)
    (one,) = found
    assert isinstance(one, dict)
    return one


# --- changes --------------------------------------------------------------------------------------------


def test_changes_are_the_streams_objects(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    post = model.post(blog, "Water.")
    answer = get(edge, "/live/storm/changes?after=1").json()
    assert answer["seq"] == 2
    change = only(answer["changes"])
    assert (change["kind"], change["id"], change["after"]) == ("post", post, None)
    assert get(edge, "/live/storm/changes?after=2").json() == {"seq": 2, "changes": []}


def test_changes_need_a_number(edge: Edge, model: ReadModel) -> None:
    model.blog()
    answer = get(edge, "/live/storm/changes")
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")


def test_changes_from_the_future_mean_reload(edge: Edge, model: ReadModel) -> None:
    model.blog()
    answer = get(edge, "/live/storm/changes?after=99").json()
    change = only(answer["changes"])
    assert (answer["seq"], change["kind"]) == (1, "reload")
    assert "99" in str(change["why"])


# --- the front page -------------------------------------------------------------------------------------


def test_the_front_page_shows_live_before_closed_and_no_drafts(edge: Edge, model: ReadModel) -> None:
    for slug, status in (("old", "closed"), ("storm", "live"), ("hidden", "draft"), ("rest", "paused")):
        model.blog(slug, status)
    text = get(edge, "/").text
    assert text.index("<a>storm</a>") < text.index("<a>old</a>")
    assert text.index("<a>rest</a>") < text.index("<a>old</a>")
    assert "hidden" not in text
    assert "<footer>Gazette</footer>" in text


def test_a_new_live_blog_is_on_the_front_page_at_once(edge: Edge, model: ReadModel) -> None:
    assert get(edge, "/").status == 200
    model.blog("storm")
    assert "<a>storm</a>" in get(edge, "/").text


# --- operators ------------------------------------------------------------------------------------------


def test_health_tells_live_from_ready(edge: Edge, model: ReadModel) -> None:
    assert get(edge, "/healthz").json() == {"live": True, "ready": True}
    model.close()
    model.path.rename(model.path.with_suffix(".gone"))
    asyncio.run(edge._store.close())
    answer = get(edge, "/healthz")
    assert (answer.status, answer.json()) == (503, {"live": True, "ready": False})


def test_numbers_are_told_to_this_machine_only(edge: Edge) -> None:
    here = asyncio.run(ask(edge, "/metrics", client="127.0.0.1"))
    assert here.status == 200
    assert "stoppress_readers 0.0" in here.text
    assert asyncio.run(ask(edge, "/metrics", client="::1")).status == 200
    assert asyncio.run(ask(edge, "/metrics", client="203.0.113.9")).status == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_proxy_on_this_machine_is_not_this_machine(edge: Edge, header: str) -> None:
    assert asyncio.run(ask(edge, "/metrics", client="127.0.0.1", headers={header: "127.0.0.1"})).status == 403


def test_robots_are_kept_from_the_newsroom(edge: Edge) -> None:
    text = get(edge, "/robots.txt").text
    assert "Disallow: /desk/" in text
    assert "Disallow: /live/*/events" in text


def test_there_is_no_favicon_at_the_old_address(edge: Edge) -> None:
    answer = get(edge, "/favicon.ico")
    assert (answer.status, answer.body) == (204, b"")


# --- a fault of ours ------------------------------------------------------------------------------------


def test_a_fault_says_nothing_of_the_inside(
    edge: Edge, model: ReadModel, caplog: pytest.LogCaptureFixture
) -> None:
    model.blog()
    model.run("UPDATE page SET changed_at = 'yesterday'")
    answer = get(edge, "/live/storm")
    assert answer.status == 500
    assert "yesterday" not in answer.text
    number = answer.json()["number"]
    assert [record.number for record in caplog.records if hasattr(record, "number")] == [number]
    page = get(edge, "/live/storm", Accept="text/html").text
    assert caplog.records[-1].__dict__["number"] in page


# --- the newsroom behind --------------------------------------------------------------------------------


class Desk:
    """An application that says what it was asked and how long the body was."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length, more = 0, True
        while more:
            message = await receive()
            body = message.get("body", b"")
            assert isinstance(body, bytes)
            length += len(body)
            more = bool(message.get("more_body"))
        said = f"{scope['method']} {scope['path']} {length} {message['type']}".encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": said})


@pytest.fixture
def with_desk(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> Edge:
    monkeypatch.setattr(edge, "_desk", Desk())
    return edge


@pytest.mark.parametrize("path", ["/desk", "/desk/", "/desk/live/storm", "/api/v1/liveblogs", "/api"])
def test_the_newsroom_is_passed_on(with_desk: Edge, path: str) -> None:
    answer = asyncio.run(ask(with_desk, path, method="POST", body=(b"ab", b"c")))
    assert answer.text == f"POST {path} 3 http.request"


def test_the_list_is_told_who_reads_and_nobody_else_can_say_so(
    with_desk: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(with_desk.hub, "readers", lambda: {BlogId(1): 340, BlogId(3): 2})
    asked: list[list[bytes]] = []

    async def desk(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append([value for name, value in scope["headers"] if name == b"stoppress-reach"])
        await Desk()(scope, receive, send)

    monkeypatch.setattr(with_desk, "_desk", desk)
    for path in ("/desk/", "/desk/new/"):
        get(with_desk, path, **{"Stoppress-Reach": "1=9999"})
    assert asked == [[b"1=340,3=2"], []]


@pytest.mark.parametrize("path", ["/desktop", "/apis", "/live/desk/", "/x/desk/"])
def test_nothing_else_is_passed_on(with_desk: Edge, path: str) -> None:
    assert get(with_desk, path).status == 404


def test_a_body_that_says_it_is_too_long_is_refused(with_desk: Edge) -> None:
    headers = {"Content-Length": str(limits.REQUEST_BODY_BYTES + 1)}
    assert asyncio.run(ask(with_desk, "/desk/", method="POST", headers=headers)).status == 413
    upload = headers | {"Content-Type": "multipart/form-data; boundary=x"}
    assert asyncio.run(ask(with_desk, "/desk/media", method="POST", headers=upload)).status == 200


def test_a_body_that_turns_out_too_long_is_hung_up_on(with_desk: Edge) -> None:
    body = (b"a" * limits.REQUEST_BODY_BYTES, b"a")
    answer = asyncio.run(ask(with_desk, "/desk/", method="POST", body=body))
    assert answer.text.endswith("http.disconnect")

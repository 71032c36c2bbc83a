"""What nginx does with the shipped configuration, whatever Stoppress answers: asked with a server that a test tells."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.e2e.server import NO_CERTIFICATES
from tests.proxy.nginx import SHIPPED, Nginx
from tests.proxy.origin import Told, origin
from tests.servers import needs_nginx

from stoppress.edge.asgi import answer
from stoppress.edge.headers import PAGE_CACHING, while_asking

pytestmark = [pytest.mark.faults, needs_nginx]

PAGE = {"Cache-Control": "public, max-age=0, s-maxage=1, stale-if-error=86400", "ETag": '"7"'}
FEED = {"Cache-Control": "public, max-age=0, s-maxage=3, stale-if-error=86400"}
CHANGES = {"Cache-Control": "public, max-age=1"}
STATIC = {"Cache-Control": "public, max-age=31536000, immutable"}
FAULTS, GONE = (500, 502, 503, 504), (403, 404, 410, 429)
POLLED = "/live/lapsed/changes?after=1"
LAPSED = [f"/live/lapsed-{how}" for how in (304, *FAULTS, *GONE, "dead")]
IDLE = "/live/idle"  # nginx may show it while it asks for it again; nobody asks for it
LAPSE = timedelta(seconds=2)  # by nginx's clock, which has whole seconds
ASKED_ON = {
    name.decode(): value.decode()
    for name, value in while_asking(answer(200, [(b"cache-control", PAGE_CACHING)])).headers
    if name == b"cache-control"
}
SHOWN_SECONDS = (
    5  # what was withdrawn is gone from everywhere by then, after it was fetched for the last time
)
WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Running:
    """One nginx for the file, and the server behind it. `begun`: when it fetched the pages that are to lapse."""

    nginx: Nginx
    told: Told
    begun: datetime


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Each test asks for addresses of its own. What is to lapse is fetched at once, and lapses while others run."""
    with origin() as (port, told), Nginx(tmp_path_factory.mktemp("nginx") / "n", port) as nginx:
        with httpx.Client(base_url=nginx.url, timeout=WAIT_SECONDS) as client:
            for headers, paths in ((PAGE, LAPSED), (CHANGES, [POLLED]), (ASKED_ON, [IDLE])):
                told.headers = dict(headers)
                for path in paths:
                    last = client.get(path)
                    assert last.headers["x-cache"] == "MISS"
        yield Running(nginx, told, _date(last))


@pytest.fixture
def told(running: Running) -> Iterator[Told]:
    """What the server behind it is told; as at first before each test."""
    told = running.told
    told.status, told.body, told.headers = 200, b"first", dict(PAGE)
    told.asked.clear()
    yield told
    told.dead = False
    told.go.set()


@pytest.fixture
def reader(running: Running) -> Iterator[httpx.Client]:
    """A client of nginx."""
    with httpx.Client(base_url=running.nginx.url, timeout=WAIT_SECONDS, verify=NO_CERTIFICATES) as client:
        yield client


@pytest.fixture
def lapsed(running: Running, told: Told, reader: httpx.Client) -> None:  # noqa: ARG001 (it is to answer as at first)
    """Pages and an answer about changes that nginx keeps, and whose second is over."""
    until(lambda: reader.get("/metrics"), lambda got: _date(got) - running.begun >= LAPSE)


def _date(got: httpx.Response) -> datetime:
    """nginx's own clock, so that nothing here depends on speed."""
    return parsedate_to_datetime(got.headers["date"])


def until(ask: Callable[[], httpx.Response], holds: Callable[[httpx.Response], bool]) -> httpx.Response:
    """Ask until the answer is as it must be."""
    end = time.monotonic() + WAIT_SECONDS
    while not holds(answer := ask()):
        assert time.monotonic() < end, f"{answer.status_code} {answer.headers} {answer.text[:200]}"
        time.sleep(0.05)
    return answer


def certificate(folder: Path) -> dict[str, str]:
    """A certificate for the name in the file; returns the lines that name it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "live.example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return {"/etc/letsencrypt/live/live.example.org": str(folder)}


def test_nginx_takes_the_file_as_it_is_shipped(tmp_path: Path) -> None:
    assert "test is successful" in Nginx(tmp_path, 8000).check()


def test_nginx_takes_the_file_with_tls_and_behind_a_cdn(tmp_path: Path) -> None:
    more = certificate(tmp_path) | {
        "#tls ": "",
        "#cdn ": "",
        " 443": " 127.0.0.1:8443",
        "[::]:443": "127.0.0.2:8443",
    }
    nginx = Nginx(tmp_path, 8000, more)
    assert "test is successful" in nginx.check()
    written = (
        tmp_path / "conf.d" / SHIPPED.name
    ).read_text()  # a CDN shows old pages itself: not both of them
    assert re.findall(r"^ *set \$stoppress_revalidates (.+);$", written, re.MULTILINE)[-1] == '""'


@pytest.mark.usefixtures("lapsed")
def test_when_its_second_is_over_a_page_is_asked_for_by_its_etag(reader: httpx.Client, told: Told) -> None:
    told.status, told.body = 304, b""
    again = reader.get("/live/lapsed-304")
    assert (again.status_code, again.text, again.headers["x-cache"]) == (200, "first", "REVALIDATED")
    assert told.asked[-1]["if-none-match"] == '"7"'


def test_a_page_is_shown_while_it_is_asked_for_again_and_browsers_are_not_told(
    running: Running, told: Told
) -> None:
    told.headers = ASKED_ON | {"ETag": '"7"'}
    url = f"{running.nginx.url}/live/asked-on"
    begun = _date(httpx.get(url))
    assert told.asked[-1]["stoppress-cache"] == "stale-while-revalidate"
    told.body, told.headers["ETag"] = b"withdrawn", '"8"'
    told.go.clear()  # whoever asks Stoppress waits; a reader of what is kept does not
    shown = until(lambda: httpx.get(url, timeout=WAIT_SECONDS), lambda got: got.headers["x-cache"] == "STALE")
    told.go.set()
    assert shown.text == "first"
    assert _date(shown) - begun < timedelta(seconds=SHOWN_SECONDS)
    last = until(lambda: httpx.get(url), lambda got: got.text == "withdrawn")
    for one in (shown, last, httpx.get(url, headers={"If-None-Match": last.headers["etag"]})):
        assert one.headers["cache-control"] == PAGE["Cache-Control"]


def test_what_nobody_asked_for_is_not_shown_when_five_seconds_are_over(running: Running, told: Told) -> None:
    told.body, told.headers = b"withdrawn", ASKED_ON | {"ETag": '"8"'}
    end = running.begun + timedelta(
        seconds=SHOWN_SECONDS - 1
    )  # one is for the way of the word, and of the answer
    until(lambda: httpx.get(f"{running.nginx.url}/metrics"), lambda got: _date(got) >= end)
    assert httpx.get(f"{running.nginx.url}{IDLE}").text == "withdrawn"


def test_who_has_the_page_gets_304_from_what_is_kept(reader: httpx.Client, told: Told) -> None:
    reader.get("/live/known")
    answer = until(
        lambda: reader.get("/live/known", headers={"If-None-Match": '"7"'}),
        lambda got: got.headers["x-cache"] == "HIT",
    )
    assert (answer.status_code, answer.content) == (304, b"")
    assert all("if-none-match" not in asked or asked["if-none-match"] == '"7"' for asked in told.asked)


@pytest.mark.parametrize("headers", [PAGE, CHANGES, STATIC])
def test_what_lives_for_a_second_or_for_ever_is_kept(
    reader: httpx.Client, told: Told, headers: dict[str, str]
) -> None:
    told.headers = headers
    path = f"/live/kept?{headers['Cache-Control'][-8:]}"
    until(lambda: reader.get(path), lambda got: got.headers["x-cache"] == "HIT")


@pytest.mark.parametrize(
    "headers",
    [
        FEED,
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=1"},
        {"Cache-Control": "public, max-age=3600, s-maxage=4"},
        PAGE | {"Set-Cookie": "sessionid=1"},
        {},
    ],
)
def test_nothing_else_is_kept(reader: httpx.Client, told: Told, headers: dict[str, str]) -> None:
    told.headers = headers
    assert {reader.get("/live/never").headers["x-cache"] for _ in range(5)} == {"MISS"}


def test_encodings_do_not_share_what_is_kept(reader: httpx.Client, told: Told) -> None:
    told.headers = PAGE | {"Vary": "accept-encoding", "ETag": '"7-br"', "Content-Encoding": "x-br"}
    reader.get("/live/vary", headers={"Accept-Encoding": "br"})
    told.headers, told.body = PAGE | {"Vary": "accept-encoding"}, b"plain"
    plain = reader.get("/live/vary", headers={"Accept-Encoding": "identity"})
    assert (plain.text, plain.headers["etag"]) == ("plain", '"7"')


@pytest.mark.usefixtures("lapsed")
@pytest.mark.parametrize("status", FAULTS)
def test_a_fault_of_the_edge_shows_the_page_that_is_kept(
    reader: httpx.Client, told: Told, status: int
) -> None:
    told.status, told.body, told.headers = status, b"broken", {"Cache-Control": "no-store"}
    answer = reader.get(f"/live/lapsed-{status}")
    assert (answer.status_code, answer.text, answer.headers["x-cache"]) == (200, "first", "STALE")


@pytest.mark.usefixtures("lapsed")
@pytest.mark.parametrize("status", GONE)
def test_what_is_gone_is_not_shown_from_what_is_kept(reader: httpx.Client, told: Told, status: int) -> None:
    told.status, told.body = status, b"not any more"
    answer = reader.get(f"/live/lapsed-{status}")
    assert (answer.status_code, answer.text) == (status, "not any more")


@pytest.mark.usefixtures("lapsed")
def test_an_old_answer_about_changes_is_never_shown_for_a_fault(reader: httpx.Client, told: Told) -> None:
    told.status, told.headers = 503, {"Cache-Control": "no-store", "Retry-After": "7"}
    answer = reader.get(POLLED)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")


def test_of_many_who_ask_for_what_is_not_kept_one_is_let_through(reader: httpx.Client, told: Told) -> None:
    told.headers = dict(STATIC)  # so that it cannot run out while the others wait
    told.go.clear()
    with ThreadPoolExecutor(12) as many:
        answers = [many.submit(reader.get, "/live/crowd") for _ in range(12)]
        end = time.monotonic() + WAIT_SECONDS
        while not told.asked and time.monotonic() < end:
            time.sleep(0.01)
        told.go.set()
        assert {answer.result().text for answer in answers} == {"first"}
    assert len(told.asked) == 1


def test_readers_cannot_say_who_they_are_or_where_they_come_from(reader: httpx.Client, told: Told) -> None:
    claims = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Real-IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
        "Cookie": "sessionid=1",
        "Authorization": "Bearer 1",
    }
    reader.get("/live/claims", headers=claims)
    asked = told.asked[-1]
    assert asked["x-forwarded-for"] == "127.0.0.1"
    assert asked["x-forwarded-proto"] == "http"
    assert not {"x-real-ip", "forwarded", "cookie", "authorization"} & set(asked)


@pytest.mark.parametrize(
    "path", ["/desk/", "/api/v1/liveblogs", "/desk/live/storm/newsroom/events/", "/intake/x"]
)
def test_the_newsroom_is_passed_on_whole_and_never_kept(reader: httpx.Client, told: Told, path: str) -> None:
    signed_in = {"Cookie": "sessionid=1", "Authorization": "Bearer 1"}
    for number in range(3):
        told.body = f"{number}".encode()
        answer = reader.get(path, headers=signed_in)
        assert (answer.text, answer.headers.get("x-cache")) == (f"{number}", None)
    assert told.asked[-1]["cookie"] == "sessionid=1"
    if "events" not in path:
        assert told.asked[-1]["authorization"] == "Bearer 1"


def test_only_the_newsroom_takes_large_bodies(reader: httpx.Client, told: Told) -> None:
    assert reader.post("/live/storm", content=bytes(80_000)).status_code == 413
    assert (
        reader.post("/desk/pictures/", content=bytes(80_000)).status_code == 501
    )  # the server behind answered
    assert told.asked == []


def test_metrics_are_not_for_the_world(reader: httpx.Client, told: Told) -> None:
    assert reader.get("/metrics").status_code == 404
    assert told.asked == []


@pytest.mark.usefixtures("lapsed")
def test_a_dead_edge_shows_the_page_that_is_kept(reader: httpx.Client, told: Told) -> None:
    told.dead = True
    answer = reader.get("/live/lapsed-dead")
    assert (answer.status_code, answer.text, answer.headers["x-cache"]) == (200, "first", "STALE")


def test_a_silent_edge_shows_the_page_that_is_kept(tmp_path: Path) -> None:
    with origin() as (port, told):
        told.headers = dict(PAGE)
        nginx = Nginx(tmp_path / "n", port, {"proxy_read_timeout 5s": "proxy_read_timeout 300ms"})
        with nginx, httpx.Client(base_url=nginx.url, timeout=WAIT_SECONDS) as reader:
            reader.get("/live/storm")
            told.go.clear()  # it takes the request and says nothing
            answer = until(lambda: reader.get("/live/storm"), lambda got: got.headers["x-cache"] == "STALE")
            assert (answer.status_code, answer.text) == (200, "first")
            told.go.set()
            until(lambda: reader.get("/live/storm"), lambda got: got.headers["x-cache"] in ("EXPIRED", "HIT"))


def test_a_stream_that_one_edge_has_no_room_for_is_asked_of_the_next(tmp_path: Path) -> None:
    with origin() as (full, refuses), origin() as (free, takes):
        refuses.status, refuses.headers = 503, {"Retry-After": "9"}
        nginx = Nginx(tmp_path / "n", full, also=free)
        with nginx, httpx.Client(base_url=nginx.url, timeout=WAIT_SECONDS) as reader:
            answers = [reader.get("/live/storm/events") for _ in range(4)]
            assert [answer.text for answer in answers] == ["first"] * 4
            assert refuses.asked
            takes.status, takes.headers = 503, {"Retry-After": "9"}
            refused = reader.get("/live/storm/events")
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "9")

"""F6: the store of pictures is down, answers 500, hangs or is slow. Text goes out, and no page has a hole."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom, upload
from tests.chaos.proxy import Proxy
from tests.chaos.writer import Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

POSTS = sized(2, 40)
READERS = sized(2, 10)
WAYS = sized(("down",), ("down", "500", "slow", "silent"))
IMAGE = re.compile(r'(?:src|srcset)="(/media/[^" ]+)')
BUCKET = "pictures"


class _Failing(BaseHTTPRequestHandler):
    """A store that has its own trouble."""

    def _fail(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send_response(500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def __getattr__(self, name: str) -> Any:
        """Whatever is asked (`do_GET` and its like)."""
        if name.startswith("do_"):
            return self._fail
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def failing() -> Iterator[int]:
    """The port of such a store."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Failing)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def store() -> Iterator[str]:
    """The address of an S3 with an empty bucket."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=url, **keys).create_bucket(Bucket=BUCKET)
    try:
        yield url
    finally:
        server.stop()


@pytest.mark.fault("F6", "The store of pictures away")
def test_text_goes_out_without_the_store_of_pictures(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    with store() as url, failing() as broken, Proxy(url) as line:
        place = f"s3://key:secret@{BUCKET}/?endpoint={line.url}&region=us-east-1"
        newsroom = newsroom_on("sqlite", variables={"STOPPRESS_MEDIA_URL": place})
        with newsroom, Crowd(newsroom.edge_url, SLUG, READERS) as crowd:
            _with_picture(newsroom, ledger, "before")
            whole = line.to
            for way in WAYS:
                ledger.break_()
                _break(line, way, broken)
                with Writers(newsroom, ledger, count=2, total=POSTS, name=way):
                    answer = _upload(newsroom, way)
                if way != "slow":
                    assert answer.status_code == 503, answer.text
                    assert "picture" in answer.text.lower()
                assert not _holes(newsroom)  # what was seen before is remembered
                line.to = whole
                line.heal()
                ledger.mend()
                _with_picture(newsroom, ledger, way)
            assert not _holes(newsroom)
            verdict.broken = f"store {', '.join(WAYS)}, while {POSTS} posts go out in each"
            verdict.note = "each upload refused with a sentence, and taken afterwards with the same key"
            check(newsroom, ledger, verdict, crowd=crowd)


def _break(line: Proxy, way: str, broken: int) -> None:
    match way:
        case "down":
            line.down()
        case "500":
            line.cut()  # kept connections go to the old place
            line.to = broken
        case "slow":
            line.slow(delay=1.0)
        case "silent":
            line.silent()


def _upload(newsroom: Newsroom, name: str) -> httpx.Response:
    return upload(newsroom, 500, 300 + len(name), f"picture-{name}")


def _with_picture(newsroom: Newsroom, ledger: Ledger, name: str) -> None:
    """A post that shows a new picture, as soon as the store takes it."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (answer := _upload(newsroom, name)).is_success:
        assert time.monotonic() < until, answer.text
        ledger.refuse(answer.status_code, "upload")
        time.sleep(0.2)
    text = f"Word picture-{name} as first written."
    words = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    document = {"type": "doc", "content": [words, answer.json()["node"]]}
    with newsroom.api() as api:
        told = api.ask("POST", f"/liveblogs/{SLUG}/posts", document=document)
    ledger.promise(f"picture-{name}", "publish", str(told["id"]), int(str(told["seq"])), text)
    while _holes(newsroom):  # the store is asked again some seconds after it failed
        assert time.monotonic() < until, _holes(newsroom)
        time.sleep(0.2)


def _holes(newsroom: Newsroom) -> dict[str, int]:
    """Pictures that a post shows and that are not there, also of posts that are on older pages by now."""
    page = httpx.get(f"{newsroom.edge_url}/live/{SLUG}/print", timeout=PATIENCE_SECONDS).text
    pictures = set(IMAGE.findall(page))
    assert pictures, "the picture of the first post is shown"
    answers = {
        path: httpx.get(newsroom.edge_url + path, timeout=PATIENCE_SECONDS).status_code for path in pictures
    }
    return {path: status for path, status in answers.items() if status != 200}

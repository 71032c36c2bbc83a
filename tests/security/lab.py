"""Writes payloads into a newsroom by every way in, as hostile staff would, and notes what was neither taken nor told.

Called by `test_payloads.py`. Knows the product by its API, its forms and its commands.
"""

import html
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
from tests.e2e.server import EMAIL, PASSWORD, Server, environment

from stoppress.lib import limits

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PUBLISHER = '</title><script>window.canary=1</script>"onload="canary=1'
NAMES = (
    "<script>window.canary=1</script>",
    '"><img src=x onerror=window.canary=1>',
    "{{ request.META }}' onmouseover='canary=1",
    "</script><svg onload=canary=1>",
)


def described(words: str) -> dict[str, object]:
    """A post with `words` in every field that takes text."""
    text = {"type": "text", "text": words}
    paragraph = {"type": "paragraph", "content": [text]}
    claim = {"type": "claim", "attrs": {"source": words[:300], "state": "disputed"}}
    link = {"type": "link", "attrs": {"href": "https://example.org/"}}
    card = {
        "url": "https://example.org/",
        "title": words[:300],
        "description": words[:1000],
        "site": words[:120],
    }
    picture = {
        "src": "https://example.org/p.png",
        "alt": words[:1000],
        "caption": words[:1000],
        "credit": words[:300],
    }
    cell = {"type": "table_cell", "content": [paragraph]}
    head = {"type": "table_header", "content": [paragraph]}
    blocks = [
        {"type": "paragraph", "content": [text, text | {"marks": [link]}, text | {"marks": [claim]}]},
        {"type": "heading", "attrs": {"level": 3}, "content": [text]},
        {"type": "quote", "attrs": {"speaker": words[:300]}, "content": [paragraph]},
        {"type": "bullet_list", "content": [{"type": "list_item", "content": [paragraph]}]},
        {"type": "table", "content": [{"type": "table_row", "content": [head, cell]}]},
        {"type": "link_card", "attrs": card},
        {"type": "image", "attrs": picture},
        *structured(words, paragraph),
    ]
    return {
        "headline": words[:200],
        "dateline": words[:120],
        "byline": [words[:120]],
        "document": {"type": "doc", "content": blocks},
    }


def structured(words: str, paragraph: object) -> list[dict[str, object]]:
    """The same in every field of a score line, fact box, map point, poll and answer."""
    score = {
        "home": f"A {words}"[:80],
        "home_score": f"1 {words}"[:24],
        "away": f"B {words}"[:80],
        "away_score": f"2 {words}"[:24],
        "period": words[:40],
        "note": words[:300],
    }
    options = [{"id": name, "text": f"{name} {words}"[:120]} for name in "ab"]
    poll = {"id": "k3v9x0q2m1za", "question": f"Q {words}"[:300], "options": options}
    said = {"type": "paragraph", "content": [{"type": "text", "text": "Said."}]}
    return [
        {"type": "score", "attrs": score},
        {"type": "fact_box", "attrs": {"title": words[:200]}, "content": [paragraph, said]},
        {"type": "map_point", "attrs": {"label": f"At {words}"[:200], "latitude": 50.4, "longitude": -30}},
        {"type": "poll", "attrs": poll},
        {"type": "qa", "attrs": {"question": f"Q {words}"[:500], "name": words[:80]}, "content": [said]},
    ]


def addressed(address: str) -> list[dict[str, object]]:
    """Documents with `address` wherever an address goes."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "x"}]}
    link = {"type": "link", "attrs": {"href": address}}
    blocks: list[dict[str, object]] = [
        {"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [link]}]},
        {"type": "link_card", "attrs": {"url": address, "title": "x"}},
        {"type": "image", "attrs": {"src": address, "alt": "x"}},
        {"type": "embed", "attrs": {"provider": "youtube", "url": address}},
    ]
    if address:
        blocks.append(
            {"type": "quote", "attrs": {"speaker": "x", "source_url": address}, "content": [paragraph]}
        )
    return [{"type": "doc", "content": [block]} for block in blocks]


@dataclass(slots=True)
class Lab:
    """One newsroom full of payloads. `faults`: answers that were neither a success nor a sentence."""

    server: Server
    api: httpx.Client
    desk: httpx.Client
    faults: list[str] = field(default_factory=list)
    stored: int = 0
    refused: int = 0

    def send(self, method: str, path: str, body: dict[str, object]) -> dict[str, object]:
        """One request to the API; a field that is refused is left out and the rest sent again."""
        for _ in range(len(body) + 1):
            answer = self.api.request(method, path, json=body)
            if answer.is_success:
                self.stored += 1
                return dict(answer.json())
            told = self._refusal(answer, f"{method} {path}")
            named = [str(fault["field"]).split(".")[0] for fault in told.get("errors", [])]
            body = {name: value for name, value in body.items() if name not in named}
            if "document" in named:
                body["markdown"] = "Refused."
            if not named:
                break
        return {}

    def _refusal(self, answer: httpx.Response, what: str) -> dict[str, list[dict[str, str]]]:
        self.refused += 1
        told = dict(answer.json()) if "json" in answer.headers.get("content-type", "") else {}
        sentence = str(told.get("detail", ""))
        if answer.status_code not in (400, 422) or not sentence.endswith("."):
            self.faults.append(f"{what}: {answer.status_code} {answer.text[:200]}")
        return told

    def refuse(self, document: dict[str, object], what: str) -> None:
        """A document that must be refused."""
        answer = self.api.post("/liveblogs/surge/posts", json={"document": document})
        if answer.is_success:
            self.faults.append(f"taken: {what}")
        else:
            self._refusal(answer, what)

    def fill(self, words: list[str]) -> None:
        """Every payload into every field of a post, a correction, a reason, markdown and a live blog."""
        for number, text in enumerate(words):
            self.send("POST", "/liveblogs/surge/posts", described(text) | {"key_event": number % 5 == 0})
        for text in words[::6]:
            post = self.send("POST", "/liveblogs/corrected/posts", {"markdown": text or "x"}).get("id")
            if post:
                path = f"/liveblogs/corrected/posts/{post}"
                self.send("PATCH", path, {"markdown": f"{text} too", "correction": text[:1000]})
        for text in words[1::6]:
            post = self.send("POST", "/liveblogs/withdrawn/posts", {"markdown": f"x {text}"}).get("id")
            if post:
                self.send("POST", f"/liveblogs/withdrawn/posts/{post}/withdraw", {"reason": text[:500]})
        for number, text in enumerate(words[:45]):
            head: dict[str, object] = {"headline": text[:200], "standfirst": text[:1000]}
            self.send("POST", "/liveblogs", head | {"slug": f"blog-{number}"})

    def form(self, path: str, **fields: str) -> httpx.Response:
        """A form of the desk, sent as a browser does."""
        page = self.desk.get(path)
        token = _TOKEN.search(page.text)
        assert token, page.text[:500]
        key = re.search(r'name="key" value="([^"]+)"', page.text)
        keyed = {"key": key[1]} if key else {}
        return self.desk.post(path, data={"csrfmiddlewaretoken": token[1], **keyed, **fields})

    def settings(self, words: list[str]) -> None:
        """Headline and standfirst by the desk's own form."""
        for text in words:
            answer = self.form(
                "/desk/live/settings/settings/", headline=text[:200], standfirst=text[:1000], timezone="UTC"
            )
            if answer.status_code not in (302, 422):
                self.faults.append(f"settings: {answer.status_code}")

    def asked(self, words: list[str]) -> None:
        """Readers' questions, as many as one address may send in a minute."""
        page = self.desk.get("/desk/live/surge/questions/").text
        token, key = _TOKEN.search(page), re.search(r'name="key" value="([^"]+)"', page)
        assert token
        assert key
        fields = {"csrfmiddlewaretoken": token[1], "key": key[1], "to": "open"}
        self.desk.post("/desk/live/surge/questions/form/", data=fields)
        for text in words[: limits.QUESTIONS_PER_MINUTE]:
            question = {"question": f"Q {text}"[:500], "name": text[:80]}
            answer = httpx.post(f"{self.server.url}/audience/surge/questions", data=question)
            if answer.status_code != 303:
                self.faults.append(f"question: {answer.status_code} {text!r}")

    def handed_over(self, words: list[str]) -> None:
        """Promises, and notes from shift to shift."""
        token = _TOKEN.search(self.desk.get("/desk/live/corrected/").text)
        assert token
        for number, text in enumerate(words):
            sent = [("promises", {"text": f"P {text}"[:200]})]
            if number % 4 == 0:
                sent += [("shift", {"to": "start"}), ("shift", {"to": "end", "note": f"N {text}"})]
            for name, fields in sent:
                data = {"csrfmiddlewaretoken": token[1], "key": uuid4().hex, **fields}
                answer = self.desk.post(f"/desk/live/corrected/{name}/", data=data)
                if answer.status_code not in (302, 422):
                    self.faults.append(f"{name}: {answer.status_code} {text!r}")

    def talked(self, words: list[str]) -> None:
        """The desk's chat, as much as one person may say in a minute."""
        token = re.search(r'name="csrf" content="(\w+)"', self.desk.get("/desk/live/surge/").text)
        assert token
        for number, text in enumerate(words[: limits.CHAT_PER_MINUTE]):
            message = {"key": f"chat-{number}", "text": f"https://example.org/{text}"[: limits.CHAT_CHARS]}
            answer = self.desk.post(
                "/desk/live/surge/newsroom/chat/", json=message, headers={"X-CSRFToken": token[1]}
            )
            if answer.status_code not in (201, 422):
                self.faults.append(f"chat: {answer.status_code} {text!r}")

    def imported(self, words: list[str], folder: Path) -> None:
        """The same words as a page of another publisher."""
        updates = [
            {
                "@type": "BlogPosting",
                "headline": text,
                "articleBody": f"<p>{html.escape(text)}</p>{text}",
                "datePublished": f"2026-03-14T12:{number // 60:02d}:{number % 60:02d}Z",
                "author": {"@type": "Person", "name": text},
                "url": text,
                "image": text,
            }
            for number, text in enumerate(words)
        ]
        page = {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": words[0],
            "description": words[1],
            "liveBlogUpdate": updates,
        }
        data = json.dumps(page).replace("<", "\\u003c")
        file = folder / "page.html"
        file.write_text(
            f'<!doctype html><script type="application/ld+json">{data}</script>', encoding="utf-8"
        )
        self.server.run("import", str(file), "--slug", "imported", "--status", "closed")

    def named(self) -> None:
        """Names of a publisher and of staff on shift."""
        for number, name in enumerate(NAMES):
            email = f"hostile-{number}@example.org"
            token = self.server.add_staff(role="editor", email=email, name=name)
            headers = {"Authorization": f"Bearer {token}"}
            posted = self.api.post(
                "/liveblogs/surge/posts", json={"markdown": f"By {number}."}, headers=headers
            )
            assert posted.is_success, posted.text


def lab_on(server: Server) -> Lab:
    """A newsroom with live blogs to be filled; an editor signed in to API and desk."""
    token = server.add_staff()
    api = httpx.Client(
        base_url=f"{server.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    desk = httpx.Client(base_url=server.url, timeout=30)
    lab = Lab(server, api, desk)
    answer = lab.form("/desk/account/login/", login=EMAIL, password=PASSWORD)
    assert answer.status_code == 302, answer.text
    for slug in ("surge", "corrected", "withdrawn", "settings"):
        api.post("/liveblogs", json={"headline": "Surge", "slug": slug}).raise_for_status()
    return lab


def name_publisher(server: Server) -> None:
    """A hostile name on the masthead: in a process of its own, as a command would."""
    code = (
        "import django; django.setup()\n"
        "from stoppress.newsroom.models import Publisher\n"
        f"Publisher.objects.update(name={PUBLISHER!r})\n"
    )
    told = {"DJANGO_SETTINGS_MODULE": "stoppress.config.settings"}
    subprocess.run(
        [sys.executable, "-c", code], env=environment(server.data) | told, check=True, capture_output=True
    )
    server.run("rebuild")

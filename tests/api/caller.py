"""Speaks to the API as a script would, and holds every error against RFC 9457."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client

from stoppress.api.problems import BY_NAME
from stoppress.lib import clock
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.newsroom.actions.issue_token import issue_token
from stoppress.newsroom.models import ApiToken, Membership
from stoppress.newsroom.roles import Staff

BASE = "/api/v1"
POSTS = f"{BASE}/liveblogs/surge/posts"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read."""

    raw: Any
    json: Any

    @property
    def status(self) -> int:
        return int(self.raw.status_code)

    def __getitem__(self, name: str) -> Any:
        return self.json[name]

    def header(self, name: str) -> str:
        return str(self.raw.headers.get(name, ""))


@dataclass(slots=True)
class Caller:
    """One token, or none."""

    token: str = ""
    client: Client = field(default_factory=Client)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        """Send; `headers` by their names with underscores. The answer's form is checked whatever it says."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        kind = sent.pop("Content-Type", "application/json")
        raw = self.client.generic(method, path, data, content_type=kind, headers=sent)
        return checked(raw)

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object, **headers: str) -> Reply:
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: object, **headers: str) -> Reply:
        return self.ask("PATCH", path, body, **headers)

    def upload(self, parts: dict[str, object], **headers: str) -> Reply:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent.setdefault("Authorization", f"Bearer {self.token}")
        return checked(self.client.post(f"{BASE}/media", parts, headers=sent))

    def publish(self, text: str = "The gate is shut.", **more: object) -> Any:
        """A new post in `surge`; what was answered."""
        reply = self.post(POSTS, {"markdown": text, **more})
        assert reply.status == 201, reply.json
        return reply.json

    def look(self, post_id: str) -> Any:
        reply = self.get(f"{POSTS}/{post_id}")
        assert reply.status == 200, reply.json
        return reply.json


def checked(raw: Any) -> Reply:
    """`raw` read; an error must be a problem of a known kind, in every detail."""
    assert raw.headers["Cache-Control"] == "no-store"
    assert raw.headers["X-Content-Type-Options"] == "nosniff"
    assert not raw.cookies
    reply = Reply(raw, json.loads(raw.content) if raw.content else None)
    if raw.status_code < 400:
        assert raw.headers["Content-Type"] == "application/json"
        return reply
    assert raw.headers["Content-Type"] == "application/problem+json"
    kind = BY_NAME[reply["type"].removeprefix("http://testserver/api/v1/problems/")]
    assert (reply["status"], reply["title"]) == (raw.status_code, kind.title)
    assert kind.status == raw.status_code
    assert reply["detail"].strip().endswith("."), reply["detail"]
    assert len(reply["detail"].split()) >= 3
    assert set(reply.json) <= {"type", "title", "status", "detail", "errors", "current_revision"}
    for fault in reply.json.get("errors", []):
        assert set(fault) == {"field", "detail"}
    return reply


def caller(by: Staff) -> Caller:
    """Somebody with a token of their own."""
    membership = Membership.objects.get(user_id=by.user_id, publisher_id=by.publisher_id)
    token = issue_token(email=membership.user.email, name=str(uuid4()))
    ApiToken.objects.filter(name=token).update(membership=membership)
    return Caller(token)


def open_surge(by: Staff, status: str = "live") -> None:
    """The live blog that the tests write in."""
    details = NewLiveBlog(headline="Storm surge reaches the harbour", slug="surge", status=status)
    create_liveblog(by=by, details=details, at=clock.now())

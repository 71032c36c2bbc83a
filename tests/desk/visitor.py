"""Uses the desk as a browser would: pages, plain forms, and the script's JSON."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client

from stoppress.accounts.models import User
from stoppress.newsroom.roles import Staff

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BLOG = "/desk/live/surge/"
POSTS = f"{BLOG}posts/"
JSON = {"Accept": "application/json"}


def doc(*texts: str) -> dict[str, object]:
    """A document of plain paragraphs, as the editor sends it."""
    blocks = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts]
    return {"type": "doc", "content": blocks}


def post_body(text: str = "The gate is shut.", intent: str = "publish", **more: object) -> dict[str, object]:
    """What the composer sends."""
    return {"key": uuid4().hex, "intent": intent, "document": doc(text), **more}


@dataclass(slots=True)
class Visitor:
    """One browser: somebody on the staff, somebody signed in, or nobody."""

    by: Staff | None = None
    client: Client = field(default_factory=Client)

    def page(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def ask(self, path: str) -> Any:
        return self.client.get(path, headers=JSON)

    def form(self, path: str, *, key: str = "", **fields: str) -> Any:
        """A plain form, pressed once."""
        return self.client.post(path, {"key": key or uuid4().hex, **fields})

    def press(self, path: str, *, key: str = "", **fields: str) -> Any:
        """The same, sent by the script."""
        return self.client.post(path, {"key": key or uuid4().hex, **fields}, headers=JSON)

    def send(self, path: str, body: object) -> Any:
        """JSON from the composer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(path, data, content_type="application/json", headers=JSON)

    def publish(self, text: str = "The gate is shut.", intent: str = "publish", **more: object) -> str:
        """A new public post in `surge`; its id."""
        answer = self.send(POSTS, post_body(text, intent, **more))
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    def draft(self, text: str = "Not yet.", **more: object) -> str:
        """A new draft in `surge`; its id."""
        return self.publish(text, "draft", **more)


def visitor(by: Staff) -> Visitor:
    """Somebody on the staff, signed in."""
    someone = Visitor(by)
    someone.client.force_login(User.objects.get(pk=by.user_id), backend=BACKEND)
    return someone


def stranger() -> Visitor:
    """Somebody signed in who is not on the staff."""
    someone = Visitor()
    someone.client.force_login(User.objects.create_user("stranger@example.org"), backend=BACKEND)
    return someone

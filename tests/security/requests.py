"""A request that would succeed for whoever may make it: the bodies of every write. Called by the sweeps."""

import base64
from collections.abc import Mapping

from tests.security.cast import doc, fresh_key, picture_file

_JSON = {"Content-Type": "application/json"}


def body_of(method: str, route: str) -> tuple[object, Mapping[str, str]]:
    """What is sent there, and with which headers."""
    if route.startswith("/api/"):
        return _api_body(method, route)
    last = route.rstrip("/").rpartition("/")[2]
    if route.endswith("/content/") and method == "POST":
        intent = "draft" if "<draft>" in route else "amend"
        return {"key": fresh_key(), "intent": intent, "document": doc("Better.")}, _JSON
    if route.endswith("/copies/"):
        return {"name": fresh_key(), "turn": 1, "text": {"document": doc("Half a")}}, _JSON
    if route.endswith("/<slug>/posts/") and method == "POST":
        return {"key": fresh_key(), "intent": "publish", "document": doc("New.")}, _JSON
    several_hands = {"here": {"tab": "aa", "writing": []}, "lease": {"tab": "aa"}}
    if last in several_hands:
        return several_hands[last], _JSON
    if last == "chat" and method == "POST":
        return {"key": fresh_key(), "text": "Who has the harbour?"}, _JSON
    if route == "/desk/unfurl/":
        return {"url": "http://127.0.0.1/"}, _JSON  # nothing is asked there, and a bare card comes
    if route == "/desk/upload/":
        return {"key": fresh_key(), "file": picture_file()}, {}
    if route == "/desk/uploads/" and method == "POST":
        key = base64.b64encode(fresh_key().encode()).decode()
        return {}, {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": f"key {key}"}
    if route == "/desk/uploads/<upload>/":
        part = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        return {}, {"Tus-Resumable": "1.0.0", **(part if method == "PATCH" else {})}
    if last == "focus":
        return {"key": fresh_key(), "x": 20, "y": 80}, _JSON
    if route == "/desk/snippets/new/":
        return {"key": fresh_key(), "name": "Another", "text": "It’s {time in city}."}, {}
    fields: Mapping[str, Mapping[str, str]] = {
        "new": {"headline": "Another", "timezone": "UTC", "status": "draft"},
        "<snippet_id>": {"name": "A warning", "text": "Stay inside."},
        "settings": {"headline": "Changed", "timezone": "UTC"},
        "status": {"to": "pause"},
        "shift": {"to": "start"},
        "promises": {"text": "A map of the harbour"},
        "withdraw": {"reason": "Wrong."},
        "approve": {"revision": "1"},
        "return": {"note": "Who says so?"},
        "pin": {"on": "1"},
        "form": {"to": "open"},
        "decide": {"to": "passed_on"},
        "mark": {"key_event": "1"},
        "<claim_id>": {"state": "false", "base_revision": "1"},
        "me": {"name": "Another Name"},
        "tokens": {"name": "A script"},
        "invite": {"email": "new@example.org", "role": "reporter"},
        "role": {"role": "editor"},
        "title": {"embed": "youtube"},
        "places": {"place": "two@in.example.org", "slug": "surge"},
        "senders": {"handle": "other@example.org", "email": "ana.owner@example.org"},
    }
    return {"key": fresh_key(), **fields.get(last, {})}, {}


def _api_body(method: str, route: str) -> tuple[object, Mapping[str, str]]:
    if route.endswith("/media") and method == "POST":
        return {"file": picture_file()}, {}
    bodies: Mapping[str, object] = {
        "POST /api/v1/liveblogs": {"headline": "Another"},
        "PATCH /api/v1/liveblogs/<slug>": {"headline": "Changed"},
        "POST /api/v1/liveblogs/<slug>/posts": {"markdown": "New."},
        "PATCH /api/v1/liveblogs/<slug>/posts/<public>": {"markdown": "Better."},
        "PATCH /api/v1/liveblogs/<slug>/posts/<draft>": {"markdown": "Better."},
        "POST /api/v1/liveblogs/<slug>/posts/<public>/withdraw": {"reason": "Wrong."},
        "PATCH /api/v1/liveblogs/<slug>/posts/<public>/claims/<claim_id>": {"state": "false"},
        "PATCH /api/v1/media/<media_id>": {"alt": "A gate"},
    }
    return bodies.get(f"{method} {route}", {}), _JSON

"""A request that would succeed for whoever may make it: the bodies of every write. Called by the sweeps."""

import base64
from collections.abc import Mapping
from dataclasses import asdict

from tests.security.cast import doc, fresh_key, picture_file

from stoppress.lib.theme import HOUSE

_JSON = {"Content-Type": "application/json"}


def body_of(method: str, route: str) -> tuple[object, Mapping[str, str]]:
    """What is sent there, and with which headers."""
    if route.startswith("/api/"):
        return _api_body(method, route)
    if route.startswith("/desk/uploads/"):
        return {}, _tus_headers(method, route)
    if route == "/desk/upload/":
        return {"key": fresh_key(), "file": picture_file()}, {}
    sent = _json_body(method, route)
    return (_form_fields(route), {}) if sent is None else (sent, _JSON)


def _tus_headers(method: str, route: str) -> dict[str, str]:
    """An upload in parts: begun, gone on with, looked at."""
    told = {"Tus-Resumable": "1.0.0"}
    if method == "PATCH":
        return told | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    if method == "POST" and route == "/desk/uploads/":
        key = base64.b64encode(fresh_key().encode()).decode()
        return told | {"Upload-Length": "9", "Upload-Metadata": f"key {key}"}
    return told


def _json_body(method: str, route: str) -> dict[str, object] | None:
    """What the desk's script sends as JSON; None: a form goes there."""
    intent = "draft" if "<draft>" in route else "amend"
    bodies: Mapping[str, dict[str, object]] = {
        "POST content": {"key": fresh_key(), "intent": intent, "document": doc("Better.")},
        "POST copies": {"name": fresh_key(), "turn": 1, "text": {"document": doc("Half a")}},
        "POST posts": {"key": fresh_key(), "intent": "publish", "document": doc("New.")},
        "POST here": {"tab": "aa", "writing": []},
        "POST lease": {"tab": "aa"},
        "POST chat": {"key": fresh_key(), "text": "Who has the harbour?"},
        "POST unfurl": {"url": "http://127.0.0.1/"},  # nothing is asked there, and a bare card comes
        "POST focus": {"key": fresh_key(), "x": 20, "y": 80},
    }
    return bodies.get(f"{method} {_last(route)}")


def _last(route: str) -> str:
    return route.rstrip("/").rpartition("/")[2]


def _form_fields(route: str) -> dict[str, str]:
    if route == "/desk/snippets/new/":
        return {"key": fresh_key(), "name": "Another", "text": "It’s {time in city}."}
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
        "looks": {name: str(value) for name, value in asdict(HOUSE).items()} | {"masthead": "#000000"},
        "places": {"place": "two@in.example.org", "slug": "surge"},
        "senders": {"handle": "other@example.org", "email": "ana.owner@example.org"},
    }
    return {"key": fresh_key(), **fields.get(_last(route), {})}


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

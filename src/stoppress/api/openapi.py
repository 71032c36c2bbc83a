"""The OpenAPI document: what ninja finds in the views, with errors, headers and keys told as they are.

Called by `routes.py`; made once in a process.
"""

import json
from functools import cache
from typing import TypeAlias, cast

from django.conf import settings
from ninja import NinjaAPI

from stoppress.api.problems import BY_STATUS, KINDS, MEDIA_TYPE
from stoppress.lib import limits

PREFIX = "/api/v1/"
DESCRIPTION = """\
Publish live coverage from other systems. Everything written here passes the same checks as at the desk and is
seen on every open page.

**Sign in** with `Authorization: Bearer TOKEN`; `stoppress token EMAIL` prints one. A token may do what its
owner's role may do. Cookies open nothing.

**Repeat safely**: give each POST an `Idempotency-Key`. The same key with the same request gets the first answer
again and has one effect.

**Do not overwrite**: a post's `ETag` is its revision; send it as `If-Match` with a PATCH. 412 says that somebody
was faster.

**Errors** are `application/problem+json` (RFC 9457); `detail` says what was expected, what came and what to do.
"""

Json: TypeAlias = dict[str, "Json | list[Json] | str | int | bool | None"]

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes a repeat of this request have one effect and the first answer. A UUID for each new request.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": limits.IDEMPOTENCY_KEY_CHARS,
        "pattern": "^[!-~]+$",
    },
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": 'The ETag that was seen, such as `"3"`; 412 when another revision stands. `*` takes any.',
    "schema": {"type": "string", "pattern": '^(\\*|"[0-9]+")$'},
}
_ETAG = {"ETag": {"description": 'The revision, such as `"3"`.', "schema": {"type": "string"}}}
_LOCATION = {"Location": {"description": "Where it can be looked at.", "schema": {"type": "string"}}}
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_METHODS = ("get", "post", "patch")


@cache
def document_bytes(api: NinjaAPI) -> bytes:
    """The document as UTF-8 JSON."""
    return json.dumps(document(api), ensure_ascii=False).encode()


def document(api: NinjaAPI) -> Json:
    """The document as a value."""
    found = cast("Json", json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX))))
    found["servers"] = [{"url": settings.PUBLIC_URL}]
    for place, operations in _objects(found, "paths"):
        for method, operation in _objects({"_": operations}, "_"):
            if method in _METHODS:
                operation["operationId"] = str(operation["operationId"]).removeprefix("stoppress_api_")
                _tell_headers(place, method, operation)
                _tell_failures(operation)
                for status, response in _objects(operation, "responses"):
                    _tell_response(method, int(status), response)
    return found


def _objects(holder: Json, name: str) -> list[tuple[str, Json]]:
    inner = holder.get(name)
    if not isinstance(inner, dict):
        return []
    return [(key, value) for key, value in inner.items() if isinstance(value, dict)]


def _tell_headers(place: str, method: str, operation: Json) -> None:
    parameters = operation.setdefault("parameters", [])
    if not isinstance(parameters, list):
        return
    if method == "post":
        parameters.append(cast("Json", _KEY))
    if method == "patch" and "{post_id}" in place:
        parameters.append(cast("Json", _MATCH))


def _tell_failures(operation: Json) -> None:
    """What may come of any request: the server failed, the database is away."""
    responses = operation["responses"]
    if isinstance(responses, dict):
        responses.setdefault("500", {})
        responses.setdefault("503", {})


def _tell_response(method: str, status: int, response: Json) -> None:
    if status in BY_STATUS:
        response["description"] = ". Or: ".join(kind.title for kind in KINDS if kind.status == status)
        response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemTold"}}}
    headers: dict[str, object] = {}
    headers |= _RETRY if status in {429, 503} else {}
    headers |= _LOCATION if status == 201 else {}  # noqa: PLR2004 (Created)
    headers |= _ETAG if ("Post" in json.dumps(response) and method != "get") or status == 412 else {}  # noqa: PLR2004 (same)
    if headers:
        response["headers"] = cast("Json", headers)

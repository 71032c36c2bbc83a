"""What stands at an address that a reporter pasted: a link card or an embed for the composer."""

import json
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse, JsonResponse

from stoppress.desk.answers import refusal
from stoppress.desk.door import desk_view
from stoppress.document.addresses import web_fault
from stoppress.document.embeds import as_cards
from stoppress.document.schema import Document
from stoppress.lib import clock, limits
from stoppress.lib.http_out import OUTSIDE
from stoppress.lib.pace import Pace
from stoppress.liveblogs.access import check_write
from stoppress.liveblogs.refusals import Busy, InvalidInput
from stoppress.newsroom.queries import embed_providers
from stoppress.newsroom.roles import Staff
from stoppress.unfurl.look_up import look_up

pace = Pace(limits.UNFURLS_PER_MINUTE)
_turns = BoundedSemaphore(limits.UNFURLS_AT_ONCE)


@desk_view("POST")
def unfurl(request: HttpRequest, by: Staff) -> HttpResponse:
    """`{"url"}` → `{"block", "note"}`: a node for a document, and why it holds no more than the address, or ""."""
    check_write(by)
    url = _address(request)
    wait = pace.seconds_to_wait(str(by.user_id), clock.now())
    if wait:
        answer = refusal(
            request, 429, f"That was {limits.UNFURLS_PER_MINUTE} addresses in a minute; wait {wait} seconds."
        )
        answer["Retry-After"] = str(wait)
        return answer
    if not _turns.acquire(blocking=False):
        raise Busy("Other addresses are being looked up; try again in a few seconds.")
    try:
        found = look_up(url, OUTSIDE)
    finally:
        _turns.release()
    shown = as_cards(Document({"type": "doc", "content": [found.block]}), embed_providers(by))
    return JsonResponse({"block": shown.root["content"][0], "note": found.note})


def _address(request: HttpRequest) -> str:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    url = body.get("url") if isinstance(body, dict) else None
    if not isinstance(url, str):
        raise InvalidInput("url", "No address came with the request; paste it again.")
    if fault := web_fault(url):
        raise InvalidInput("url", f"This cannot be looked up: {fault}.")
    return url

"""Says something to the others at one live blog."""

import re
from datetime import datetime, timedelta

from django.db import transaction

from stoppress.lib import limits
from stoppress.liveblogs import access
from stoppress.liveblogs.announce import announce_newsroom
from stoppress.liveblogs.models import ChatMessage
from stoppress.liveblogs.refusals import Busy, InvalidInput
from stoppress.newsroom.roles import Staff

# As for lines of text elsewhere, less the line feed: a message may have several lines.
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def say(*, by: Staff, slug: str, text: str, at: datetime) -> ChatMessage:
    """Add a message to the live blog's private chat. Everybody on the staff may; readers never see any of it.

    Raises: NotFound, InvalidInput (empty, too long, control characters), Busy (more than CHAT_PER_MINUTE).
    """
    blog = access.blog_to_see(by, slug)
    said = _said(text)
    with transaction.atomic():
        minute = at - timedelta(minutes=1)
        if ChatMessage.objects.filter(user_id=by.user_id, at__gt=minute).count() >= limits.CHAT_PER_MINUTE:
            raise Busy("That was a lot of messages in one minute; wait a moment and send it again.")
        message = ChatMessage.objects.create(liveblog=blog, user_id=by.user_id, text=said, at=at)
        transaction.on_commit(lambda: announce_newsroom(blog), robust=True)
    return message


def _said(text: str) -> str:
    said = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    if not said:
        raise InvalidInput("text", "The message is empty; write one.")
    if len(said) > limits.CHAT_CHARS:
        over = len(said) - limits.CHAT_CHARS
        raise InvalidInput(
            "text", f"The message may have {limits.CHAT_CHARS} characters; shorten it by {over}."
        )
    if _FORBIDDEN.search(said):
        raise InvalidInput("text", "The message holds a control character; take it out and send it again.")
    return said

"""What Telegram's Bot API delivers: messages of chats, and their edits.

Pure. Called by `views.py`. Telegram tells a bot of no deletion: whoever writes `/delete` over a message (an edit), or
in answer to one, takes it back.
Source: https://core.telegram.org/bots/api#update, #message, #messageentity (offsets count UTF-16 units).
"""

import re
from html import escape

from stoppress.intake.readers.shapes import Json, files_left_out, number, part, parts, text
from stoppress.intake.said import Came, Deleted, Said

_DELETE = re.compile(r"/delete(?:@\w{1,64})?", re.IGNORECASE)
_COMMAND = re.compile(r"/\w{1,64}(?:@\w{1,64})?(?:\s|$)")
_TAGS = {"bold": "b", "italic": "i", "strikethrough": "s", "blockquote": "blockquote"}
_FILES = ("photo", "video", "document", "audio", "voice", "video_note", "animation", "sticker")


def came(update: Json) -> Came | None:
    """What an update says, or None: nothing that is taken in."""
    edited = part(update, "edited_message")
    message = edited or part(update, "message")
    if not number(message, "message_id") or not number(part(message, "chat"), "id"):
        return None
    if part(message, "from").get("is_bot") is True:
        return None
    return _said(message, is_edit=bool(edited))


def _said(message: Json, *, is_edit: bool) -> Came | None:
    chat, sender = text(part(message, "chat"), "id"), text(part(message, "from"), "id")
    words = text(message, "text") or text(message, "caption")
    if _DELETE.fullmatch(words.strip()):
        meant = message if is_edit else part(message, "reply_to_message")
        if not number(meant, "message_id"):
            return None
        return Deleted(message=_name(chat, meant), places=(chat,), sender=sender)
    files = sum(1 for kind in _FILES if message.get(kind))
    if _COMMAND.match(words) or not (words.strip() or files):
        return None
    entities = parts(message, "entities") or parts(message, "caption_entities")
    return Said(
        message=_name(chat, message),
        places=(chat,),
        sender=sender,
        html=html_of(words, entities),
        version=number(message, "edit_date") or number(message, "date"),
        said_at=number(message, "date"),
        is_edit=is_edit,
        notes=files_left_out(files),
    )


def _name(chat: str, message: Json) -> str:
    return f"{chat} {number(message, 'message_id')}"


def html_of(words: str, entities: list[Json]) -> str:
    """Paragraphs with bold, italic, struck words, quotes and links."""
    units = words.encode("utf-16-le")
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for entity in sorted(entities, key=lambda one: -number(one, "length")):
        start, end = number(entity, "offset"), number(entity, "offset") + number(entity, "length")
        tag, opening = _tag(entity)
        if tag and 0 <= start < end <= len(units) // 2:
            opens[start] = opens.get(start, "") + opening
            closes[end] = f"</{tag}>" + closes.get(end, "")
    places = sorted({0, len(units) // 2, *opens, *closes})
    shown = ""
    for start, end in zip(places, [*places[1:], places[-1]], strict=True):
        piece = units[2 * start : 2 * end].decode("utf-16-le", "replace")
        shown += closes.get(start, "") + opens.get(start, "") + escape(piece, quote=False)
    paragraphs = (part.strip("\n").replace("\n", "<br>") for part in re.split(r"\n\s*\n", shown))
    return "".join(f"<p>{part}</p>" for part in paragraphs if part)


def _tag(entity: Json) -> tuple[str, str]:
    """The element's name and its opening tag, or nothing for entities that are mere words."""
    kind = text(entity, "type")
    if kind == "text_link":
        return "a", f'<a href="{escape(text(entity, "url"))}">'
    tag = _TAGS.get(kind, "")
    return tag, f"<{tag}>"

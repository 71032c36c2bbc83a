"""What Slack's Events API delivers: messages, changed messages, deleted messages of channels.

Pure. Called by `views.py`. What is said comes as `mrkdwn` text, made into html here; threads are discussion and
are not taken in, nor is what bots say.
Source: https://api.slack.com/apis/events-api, https://api.slack.com/events/message and its subtypes,
https://api.slack.com/reference/surfaces/formatting.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

from stoppress.intake.readers.shapes import Json, files_left_out, part, parts, text
from stoppress.intake.said import Came, Deleted, Said
from stoppress.lib import limits

_TS = re.compile(r"([0-9]{1,12})\.([0-9]{6})")
_SPOKEN = frozenset({"", "file_share", "me_message"})


def challenge(delivery: Json) -> str | None:
    """The word that Slack wants back when an address is registered (`url_verification`), or None."""
    if text(delivery, "type") != "url_verification":
        return None
    return text(delivery, "challenge")[: limits.INTAKE_CHALLENGE_CHARS]


def came(delivery: Json) -> Came | None:
    """What a delivery says, or None: nothing that is taken in."""
    event = part(delivery, "event")
    if text(delivery, "type") != "event_callback" or text(event, "type") != "message":
        return None
    channel, kind = text(event, "channel"), text(event, "subtype")
    if kind == "message_deleted" and _TS.fullmatch(text(event, "deleted_ts")):
        sender = text(part(event, "previous_message"), "user")
        return Deleted(message=f"{channel} {text(event, 'deleted_ts')}", places=(channel,), sender=sender)
    if kind == "message_changed":
        changed = part(event, "message")
        return _said(channel, changed, text(changed, "subtype"), is_edit=True)
    return _said(channel, event, kind, is_edit=False)


def _said(channel: str, message: Json, kind: str, *, is_edit: bool) -> Came | None:
    ts, thread = text(message, "ts"), text(message, "thread_ts")
    if kind == "tombstone" and _TS.fullmatch(ts):  # deleted, with replies below it
        return Deleted(message=f"{channel} {ts}", places=(channel,))
    if kind not in _SPOKEN or text(message, "bot_id") or (thread and thread != ts):
        return None
    if not _TS.fullmatch(ts):
        return None
    return Said(
        message=f"{channel} {ts}",
        places=(channel,),
        sender=text(message, "user"),
        html=html_of(text(message, "text")),
        version=_moment(text(part(message, "edited"), "ts") or ts),
        said_at=_moment(ts) // 1_000_000,
        is_edit=is_edit,
        notes=files_left_out(len(parts(message, "files"))),
    )


def _moment(ts: str) -> int:
    """Slack's time in microseconds."""
    found = _TS.fullmatch(ts)
    return int(found[1]) * 1_000_000 + int(found[2]) if found else 0


# --- mrkdwn → html ------------------------------------------------------------------------------------------

_ANGLE = re.compile(r"<([^<>]*)>")
_FORMS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "b"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "i"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)
_BULLET = re.compile(r"\s*[•◦▪-]\s+")


def html_of(mrkdwn: str) -> str:
    """Paragraphs, quotes and bulleted lists; bold, italic and links in them."""
    return "".join(_blocks(mrkdwn.splitlines()))


def _blocks(lines: list[str]) -> Iterator[str]:
    kind, held = "", list[str]()
    for line in [*lines, ""]:
        now, words = _line(line)
        if held and now != kind:
            yield _block(kind, held)
            held = []
        kind = now
        if now:
            held.append(_words(words))


def _line(line: str) -> tuple[str, str]:
    """The kind of block that a line belongs to ("" ends one) and its words."""
    if line.startswith("&gt;"):
        return "quote", line.removeprefix("&gt;").strip()
    if bullet := _BULLET.match(line):
        return "list", line[bullet.end() :]
    return ("text", line) if line.strip() else ("", "")


def _block(kind: str, lines: list[str]) -> str:
    if kind == "list":
        return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    words = f"<p>{'<br>'.join(lines)}</p>"
    return f"<blockquote>{words}</blockquote>" if kind == "quote" else words


def _words(words: str) -> str:
    """Forms only in what stands between links: an address may hold a `*` or a `_`."""
    done, end = "", 0
    for found in _ANGLE.finditer(words):
        done += _formed(words[end : found.start()]) + _angle(found[1])
        end = found.end()
    return done + _formed(words[end:])


def _formed(words: str) -> str:
    """Slack escapes & < and > in text; the rest is made html here."""
    shown = escape(unescape(words).replace("`", ""), quote=False)
    for form, tag in _FORMS:
        shown = form.sub(rf"<{tag}>\1</{tag}>", shown)
    return shown


def _angle(inside: str) -> str:
    """`<https://…|words>` a link, `<#C1|harbour>` a channel, `<@U1|ana>` a person, `<!here>` a call."""
    target, _, label = inside.partition("|")
    shown = escape(unescape(label or target), quote=False)
    if target.startswith("#"):
        return f"#{escape(unescape(label), quote=False)}" if label else "(a channel)"
    if target.startswith("@"):
        return f"@{escape(unescape(label), quote=False)}" if label else "(a colleague)"
    if target.startswith("!"):
        return shown if label else ""
    return f'<a href="{escape(unescape(target))}">{shown.removeprefix("mailto:")}</a>'

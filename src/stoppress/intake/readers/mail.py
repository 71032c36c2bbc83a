"""An e-mail as it was sent (RFC 5322, MIME) → what was said.

Pure. Called by `views.py` and `mailbox.py`. Nothing of a message is believed but what the provider's own
Authentication-Results header says (RFC 8601), and that only for the authority which the channel names.
Source: https://www.rfc-editor.org/rfc/rfc8601; docs/howto/take-in-e-mail.md.
"""

import hashlib
import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from html import escape

from stoppress.intake.readers.mail_cut import cut_html, cut_text
from stoppress.intake.refusals import NotTaken, Unreadable
from stoppress.intake.said import Attached, Said
from stoppress.lib import limits

_PLACES = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_CID = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']?cid:([^"'\s>]+)[^>]*>""", re.IGNORECASE)
_AGAIN = re.compile(r"(?:\s*(?:re|fw|fwd|aw|wg|sv|vs|tr|rv)\s*:)+\s*", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(?:fw|fwd|wg|vs|tr|rv)\s*:", re.IGNORECASE)
_PASS = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*(\w+)([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.IGNORECASE)


def read_mail(raw: bytes, authority: str) -> Said:
    """What a message says. Raises: Unreadable (no message), NotTaken (its sender is proven to be another's)."""
    try:
        return _read(raw, authority)
    except (NotTaken, Unreadable):
        raise
    except Exception as fault:  # the parser of the standard library has faults of many kinds
        raise Unreadable("The message cannot be read as e-mail; send it as it came, unchanged.") from fault


def _read(raw: bytes, authority: str) -> Said:
    message = BytesParser(policy=policy.default).parsebytes(raw)
    sender = _sender(message)
    proven, doubt = _proof(message, sender, authority)
    body, html, notes = _body(message)
    inline = {found.strip("<>") for found in _CID.findall(html)}
    pictures, more = _attached(message, inline, body)
    return Said(
        message=_name(message, raw),
        places=_places(message),
        sender=sender,
        headline=_headline(message),
        html=_CID.sub("", html),
        pictures=pictures,
        notes=(*notes, *more),
        proven=proven,
        doubt=doubt,
    )


def _sender(message: EmailMessage) -> str:
    found = [address for _, address in getaddresses([str(one) for one in message.get_all("From", [])])]
    if len(found) != 1 or "@" not in found[0]:
        raise Unreadable("The message has no single sender in its From line; send it as it came.")
    return found[0].strip().lower()[: limits.EMAIL_CHARS]


def _places(message: EmailMessage) -> tuple[str, ...]:
    lines = [str(value) for name in _PLACES for value in message.get_all(name, [])]
    found = (address.strip().lower() for _, address in getaddresses(lines))
    unique = dict.fromkeys(address for address in found if address)
    return tuple(unique)[: limits.INTAKE_PLACES]


def _name(message: EmailMessage, raw: bytes) -> str:
    """Its Message-ID; of a message that has none, the message itself."""
    return str(message.get("Message-ID", "")).strip() or hashlib.sha256(raw).hexdigest()


def _headline(message: EmailMessage) -> str:
    """The subject on one line, without "Re:" and "Fwd:"."""
    words = "".join(char if char.isprintable() else " " for char in str(message.get("Subject", "")))
    again = _AGAIN.match(words)
    plain = " ".join(words[again.end() if again else 0 :].split())
    return plain if len(plain) <= limits.HEADLINE_CHARS else plain[: limits.HEADLINE_CHARS - 1].rstrip() + "…"


# --- is it theirs? ------------------------------------------------------------------------------------------


def _proof(message: EmailMessage, sender: str, authority: str) -> tuple[bool, str]:
    """Whether the provider vouches for the From address, and why not. Raises: NotTaken (it says the contrary)."""
    results = _results(message, authority)
    if results is None:
        return False, "The mail service did not say whether the sender’s address is genuine."
    domain = sender.rpartition("@")[2]
    verdicts = {kind: verdict for kind, verdict, _ in results}
    if verdicts.get("dmarc") == "fail":
        raise NotTaken(f"The mail says it is from {sender}, and the mail service found that it is not.")
    aligned = {"dkim", "spf"} & {
        kind for kind, verdict, whose in results if verdict == "pass" and whose == domain
    }
    if verdicts.get("dmarc") == "pass" or aligned:
        return True, ""
    return False, "The mail service could not tell whether the sender’s address is genuine."


def _results(message: EmailMessage, authority: str) -> list[tuple[str, str, str]] | None:
    """(method, verdict, domain) of the topmost Authentication-Results by `authority`; None without one.

    The provider writes its line above all that came with the message, so only the first line may be its.
    """
    first = next((str(value) for value in message.get_all("Authentication-Results", [])), "")
    words = re.sub(r"\([^()]*\)", " ", first)
    who, _, rest = words.partition(";")
    named = who.split()
    if not authority or not named or named[0].lower() != authority.lower():
        return None
    return [(kind.lower(), verdict.lower(), _domain(more)) for kind, verdict, more in _PASS.findall(rest)]


def _domain(properties: str) -> str:
    found = _DOMAIN.search(properties)
    return found[1].rpartition("@")[2].strip('"').lower() if found else ""


# --- what it says -------------------------------------------------------------------------------------------


def _body(message: EmailMessage) -> tuple[EmailMessage | None, str, tuple[str, ...]]:
    """The part that is read, as html without what was cut from it, and what was cut."""
    body = message.get_body(preferencelist=("html", "plain"))
    if not isinstance(body, EmailMessage):
        return None, "", ()
    words = _words(body)
    forwarded = _FORWARDED.match(str(message.get("Subject", ""))) is not None
    if body.get_content_subtype() == "html":
        return (body, *cut_html(words, forwarded=forwarded))
    kept, notes = cut_text(words, forwarded=forwarded)
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", kept))
    html = "".join(
        f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part
    )
    return body, html, notes


def _words(body: EmailMessage) -> str:
    data = body.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    charset = body.get_content_charset() or "utf-8"
    try:
        words = raw.decode(charset, "replace")
    except LookupError:
        words = raw.decode("utf-8", "replace")
    return words.replace("\r\n", "\n").replace("\r", "\n")[: limits.HTML_CHARS]


def _attached(
    message: EmailMessage, inline: set[str], body: EmailMessage | None
) -> tuple[tuple[Attached, ...], tuple[str, ...]]:
    """Pictures, and notes on what else came along. Inline pictures of a part that was cut go with it."""
    pictures: list[Attached] = []
    notes: list[str] = []
    for part in message.walk():
        if part is body or part.is_multipart() or not _is_file(part, inline):
            continue
        name = _filename(part)
        data = part.get_payload(decode=True)
        if part.get_content_maintype() != "image" or not isinstance(data, bytes):
            notes.append(f"An attachment ({name}) was left out.")
        elif len(pictures) >= limits.INTAKE_PICTURES:
            notes.append(f"A picture ({name}) was left out; {limits.INTAKE_PICTURES} of one mail are taken.")
        else:
            pictures.append(Attached(filename=name, data=data))
    return tuple(pictures), tuple(notes[: limits.INTAKE_NOTES])


def _is_file(part: EmailMessage | object, inline: set[str]) -> bool:
    if not isinstance(part, EmailMessage):
        return False
    identity = str(part.get("Content-ID", "")).strip().strip("<>")
    if identity and part.get_content_disposition() != "attachment":
        return identity in inline
    # Text that is no attachment is the other form of the same words.
    return part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment"


def _filename(part: EmailMessage) -> str:
    name = "".join(char for char in (part.get_filename() or "") if char.isprintable())
    return name[-limits.INTAKE_FILENAME_CHARS :] or part.get_content_type()

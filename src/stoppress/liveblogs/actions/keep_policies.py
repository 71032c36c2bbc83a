"""Keeps what the newsroom tells readers, and other programs, about how it works."""

import re
from datetime import datetime

from django.db import transaction

from stoppress.document.markdown import from_markdown
from stoppress.document.text import is_blank
from stoppress.lib import limits
from stoppress.lib.policies import KINDS
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.actions.reframe_liveblog import reframe_liveblog
from stoppress.liveblogs.models import Page
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.liveblogs.title_projection import project_policy, project_title
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Policy, Publisher
from stoppress.newsroom.roles import Staff

_CONTACT = re.compile(r"^Contact:\s*(https://|mailto:|tel:)\S+", re.MULTILINE | re.IGNORECASE)
_EXPIRES = re.compile(r"^Expires:\s*(\S+)\s*$", re.MULTILINE | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def keep_policy(*, by: Staff, kind: str, text: str, at: datetime, address: str = "") -> None:
    """Write a policy, or take it away with an empty text; every page's foot leads to those that are written.

    The text, with its line in the audit trail, is one transaction. When a policy comes or goes, each live
    blog's frame is one more.
    Raises: NotAllowed, NotFound (no such kind), InvalidInput.
    """
    check_manage(by, "write the newsroom's policies")
    if kind not in KINDS:
        raise NotFound(f"There is no policy of the kind {kind[:40]!r}.")
    if _kept(by, kind, _text(text, limits.POLICY_TEXT_CHARS), at, address):
        pages = Page.objects.filter(liveblog__publisher_id=by.publisher_id)
        for blog_id in pages.values_list("pk", flat=True):
            reframe_liveblog(blog_id=blog_id, by=by, at=at)


@transaction.atomic
def _kept(by: Staff, kind: str, text: str, at: datetime, address: str) -> bool:
    """Whether the policy came or went."""
    title = Publisher.objects.select_for_update().get(pk=by.publisher_id)
    row = Policy.objects.filter(publisher=title, kind=kind).first()
    if not text:
        if row is None:
            return False
        row.delete()
    elif row is not None and row.text == text:
        return False
    else:
        row = row or Policy(publisher=title, kind=kind)
        row.text, row.changed_at = text, at
        row.save()
    detail = "" if text else "taken away"
    record(Deed.POLICY_KEPT, by=by, whom=kind, detail=detail, address=address, at=at)
    written = set(Policy.objects.filter(publisher=title).values_list("kind", flat=True))
    before = title.policies
    title.policies = [each for each in KINDS if each in written]
    title.save(update_fields=["policies"])
    if before == title.policies:
        if row is not None:
            project_policy(row, title)
        return False
    project_title(title)
    return True


@transaction.atomic
def keep_machine_texts(
    *, by: Staff, security_txt: str, trust_txt: str, at: datetime, address: str = ""
) -> None:
    """Write security.txt (RFC 9116) and trust.txt (journallist.net); "" takes one away.

    Raises: NotAllowed, InvalidInput (a security.txt without a way to write or a day on which it ends).
    """
    check_manage(by, "write texts for other programs")
    security = _text(security_txt, limits.MACHINE_TEXT_CHARS, "security_txt")
    trust = _text(trust_txt, limits.MACHINE_TEXT_CHARS, "trust_txt")
    if security:
        _check_security(security, at)
    title = Publisher.objects.select_for_update().get(pk=by.publisher_id)
    texts = {"security_txt": security and f"{security}\n", "trust_txt": trust and f"{trust}\n"}
    for name, kept in texts.items():
        if getattr(title, name) == kept:
            continue
        setattr(title, name, kept)
        title.save(update_fields=[name])
        detail = "" if kept else "taken away"
        record(Deed.POLICY_KEPT, by=by, whom=name.replace("_", "."), detail=detail, address=address, at=at)


def _text(raw: str, chars: int, field: str = "text") -> str:
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > chars:
        raise InvalidInput(field, f"The text has {len(text)} characters and may have {chars}; shorten it.")
    if _CONTROL.search(text):
        raise InvalidInput(field, "The text holds hidden characters; take them out.")
    if field == "text" and text and is_blank(from_markdown(text)):
        return ""
    return text


def _check_security(text: str, at: datetime) -> None:
    if not _CONTACT.search(text):
        raise InvalidInput("security_txt", "A line such as “Contact: mailto:security@example.org” is needed.")
    ends = _EXPIRES.findall(text)
    try:
        (end,) = (datetime.fromisoformat(each) for each in ends)
        good = end.tzinfo is not None and end > at
    except ValueError:
        good = False
    if not good:
        raise InvalidInput(
            "security_txt", "One line such as “Expires: 2027-11-22T00:00:00Z” is needed, with a day to come."
        )

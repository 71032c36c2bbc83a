"""The mails the desk sends. Called by the team page."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from stoppress.lib import limits
from stoppress.newsroom.queries import publisher
from stoppress.newsroom.roles import Role, Staff

_log = logging.getLogger(__name__)


def mail_invitation(*, by: Staff, email: str, role: Role, secret: str) -> tuple[str, bool]:
    """The link, and whether a mail server took the mail. What goes wrong is in the log, without the link."""
    link = settings.PUBLIC_URL + reverse("desk:join", args=[secret])
    title = publisher()
    name = _one_line(title.name if title else "Stoppress")
    facts = {"by": by.name, "title": name, "role": role.value, "link": link, "hours": limits.INVITATION_HOURS}
    text = render_to_string("desk/mail/invitation.txt", facts)
    if not settings.MAIL_IS_SENT:
        return link, False
    try:
        return link, bool(
            send_mail(f"{_one_line(by.name)} invites you to the desk of {name}", text, None, [email])
        )
    except OSError as fault:  # smtplib's faults are OSErrors too
        _log.warning("An invitation was not mailed: %s", type(fault).__name__)
        return link, False


def _one_line(text: str) -> str:
    """No line ends: what follows one would be another header."""
    return " ".join(text.split())

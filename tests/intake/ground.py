"""A newsroom with a live blog and channels into it, and deliveries signed as each tool documents it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Final

from django.test import Client
from tests.people import People

from stoppress.accounts.models import User
from stoppress.intake import signatures
from stoppress.intake.actions.channels import (
    NewChannel,
    NewRoute,
    NewSender,
    add_route,
    add_sender,
    make_channel,
)
from stoppress.intake.kinds import Kind
from stoppress.intake.models import Channel
from stoppress.lib import clock
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.models import Post
from stoppress.newsroom.roles import Staff

ADDRESS: Final = "surge@in.example.org"
SLACK_CHANNEL, CHAT = "C024BE91L", "-1001234567890"
SLACK_USER, TELEGRAM_USER = "U024BE7LH", "123456789"
SLACK_SECRET: Final = "8f742231b10e8888abcd99yyyzzz85a5"
AUTHORITY = "mx.example.org"
PROVEN = f"{AUTHORITY}; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=example.org; dmarc=pass"
PLACES: Final[Mapping[Kind, str]] = {
    Kind.MAIL: ADDRESS,
    Kind.MAILBOX: ADDRESS,
    Kind.SLACK: SLACK_CHANNEL,
    Kind.TELEGRAM: CHAT,
}


@dataclass(slots=True)
class Newsroom:
    """A producer, a reporter who sends, and the live blog `surge`."""

    people: People
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    producer: Staff = field(init=False)
    reporter: Staff = field(init=False)
    secrets: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.producer = self.people("producer")
        self.reporter = self.people("reporter", "Ana Ruiz")
        details = NewLiveBlog(headline="Storm surge", slug="surge", timezone="Europe/Kyiv", status="live")
        create_liveblog(by=self.producer, details=details, at=clock.now())

    def channel(self, kind: Kind, *, direct: bool = False) -> Channel:
        """A channel that leads to the live blog and knows the reporter."""
        details = NewChannel(kind=kind.value, name=f"The {kind}", secret=SLACK_SECRET, authority=AUTHORITY)
        channel, secret = make_channel(by=self.producer, details=details, at=clock.now())
        self.secrets[channel.pk] = secret or SLACK_SECRET
        self.lead(channel, direct=direct)
        email = User.objects.get(pk=self.reporter.user_id).email
        for handle in {Kind.SLACK: [SLACK_USER], Kind.TELEGRAM: [TELEGRAM_USER]}.get(kind, []):
            sender = NewSender(handle=handle, email=email)
            add_sender(by=self.producer, channel_id=channel.pk, details=sender, at=clock.now())
        return channel

    def lead(self, channel: Channel, *, direct: bool) -> None:
        """Where it leads, and whether directly."""
        route = NewRoute(place=PLACES[Kind(channel.kind)], slug="surge", direct=direct)
        add_route(by=self.producer, channel_id=channel.pk, details=route, at=clock.now())

    # --- what tools send -------------------------------------------------------------------------------------

    def mail(self, channel: Channel, raw: bytes, *, at: datetime | None = None, **changed: str) -> Any:
        """A message handed over by a mail service. `changed`: another type, time or signature."""
        time = changed.get("time") or str(int((at or clock.now()).timestamp()))
        signed = signatures.mail_signature(self.secrets[channel.pk], time, raw)
        headers = {
            signatures.MAIL_TIME: time,
            signatures.MAIL_SIGNATURE: changed.get("signature", signed),
        }
        kind = changed.get("content_type", "message/rfc822")
        return self.client.post(f"/intake/mail/{channel.key}", raw, content_type=kind, headers=headers)

    def slack(self, channel: Channel, event: object, **changed: Any) -> Any:
        """A delivery of Slack's; `event` is the inner one."""
        outer = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event}
        body = changed.get("body") or json.dumps(outer).encode()
        time = str(changed.get("time") or int(clock.now().timestamp()))
        signed = signatures.slack_signature(self.secrets[channel.pk], time, body)
        headers = {
            signatures.SLACK_TIME: time,
            signatures.SLACK_SIGNATURE: changed.get("signature", signed),
            **(
                {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
                if "again" in changed
                else {}
            ),
        }
        kind = changed.get("content_type", "application/json")
        return self.client.post(f"/intake/slack/{channel.key}", body, content_type=kind, headers=headers)

    def telegram(self, channel: Channel, update: object, **changed: Any) -> Any:
        """An update of Telegram's."""
        body = changed.get("body") or json.dumps(update).encode()
        headers = {signatures.TELEGRAM_SECRET: changed.get("secret", self.secrets[channel.pk])}
        kind = changed.get("content_type", "application/json")
        return self.client.post(f"/intake/telegram/{channel.key}", body, content_type=kind, headers=headers)


def message(
    text: str = "The gate is shut.",
    *,
    subject: str = "",
    sender: str = "ana.ruiz@example.org",
    **headers: str,
) -> EmailMessage:
    """A plain mail from the reporter, with what the mail service found."""
    mail = EmailMessage()
    mail["Authentication-Results"] = headers.pop("results", PROVEN)
    mail["Message-ID"] = headers.pop("message_id", "<one@example.org>")
    mail["From"], mail["To"] = f"Ana Ruiz <{sender}>", headers.pop("to", f"Surge desk <{ADDRESS}>")
    if subject:
        mail["Subject"] = subject
    mail.set_content(text)
    return mail


def only_post() -> Post:
    """The one post there is."""
    return Post.objects.get()

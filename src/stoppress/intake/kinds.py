"""The kinds of channels, and their words.

PURE. Called by every module of this room and by the desk.
"""

from enum import StrEnum


class Kind(StrEnum):
    """How a channel brings what it brings."""

    MAIL = "mail"
    MAILBOX = "mailbox"
    SLACK = "slack"
    TELEGRAM = "telegram"


# As a form offers them.
WORDS = {
    Kind.MAIL: "E-mail, handed over by a mail service (webhook)",
    Kind.MAILBOX: "E-mail, fetched from the newsroom’s mailbox (IMAP)",
    Kind.SLACK: "Slack app",
    Kind.TELEGRAM: "Telegram bot",
}
# As the desk says where a draft came from.
CAME_BY = {
    Kind.MAIL: "By e-mail",
    Kind.MAILBOX: "By e-mail",
    Kind.SLACK: "From Slack",
    Kind.TELEGRAM: "From Telegram",
}
# What names a place in each of them, and a sender.
PLACE = {
    Kind.MAIL: "E-mail address",
    Kind.MAILBOX: "E-mail address",
    Kind.SLACK: "Channel ID, such as C024BE91L",
    Kind.TELEGRAM: "Chat ID, such as -1001234567890",
}
HANDLE = {
    Kind.MAIL: "E-mail address",
    Kind.MAILBOX: "E-mail address",
    Kind.SLACK: "Member ID, such as U024BE7LH",
    Kind.TELEGRAM: "User ID, such as 123456789",
}
MAIL_KINDS = frozenset({Kind.MAIL, Kind.MAILBOX})
BY_WEBHOOK = frozenset({Kind.MAIL, Kind.SLACK, Kind.TELEGRAM})

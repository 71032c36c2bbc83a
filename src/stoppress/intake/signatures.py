"""Whether a request comes from the tool it says it comes from.

PURE but for the moment it is given. Called by `views.py`; imports limits and this room's refusals. Comparisons take
the same time whatever is wrong.
Source: https://api.slack.com/authentication/verifying-requests-from-slack and
https://core.telegram.org/bots/api#setwebhook; our own form is in docs/howto/take-in-e-mail.md.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

from stoppress.intake.refusals import Unsigned
from stoppress.lib import limits

MAIL_TIME, MAIL_SIGNATURE = "X-Stoppress-Timestamp", "X-Stoppress-Signature"
SLACK_TIME, SLACK_SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
TELEGRAM_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)

_SECONDS = re.compile(r"[0-9]{1,12}")


def check_time(said: str, at: datetime) -> str:
    """`said` (seconds since 1970) when it is near `at`. Raises: Unsigned."""
    if not _SECONDS.fullmatch(said):
        raise Unsigned("The request carries no time; send the seconds since 1970 that you signed.")
    if abs(at.timestamp() - int(said)) > limits.INTAKE_SIGNATURE_SECONDS:
        raise Unsigned(
            f"The request was signed more than {limits.INTAKE_SIGNATURE_SECONDS // 60} minutes from now by this "
            "server’s clock; sign it anew, and look at the clocks."
        )
    return said


def mail_signature(secret: str, time: str, body: bytes) -> str:
    """What a mail service sends: `v1=` and HMAC-SHA256 of the time, a dot and the message as it is."""
    return "v1=" + _hmac(secret, f"{time}.".encode() + body)


def slack_signature(secret: str, time: str, body: bytes) -> str:
    """What Slack sends."""
    return "v0=" + _hmac(secret, f"v0:{time}:".encode() + body)


def check_signature(expected: str, came: str) -> None:
    """Raises: Unsigned."""
    if not hmac.compare_digest(expected.encode(), came.encode("utf-8", "replace")):
        raise Unsigned("The signature does not fit; look whether both sides have the same secret.")


def check_telegram(secret: str, headers: Mapping[str, str]) -> None:
    """Raises: Unsigned unless Telegram's header holds the secret that `setWebhook` was given."""
    check_signature(secret, headers.get(TELEGRAM_SECRET, ""))


def _hmac(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()

"""A live blog, its push service, and the worker's turns at moments that the test chooses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.liveblogs.newsdesk import Desk
from tests.push.push_service import PushService

from stoppress.lib import limits
from stoppress.push.actions.read_log import forget_ended, read_logs
from stoppress.push.actions.subscribe import Device, subscribe
from stoppress.push.models import Wants
from stoppress.push.sender import send_due

WAIT = limits.PUSH_WAIT_SECONDS


@dataclass(slots=True)
class Ground:
    """Time is the desk's: each deed there takes a minute."""

    desk: Desk
    service: PushService
    at: datetime

    def follow(
        self, name: str, *answers: int, wants: Wants = Wants.EVERYTHING, retry_after: str = ""
    ) -> Device:
        """A phone that is told from now on."""
        phone = self.service.phone(name, *answers, retry_after=retry_after)
        self.subscribe(phone, wants)
        return phone

    def subscribe(self, phone: Device, wants: Wants) -> None:
        slug, outside = self.desk.blog.slug, self.service.outside
        subscribe(slug=slug, device=phone, wants=wants, at=self.desk.at, outside=outside)

    def turn(self, seconds: float = WAIT) -> int:
        """The worker's turn that long after the desk's last deed; returns how many messages went out."""
        now = self.desk.at + timedelta(seconds=seconds)
        read_logs(at=now)
        forget_ended(at=now)
        return send_due(self.service.outside, lambda: now)

"""Fills a newsroom for the demonstration: publisher, people, the closed live blog, the one about to be played.

Called by `cli/demo.py` and tests. Writes only through the real actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from stoppress.demo.cast import CAST, PUBLISHER, TIMEZONE
from stoppress.demo.script import Script, parse_script
from stoppress.demo.stage import Stage
from stoppress.demo.times import AsItHappened, Replayed
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.models import Status
from stoppress.newsroom.actions.add_staff import add_staff
from stoppress.newsroom.actions.ensure_publisher import ensure_publisher
from stoppress.newsroom.queries import staff_of
from stoppress.newsroom.roles import Staff

STORIES = Path(__file__).with_name("stories")
LIVE, CLOSED = "storm-surge", "council-budget"
_CLOSED_DAYS_AGO = 2  # its night ends yesterday at the latest, whatever the hour is now
_STAND_IN = "hanneke"  # an editor, who may make live blogs


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The seeded newsroom: who works there, by the names the stories call them."""

    cast: Mapping[str, Staff]
    public_url: str

    @property
    def editor(self) -> Staff:
        """Who makes and closes live blogs."""
        return self.cast[_STAND_IN]


@cache
def story(name: str) -> Script:
    """One of the stories that come with the demonstration. Raises: BadScript."""
    path = STORIES / f"{name}.story"
    return parse_script(
        path.read_text(encoding="utf-8"), name=path.name, cast=[person.key for person in CAST]
    )


def seed_newsroom(*, password: str, public_url: str, now: datetime) -> Newsroom:
    """Make publisher, people and the closed live blog; what is there already stays, with the new password.

    `public_url`: where this newsroom is reached, for links from one post to another.
    """
    ensure_publisher(name=PUBLISHER, timezone=TIMEZONE)
    newsroom = Newsroom(cast=_people(password), public_url=public_url)
    if CLOSED not in _slugs(newsroom):
        _seed_closed(newsroom, now)
    return newsroom


def open_story(newsroom: Newsroom, *, speed: float, now: datetime) -> Stage:
    """Make the live blog of the surge with everything that lies in its past; what is to come waits in the script.

    A live blog of an earlier demonstration in the same folder is closed, and the new one gets a number.
    """
    script = story(LIVE)
    begins = script.deeds[0].minute if script.begins is None else script.begins
    times = Replayed([deed.minute for deed in script.deeds], begins=begins, now=now, speed=speed)
    stage = Stage(script=script, cast=newsroom.cast, times=times, public_url=newsroom.public_url, speed=speed)
    past = [deed for deed in script.deeds if deed.minute <= begins]
    slug = _free_slug(newsroom, now)
    stage.begin(by=newsroom.editor, at=times.at(past[0].minute), slug=slug)
    for deed in past:
        stage.play(deed, at=times.at(deed.minute))
    return stage


def _people(password: str) -> dict[str, Staff]:
    people: dict[str, Staff] = {}
    for person in CAST:
        account = add_staff(email=person.email, role=person.role, name=person.name, password=password)
        staff = staff_of(account)
        if staff is None:
            raise RuntimeError(f"{person.email} was put on the staff and is not there.")
        people[person.key] = staff
    return people


def _seed_closed(newsroom: Newsroom, now: datetime) -> None:
    script = story(CLOSED)
    day = (now.astimezone(ZoneInfo(script.timezone)) - timedelta(days=_CLOSED_DAYS_AGO)).date()
    times = AsItHappened(day, script.timezone)
    stage = Stage(script=script, cast=newsroom.cast, times=times, public_url=newsroom.public_url)
    stage.begin(by=newsroom.editor, at=times.at(script.deeds[0].minute))
    for deed in script.deeds:
        stage.play(deed, at=times.at(deed.minute))


def _slugs(newsroom: Newsroom) -> set[str]:
    return {listed.blog.slug for listed in queries.liveblogs_of(newsroom.editor)}


def _free_slug(newsroom: Newsroom, now: datetime) -> str:
    """An address for another showing; the showing before, if it was cut short, is closed."""
    number, slug = 1, LIVE
    shown = {listed.blog.slug: listed.blog.status for listed in queries.liveblogs_of(newsroom.editor)}
    while slug in shown:
        if shown[slug] in (Status.LIVE, Status.PAUSED):
            close_liveblog(by=newsroom.editor, slug=slug, at=now)
        number, slug = number + 1, f"{LIVE}-{number + 1}"
    return slug

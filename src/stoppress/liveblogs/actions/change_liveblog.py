"""Changes what stands above the posts: headline, standfirst, topics, the event and its time zone."""

from dataclasses import asdict, dataclass
from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.actions import content
from stoppress.liveblogs.models import LiveBlog
from stoppress.liveblogs.topics import topics
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBlogChange:
    """What to change; None leaves a part as it is."""

    headline: str | None = None
    standfirst: str | None = None
    timezone: str | None = None
    topics: tuple[str, ...] | None = None
    about: content.About | None = None


def change_liveblog(*, by: Staff, slug: str, change: LiveBlogChange, at: datetime) -> Seq:
    """Rewrite the head of a live blog; open pages show it at once.

    One `liveblog.changed` event; what stands so already changes nothing. A new time zone changes the printed time
    of every post, so readers fetch the page afresh. Raises: NotAllowed, NotFound, InvalidInput.
    """
    blog = access.blog_to_see(by, slug)
    access.check_lead(by, "change a live blog's headline")
    with writing(blog.pk, by=by.name, at=at) as log:
        before = _head(log.blog)
        if change.headline is not None:
            log.blog.headline = content.line(
                "headline", change.headline, limits.HEADLINE_CHARS, required=True
            )
        if change.standfirst is not None:
            log.blog.standfirst = content.line("standfirst", change.standfirst, limits.STANDFIRST_CHARS)
        moved = change.timezone is not None and change.timezone != log.blog.timezone
        if change.timezone is not None:
            log.blog.timezone = content.timezone(change.timezone)
        if change.topics is not None:
            log.blog.topics = topics(change.topics)
        if change.about is not None:
            for name, value in asdict(content.about(change.about)).items():
                setattr(log.blog, name, value)
        after = _head(log.blog)
        if after == before:
            return log.seq
        log.blog.save(
            update_fields=["headline", "standfirst", "timezone", "topics", *asdict(about_of(log.blog))]
        )
        log.touched.head = after[:3] != before[:3]
        log.touched.topics = after[3] != before[3]
        return log.append_whole(Kind.LIVEBLOG_CHANGED) if moved else log.append(Kind.LIVEBLOG_CHANGED)


def about_of(blog: LiveBlog) -> content.About:
    """What it says now that it is about."""
    return content.About(
        event_name=blog.event_name,
        event_place=blog.event_place,
        event_starts_at=blog.event_starts_at,
        planned_end_at=blog.planned_end_at,
    )


def _head(blog: LiveBlog) -> tuple[str, str, str, list[str], content.About]:
    return blog.headline, blog.standfirst, blog.timezone, blog.topics, about_of(blog)

"""Makes a new live blog."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import slugify
from stoppress.liveblogs import access
from stoppress.liveblogs.actions import content
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.models import LiveBlog, Status
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.liveblogs.topics import topics
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Staff

_SLUG_TRIES = 100


def _free_slug(wanted: str, headline: str) -> str:
    """The address asked for, which must be free; or one made from the headline, numbered until it is free."""
    if wanted:
        if LiveBlog.objects.filter(slug=content.slug(wanted)).exists():
            raise InvalidInput(
                "slug", f"The address {wanted!r} is taken by another live blog; choose another slug."
            )
        return wanted
    stem = slugify(headline) or "live"
    for number in range(1, _SLUG_TRIES):
        candidate = stem if number == 1 else f"{stem[: limits.SLUG_CHARS - 4]}-{number}"
        if not LiveBlog.objects.filter(slug=candidate).exists():
            return candidate
    raise InvalidInput("slug", f"{_SLUG_TRIES} live blogs have this headline; give a slug of your own.")


def _status(value: str) -> str:
    if value not in (Status.DRAFT, Status.LIVE):
        raise InvalidInput(
            "status", f"A new live blog is draft or live, not {value[:40]!r}; close it once it has ended."
        )
    return value


def insert_liveblog(*, by: Staff, details: NewLiveBlog, at: datetime, preferred_slug: str = "") -> LiveBlog:
    """Insert the row of a draft, inside the caller's transaction; no event yet.

    `preferred_slug` is taken when it is free and no slug is asked for. Raises: InvalidInput.
    """
    headline = content.line("headline", details.headline, limits.HEADLINE_CHARS, required=True)
    standfirst = content.line("standfirst", details.standfirst, limits.STANDFIRST_CHARS)
    publisher = Publisher.objects.select_for_update().get(
        pk=by.publisher_id
    )  # one slug is given out at a time
    return LiveBlog.objects.create(
        publisher=publisher,
        slug=_free_slug(details.slug, preferred_slug or headline),
        headline=headline,
        standfirst=standfirst,
        timezone=content.timezone(details.timezone or publisher.timezone),
        language=content.language(details.language or publisher.language),
        topics=topics(details.topics),
        **asdict(content.about(details.about)),
        created_at=at,
        created_by_id=by.user_id,
    )


def create_liveblog(*, by: Staff, details: NewLiveBlog, at: datetime) -> LiveBlog:
    """Make a live blog, as a draft or open to readers at once.

    One transaction: the row, `liveblog.created` and, when opened, `liveblog.opened`.
    Raises: NotAllowed, InvalidInput.
    """
    access.check_lead(by, "create live blogs")
    status = _status(details.status)
    with transaction.atomic():
        blog = insert_liveblog(by=by, details=details, at=at)
        with writing(blog.pk, by=by.name, at=at) as log:
            log.append(Kind.LIVEBLOG_CREATED)
            if status == Status.LIVE:
                log.blog.status, log.blog.opened_at = Status.LIVE, at
                log.blog.save(update_fields=["status", "opened_at"])
                log.append_status(Kind.LIVEBLOG_OPENED)
    return LiveBlog.objects.get(pk=blog.pk)

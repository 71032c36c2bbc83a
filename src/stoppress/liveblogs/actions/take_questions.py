"""Shows readers a form to ask questions, or takes it away."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def take_questions(*, by: Staff, slug: str, wanted: bool, at: datetime) -> Seq:
    """Open or shut the form on every open page; what it already is is a no-op. Questions asked so far stay.

    One transaction: `liveblog.changed`, then `head.changed` for the slot. Raises: NotAllowed, NotFound.
    """
    blog = access.blog_to_see(by, slug)
    access.check_lead(by, "open a live blog to questions")
    with writing(blog.pk, by=by.name, at=at) as log:
        if log.blog.takes_questions == wanted:
            return log.seq
        log.blog.takes_questions = wanted
        log.blog.save(update_fields=["takes_questions"])
        return log.append(Kind.LIVEBLOG_CHANGED)

"""Lines of a live blog's correction log: what was wrong in which post, and what was taken down and why.

Called by `liveblogs/projection.py`; each line is stored with its moment and `edge/frame.py` puts a page around
them. May import `document`, `lib` and this room. A withdrawn post's line names nothing of it but its time.
"""

from dataclasses import dataclass
from datetime import datetime

from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.render.element import NOTHING, Html, element, filled, text
from stoppress.render.facts import BlogFacts, CorrectionFacts, PostFacts, TombstoneFacts
from stoppress.render.times import full_time, full_words, post_time


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log. `at` gives the order, newest first."""

    at: datetime
    html: str


def correction_lines(post: PostFacts, blog: BlogFacts) -> tuple[Line, ...]:
    """One line for each correction of a post, in the order they were made."""
    return tuple(Line(note.at, _correction(note, post, blog)) for note in post.corrections)


def withdrawal_line(gone: TombstoneFacts, blog: BlogFacts) -> Line:
    """The line of a withdrawn post: when it was published, when it went, why."""
    title = element("h3", None, _link(gone.id, "", blog.say("Withdrawn"), blog))
    what = element(
        "p",
        {"class": "note"},
        filled(
            blog.say("Post of {time}"), time=full_time(gone.first_published_at, blog.timezone, blog.language)
        ),
    )
    reason = element("p", {"class": "correction"}, text(gone.reason)) if gone.reason else NOTHING
    return Line(gone.withdrawn_at, _entry(gone.withdrawn_at, title, what, reason, blog=blog))


def _correction(note: CorrectionFacts, post: PostFacts, blog: BlogFacts) -> Html:
    title = post.headline or first_words(post.document, limits.TITLE_CHARS)
    moment = full_words(post.first_published_at, blog.timezone, blog.language)
    named = title or blog.say("Post of {time}", time=moment)
    return _entry(
        note.at,
        element("h3", None, _link(post.id, "", named, blog)),
        element(
            "p",
            {"class": "correction"},
            element("strong", None, text(blog.say("Correction"))),
            text(f" {note.text}"),
        ),
        element("p", {"class": "updated"}, _link(post.id, "/history", blog.say("See what changed"), blog)),
        blog=blog,
    )


def _link(post_id: str, page: str, said: str, blog: BlogFacts) -> Html:
    return element("a", {"href": f"/live/{blog.slug}/posts/{post_id}{page}"}, text(said))


def _entry(at: datetime, *parts: Html, blog: BlogFacts) -> Html:
    return element("li", {"class": "version"}, post_time(at, blog.timezone, blog.language), *parts)

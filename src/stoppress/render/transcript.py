"""A whole live blog as plain text, oldest post first: to read, print or keep.

Called by `liveblogs/exports.py`. May import `document`, `lib` and this room.
"""

from collections.abc import Iterable, Iterator

from stoppress.render.facts import BlogFacts, PostFacts, TombstoneFacts
from stoppress.render.plain import document_plain
from stoppress.render.times import full_words

_RULE = "-" * 72


def transcript(blog: BlogFacts, posts: Iterable[PostFacts | TombstoneFacts]) -> str:
    """The text, ending in a line end. `posts`: newest first, as everywhere; they are turned round here."""
    lines = [*_head(blog)]
    for post in reversed(list(posts)):
        lines += ["", _RULE, "", *(_post(post, blog) if isinstance(post, PostFacts) else _gone(post, blog))]
    return "\n".join(lines) + "\n"


def _head(blog: BlogFacts) -> Iterator[str]:
    yield blog.headline
    if blog.standfirst:
        yield blog.standfirst
    if blog.byline:
        yield blog.say("By {names}", names=blog.say(", ").join(name.name for name in blog.byline))
    yield blog.url


def _post(post: PostFacts, blog: BlogFacts) -> Iterator[str]:
    marked = [
        word
        for word, is_so in ((blog.say("Key event"), post.key_event), (blog.say("Summary"), post.summary))
        if is_so
    ]
    yield " - ".join([_time(post, blog), *marked])
    if post.headline:
        yield post.headline
    credit = blog.say(", ").join([*post.byline, *([post.dateline] if post.dateline else [])])
    if credit:
        yield credit
    yield ""
    yield document_plain(post.document)
    for note in post.corrections:
        at = full_words(note.at, blog.timezone, blog.language)
        yield ""
        yield blog.say("Correction ({time}): {text}", time=at, text=note.text)


def _gone(gone: TombstoneFacts, blog: BlogFacts) -> Iterator[str]:
    at = full_words(gone.withdrawn_at, blog.timezone, blog.language)
    yield f"{_time(gone, blog)} - {blog.say('Withdrawn')}"
    yield ""
    yield f"{blog.say('This post was withdrawn on {time}.', time=at)} {gone.reason}".rstrip()


def _time(post: PostFacts | TombstoneFacts, blog: BlogFacts) -> str:
    return full_words(post.first_published_at, blog.timezone, blog.language)

"""A post as readers get it: header, document, corrections, foot; or what is left when it is withdrawn.

Called by `liveblogs/projection.py`; the bytes are stored and stay the same on the first load, as a live
insert and on the post's own page. May import `document`, `lib` and this room.

What the script and the style sheet rely on (docs/reference/page.md): the element's id `post-{id}`, its
`data-post`, the first `<time>` in it (= first published, gives the order), the classes `key-event`,
`summary`, `withdrawn` and `correction`. `aria-posinset` and `aria-setsize` are the script's.
"""

from stoppress.lib.languages import Words, words_in
from stoppress.render.authors import author_link, portrait
from stoppress.render.element import NOTHING, Html, Value, element, filled, join, text, tongue
from stoppress.render.facts import CorrectionFacts, PostFacts, TombstoneFacts
from stoppress.render.html import document_html
from stoppress.render.structured import ballots
from stoppress.render.times import full_time, post_time, time_since


def post_html(post: PostFacts, blog_slug: str, timezone: str, language: str) -> str:
    """The whole element of a published post."""
    body = ballots(post.document, blog_slug, post.id)
    spoken = tongue(post.document.language, language)
    return element(
        "article",
        _frame(post.id, *_marks(post)),
        _header(post, blog_slug, timezone, language),
        element("div", {"class": "post-body", **spoken}, Html(document_html(body))),
        *(_correction(correction, post, blog_slug, timezone, language) for correction in post.corrections),
        _footer(post, blog_slug, timezone, language),
    )


def tombstone_html(tombstone: TombstoneFacts, blog_slug: str, timezone: str, language: str) -> str:
    """What stands in the place of a withdrawn post: when it was, when it went and why. None of its words."""
    say = words_in(language)
    withdrawn_at = full_time(tombstone.withdrawn_at, timezone, language)
    return element(
        "article",
        _frame(tombstone.id, "withdrawn"),
        element(
            "header",
            None,
            _moment(blog_slug, tombstone.id, {}, post_time(tombstone.first_published_at, timezone, language)),
            element("p", {"class": "label", "id": _label(tombstone.id)}, text(say("Withdrawn"))),
        ),
        element(
            "div",
            {"class": "post-body"},
            element("p", None, filled(say("This post was withdrawn on {time}."), time=withdrawn_at)),
            element("p", None, text(tombstone.reason)) if tombstone.reason else NOTHING,
        ),
    )


def credit_html(names: tuple[str, ...], say: Words) -> Html:
    """Names as printed: "A", "A and B", "A, B and C"."""
    return Html(say.names([name_html(name) for name in names]))


def name_html(name: str) -> Html:
    """A name, isolated: it may be written the other way round than what stands beside it."""
    return element("bdi", None, text(name))


def _frame(post_id: str, *classes: str) -> dict[str, Value]:
    return {
        "class": " ".join(("post", *classes)),
        "id": f"post-{post_id}",
        "data-post": post_id,
        "role": "article",
        "tabindex": -1,
        "aria-labelledby": _label(post_id),
    }


def _label(post_id: str) -> str:
    return f"post-{post_id}-label"


def _marks(post: PostFacts) -> tuple[str, ...]:
    return (*(("key-event",) if post.key_event else ()), *(("summary",) if post.summary else ()))


def _header(post: PostFacts, blog_slug: str, timezone: str, language: str) -> Html:
    say = words_in(language)
    label: dict[str, Value] = {"id": _label(post.id)}
    moment = post_time(post.first_published_at, timezone, language)
    return element(
        "header",
        None,
        _permalink(blog_slug, post.id, moment)
        if post.headline
        else _moment(blog_slug, post.id, label, moment),
        _mark_line(post, say),
        element("h2", label | tongue(post.document.language, language), text(post.headline))
        if post.headline
        else NOTHING,
        _credit_line(post, say),
    )


def _permalink(blog_slug: str, post_id: str, moment: Html) -> Html:
    return element("a", {"class": "permalink", "href": f"/live/{blog_slug}/posts/{post_id}"}, moment)


def _moment(blog_slug: str, post_id: str, label: dict[str, Value], moment: Html) -> Html:
    """The time as the heading of a post that has no other: listeners step through posts by headings."""
    return element("h2", {"class": "moment", **label}, _permalink(blog_slug, post_id, moment))


def _mark_line(post: PostFacts, say: Words) -> Html:
    """The marks in words: colour alone tells nobody."""
    marks = [
        word
        for word, marked in ((say("Key event"), post.key_event), (say("Summary"), post.summary))
        if marked
    ]
    return element("p", {"class": "label"}, text(say(", ").join(marks))) if marks else NOTHING


def _credit_line(post: PostFacts, say: Words) -> Html:
    parts = [
        *(portrait(author) for author in post.authors),
        element("span", {"class": "byline"}, _names(post, say)) if post.byline else NOTHING,
        element("span", {"class": "dateline"}, text(post.dateline)) if post.dateline else NOTHING,
    ]
    present = [part for part in parts if part]
    return element("p", {"class": "credit"}, join(present, " ")) if present else NOTHING


def _names(post: PostFacts, say: Words) -> Html:
    """The names in order; those with a page of their own lead there and have their role beside them."""
    pages = {author.name: author for author in post.authors}
    named = [author_link(pages[name], say) if name in pages else name_html(name) for name in post.byline]
    return Html(say.names(named))


def _history(blog_slug: str, post_id: str, said: Html) -> Html:
    return element("a", {"href": f"/live/{blog_slug}/posts/{post_id}/history"}, said)


def _correction(
    correction: CorrectionFacts, post: PostFacts, blog_slug: str, timezone: str, language: str
) -> Html:
    return element(
        "p",
        {"class": "correction"},
        element("strong", None, _history(blog_slug, post.id, text(words_in(language)("Correction")))),
        Html(" "),
        time_since(correction.at, post.first_published_at, timezone, language),
        Html(" "),
        element("span", None, text(correction.text)),
    )


def _footer(post: PostFacts, blog_slug: str, timezone: str, language: str) -> Html:
    if post.last_changed_at <= post.first_published_at:
        return NOTHING
    say = words_in(language)
    at = time_since(post.last_changed_at, post.first_published_at, timezone, language)
    how = _history(blog_slug, post.id, text(say("See what changed")))
    return element(
        "footer",
        None,
        element("p", {"class": "updated"}, filled(say("Updated at {time}"), time=at), text(" "), how),
    )

"""What is written on the picture that other sites show beside a link, and the picture's address.

Called by `sharing.py` and, with the same facts, by `cards` (which draws it when first asked): the address carries a
hash of the words, so new words are a new picture. May import `lib` and this room.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from stoppress.lib import limits
from stoppress.lib.languages import words_in
from stoppress.render.facts import BlogFacts, PostFacts
from stoppress.render.shapes import drawn_height
from stoppress.render.times import day_words, full_words
from stoppress.render.titles import post_title

# Raise when cards come out differently for the same words.
DRAWING = "1"
HEIGHT = 630  # to the width of a shape: what Open Graph's readers cut nothing from
_HASH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one picture. `mark`: set apart above the title, in the accent when `is_marked`."""

    slug: str
    post_id: str  # "" = the live blog's own
    publisher: str
    mark: str
    is_marked: bool
    title: str
    under: str
    language: str
    shape: str = ""  # one of render/shapes.py; "" = WIDTH by HEIGHT

    @property
    def height(self) -> int:
        """In pixels; every card is WIDTH wide."""
        return drawn_height(self.shape) if self.shape else HEIGHT

    @property
    def file(self) -> str:
        """Its name in the address."""
        said = (
            DRAWING,
            self.publisher,
            self.mark,
            str(self.is_marked),
            self.title,
            self.under,
            self.language,
        )
        digest = blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=_HASH_BYTES).hexdigest()
        return f"{'-'.join(filter(None, (self.post_id, digest, self.shape)))}.png"

    @property
    def path(self) -> str:
        """Where it is, on this site."""
        return f"/cards/{self.slug}/{self.file}"

    @property
    def alt(self) -> str:
        """The same words for whoever cannot see it."""
        return ". ".join(filter(None, (self.mark, self.title, self.under, self.publisher)))


def blog_card(blog: BlogFacts, shape: str = "") -> Card:
    """A live blog's: its status, its headline and the day it was opened."""
    say = words_in(blog.language)
    marks = {"live": say("Live"), "paused": say("Paused"), "closed": say("As it happened")}
    return Card(
        slug=blog.slug,
        post_id="",
        publisher=blog.site.name,
        mark=marks.get(blog.status, ""),
        is_marked=blog.status == "live",
        title=_bounded(blog.headline),
        under=_day(blog.opened_at, blog),
        language=blog.language,
        shape=shape,
    )


def post_card(post: PostFacts, blog: BlogFacts) -> Card:
    """A post's: when it was published, what it says first, and the live blog it stands in."""
    say = words_in(blog.language)
    return Card(
        slug=blog.slug,
        post_id=post.id,
        publisher=blog.site.name,
        mark=say("Key event")
        if post.key_event
        else full_words(post.first_published_at, blog.timezone, blog.language),
        is_marked=post.key_event,
        title=_bounded(post_title(post, blog)),
        under=_bounded(blog.headline),
        language=blog.language,
    )


def _day(at: datetime | None, blog: BlogFacts) -> str:
    return day_words(at, blog.timezone, blog.language) if at else ""


def _bounded(words: str) -> str:
    return (
        words
        if len(words) <= limits.SHARE_TITLE_CHARS
        else f"{words[: limits.SHARE_TITLE_CHARS - 1].rstrip()}…"
    )

"""Keeps the page by which readers know somebody who writes: their own, or anybody's by who looks after the title."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stoppress.lib import limits
from stoppress.lib.folding import words_apart
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.models import Media, PageByline
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.liveblogs.title_projection import project_author
from stoppress.newsroom import access
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Author, AuthorName, Membership, Publisher
from stoppress.newsroom.refusals import NotHere
from stoppress.newsroom.roles import Staff

_SLUG_TRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorWords:
    """What stands on the page. The name is the one in bylines. `alt`: what the portrait shows."""

    role: str = ""
    biography: str = ""
    alt: str = ""
    shown: bool = True


def keep_author(
    *, by: Staff, user_id: int, words: AuthorWords, portrait: Media | None, at: datetime, address: str = ""
) -> Author:
    """Write the page; bylines of what they published lead there from now on. `portrait` None takes the picture away.

    The page is one transaction, then each live blog that prints the name is one: a stop in between leaves the rest of
    the bylines as they were until `stoppress rebuild`. One line in the audit trail; the same again changes nothing.
    Raises: ManagersOnly, NotHere, InvalidInput.
    """
    if user_id != by.user_id:
        access.check_manage(by, "write somebody else's page for readers")
    author, names, differs = _kept(by, user_id, words, portrait, (at, address))
    if differs:
        for blog_id in _liveblogs_of(by.publisher_id, names):
            rebuild_liveblog(blog_id=blog_id, by=by.name, at=at)
    return author


@transaction.atomic
def _kept(
    by: Staff, user_id: int, words: AuthorWords, portrait: Media | None, moment: tuple[datetime, str]
) -> tuple[Author, list[str], bool]:
    """The row, every name that leads to it, and whether bylines look different now."""
    at, address = moment
    title = Publisher.objects.select_for_update().get(pk=by.publisher_id)
    name = _printed(by, user_id)
    author = Author.objects.filter(publisher=title, user_id=user_id).first()
    author = author or Author(publisher=title, user_id=user_id, slug=_free_slug(name))
    before, kept = _in_bylines(author), _on_page(author)
    author.name = name
    author.role = line("role", words.role, limits.AUTHOR_ROLE_CHARS)
    author.biography = _biography(words.biography)
    author.portrait = _portrait(portrait, words.alt) if portrait else {}
    author.shown = words.shown
    if author.pk and kept == _on_page(author):
        return author, [], False
    author.changed_at = at
    author.save()
    detail = "" if author.shown else "readers do not see it"
    record(Deed.AUTHOR_KEPT, by=by, whom=name, detail=detail, address=address, at=at)
    claimed = _claim(title, author)
    project_author(author, title)
    names = list(AuthorName.objects.filter(author=author).values_list("name", flat=True))
    return author, names, claimed or before != _in_bylines(author)


def _printed(by: Staff, user_id: int) -> str:
    """The name that is printed. An account without one has only its address, which no reader may see."""
    found = (
        Membership.objects.select_related("user")
        .filter(user_id=user_id, publisher_id=by.publisher_id)
        .first()
    )
    if found is None:
        raise NotHere("There is no such person on the staff; look at the list of people.")
    name = found.user.name.strip()
    if not name or not words_apart(name):
        raise InvalidInput(
            "name", "A page for readers needs a name as it is printed in bylines; set it first."
        )
    return name


def _in_bylines(author: Author) -> tuple[object, ...]:
    return (author.pk, author.slug, author.role, author.portrait, author.shown)


def _on_page(author: Author) -> tuple[object, ...]:
    return (author.name, author.role, author.biography, author.portrait, author.shown)


def _biography(text: str) -> str:
    """Paragraphs, one empty line between two. Raises: InvalidInput."""
    lines = [
        line("biography", part, limits.BIOGRAPHY_CHARS) for part in text.replace("\r\n", "\n").split("\n")
    ]
    kept = "\n".join(lines).strip()
    while "\n\n\n" in kept:
        kept = kept.replace("\n\n\n", "\n\n")
    if len(kept) > limits.BIOGRAPHY_CHARS:
        raise InvalidInput(
            "biography",
            f"The biography has {len(kept)} characters and may have {limits.BIOGRAPHY_CHARS}; shorten it.",
        )
    return kept


def _portrait(media: Media, alt: str) -> dict[str, object]:
    shown = line("alt", alt, limits.ALT_CHARS)
    if not shown:
        raise InvalidInput(
            "alt", "Say in a few words what the portrait shows, for readers who cannot see it."
        )
    return {"id": media.pk, "alt": shown, "renditions": [dict(each) for each in media.renditions]}


def _free_slug(name: str) -> str:
    """The last part of the address; it stays when the name changes."""
    stem = "-".join(words_apart(name))[: limits.SLUG_CHARS].strip("-")
    for number in range(1, _SLUG_TRIES):
        slug = stem if number == 1 else f"{stem[: limits.SLUG_CHARS - 4]}-{number}"
        if not Author.objects.filter(slug=slug).exists():
            return slug
    raise InvalidInput("name", f"{_SLUG_TRIES} people are called {name}; print yours in another way.")


def _claim(title: Publisher, author: Author) -> bool:
    """Let the printed name lead to the page; whether it did not before. Raises: InvalidInput (it is another's)."""
    found = AuthorName.objects.filter(publisher=title, name=author.name).first()
    if found is None:
        AuthorName.objects.create(publisher=title, author=author, name=author.name)
        return True
    if found.author_id != author.pk:
        raise InvalidInput(
            "name",
            f"The name {author.name} leads to somebody else's page already; print yours in another way, "
            "with an initial perhaps.",
        )
    return False


def _liveblogs_of(publisher_id: int, names: list[str]) -> list[int]:
    """Row numbers of live blogs in which one of the names is printed now."""
    rows = PageByline.objects.filter(name__in=names, page__liveblog__publisher_id=publisher_id)
    return list(rows.order_by("page_id").values_list("page_id", flat=True).distinct())

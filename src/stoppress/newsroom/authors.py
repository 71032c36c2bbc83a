"""Who of the staff has a page for readers, and which policies are written. Reads only. Called by the desk."""

from dataclasses import dataclass

from stoppress.newsroom.models import Author, Membership, Policy
from stoppress.newsroom.refusals import NotHere
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """One person, and their page if they have one. `name` is "" when only an address is known of them."""

    user_id: int
    name: str
    is_active: bool
    author: Author | None


def policy_of(by: Staff, kind: str) -> Policy | None:
    """The policy of that kind, if it is written."""
    return Policy.objects.filter(publisher_id=by.publisher_id, kind=kind).first()


def author_line(by: Staff, user_id: int) -> AuthorLine:
    """Somebody of the staff. Raises: NotHere."""
    row = (
        Membership.objects.select_related("user")
        .filter(user_id=user_id, publisher_id=by.publisher_id)
        .first()
    )
    if row is None:
        raise NotHere("There is no such person on the staff; look at the list of people.")
    author = Author.objects.filter(publisher_id=by.publisher_id, user_id=user_id).first()
    return AuthorLine(user_id, row.user.name, row.user.is_active, author)


def author_lines(by: Staff) -> list[AuthorLine]:
    """Everybody with a name, those who still work here first, by name."""
    rows = Membership.objects.select_related("user").filter(publisher_id=by.publisher_id)
    authors = {author.user_id: author for author in Author.objects.filter(publisher_id=by.publisher_id)}
    lines = [
        AuthorLine(row.user_id, row.user.name, row.user.is_active, authors.get(row.user_id)) for row in rows
    ]
    return sorted(
        (line for line in lines if line.name or line.author),
        key=lambda line: (not line.is_active, line.name.casefold(), line.user_id),
    )

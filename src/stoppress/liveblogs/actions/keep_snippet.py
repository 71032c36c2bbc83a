"""Keeps the title's templates and snippets."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stoppress.document.markdown import from_markdown
from stoppress.document.text import is_blank
from stoppress.lib import limits
from stoppress.liveblogs.access import check_lead
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.models import Snippet
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.liveblogs.snippets import BUILT_IN, PLACEHOLDERS, unknown_placeholders
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Staff

_DEED = "change the title's snippets"


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetContent:
    """What is kept: `text` is Markdown with placeholders."""

    name: str
    text: str
    headline: str = ""
    summary: bool = False


def add_snippet(*, by: Staff, content: SnippetContent, instead_of: str = "", at: datetime) -> int:
    """Keep a new one, or with `instead_of` the title's own words for a built-in one; returns its row number.

    Raises: NotAllowed, InvalidInput (a field, a name that is taken, too many).
    """
    check_lead(by, _DEED)
    if instead_of and instead_of not in {shown.built_in for shown in BUILT_IN}:
        raise InvalidInput("instead_of", f"There is no built-in snippet {instead_of[:40]!r}.")
    ready = _checked(content)
    with transaction.atomic():
        Publisher.objects.select_for_update().get(pk=by.publisher_id)  # two at once are one after the other
        rows = Snippet.objects.filter(publisher_id=by.publisher_id)
        if rows.count() >= limits.SNIPPETS_PER_PUBLISHER:
            most = limits.SNIPPETS_PER_PUBLISHER
            raise InvalidInput("name", f"A title has up to {most} snippets; remove one that nobody uses.")
        _check_free(by, ready.name)
        if instead_of and rows.filter(instead_of=instead_of).exists():
            raise InvalidInput("name", "The title has its own words for this one already; change those.")
        row = Snippet(publisher_id=by.publisher_id, instead_of=instead_of)
        _put(row, ready, by=by, at=at)
        return row.pk


def change_snippet(*, by: Staff, snippet_id: int, content: SnippetContent, at: datetime) -> None:
    """Replace its words; posts in which it was used stay as they are. Raises: NotAllowed, NotFound, InvalidInput."""
    check_lead(by, _DEED)
    ready = _checked(content)
    with transaction.atomic():
        row = snippet_to_change(by, snippet_id)
        _check_free(by, ready.name, but=row.pk)
        _put(row, ready, by=by, at=at)


def remove_snippet(*, by: Staff, snippet_id: int) -> None:
    """Take it out of the menu; a built-in one has its first words again. Raises: NotAllowed, NotFound."""
    check_lead(by, _DEED)
    snippet_to_change(by, snippet_id).delete()


def snippet_to_change(by: Staff, snippet_id: int) -> Snippet:
    """The row, for those who lead. Raises: NotAllowed, NotFound."""
    check_lead(by, _DEED)
    found = Snippet.objects.filter(pk=snippet_id, publisher_id=by.publisher_id).first()
    if found is None:
        raise NotFound("There is no such snippet; it may have been removed already.")
    return found


def _put(row: Snippet, content: SnippetContent, *, by: Staff, at: datetime) -> None:
    row.name, row.headline, row.text = content.name, content.headline, content.text
    row.summary, row.changed_at, row.changed_by = content.summary, at, by.name
    row.save()


def _check_free(by: Staff, name: str, but: int = 0) -> None:
    """Names are told apart without regard to case: nobody finds the right one of "Closing" and "closing"."""
    names = (
        Snippet.objects.filter(publisher_id=by.publisher_id).exclude(pk=but).values_list("name", flat=True)
    )
    if name.casefold() in {taken.casefold() for taken in names}:
        raise InvalidInput("name", f"There is a snippet {name!r} already; choose another name.")


def _checked(content: SnippetContent) -> SnippetContent:
    """Within every bound, with no placeholder that means nothing. Raises: InvalidInput, InvalidDocument."""
    name = line("name", content.name, limits.SNIPPET_NAME_CHARS, required=True)
    headline = line("headline", content.headline, limits.HEADLINE_CHARS)
    text = content.text.replace("\r\n", "\n").strip()
    if len(text) > limits.SNIPPET_CHARS:
        raise InvalidInput(
            "text", f"The text has {len(text)} characters and may have {limits.SNIPPET_CHARS}; shorten it."
        )
    if "\x00" in text or is_blank(from_markdown(text)):
        raise InvalidInput("text", "The text is empty; write what shall stand in the post.")
    if unknown := unknown_placeholders(headline, text):
        known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        raise InvalidInput("text", f"{{{unknown[0][:40]}}} means nothing here; use one of {known}.")
    return SnippetContent(name=name, headline=headline, text=text, summary=content.summary)

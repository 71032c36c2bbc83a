"""What a sender does to a message afterwards happens to its post, unless somebody on the desk has taken it up."""

from datetime import datetime

from stoppress.document.html import from_html
from stoppress.document.text import is_blank
from stoppress.intake.models import Item
from stoppress.intake.said import Said
from stoppress.lib import limits
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import discard_draft, save_draft
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import NotFound, Refused, StaleRevision
from stoppress.newsroom.roles import Staff

REASON = "Taken back by the reporter who sent it."


def follow_edit(*, item: Item, said: Said, by: Staff, at: datetime) -> Item:
    """A changed message is a new revision of its draft, or an amendment of its published post.

    An older change, or the same again, does nothing. Where the desk has changed the post meanwhile its text stands,
    and the desk is told. Raises: nothing for a person's fault; the item says it.
    """
    if item.gone_at or said.version < item.version or (said.version == item.version and not said.is_edit):
        return item
    item.version = said.version
    document, notes = from_html(said.html)
    content = PostContent(document=document, headline=said.headline)
    if is_blank(document) and not said.headline:
        return _told(item, "The sender has emptied the message since.", at)
    try:
        written = _saved(item, content, by=by, at=at)
    except StaleRevision:
        return _told(item, "The sender has changed the message since; the desk’s text stands.", at)
    except Refused as refused:
        return _told(item, f"The sender has changed the message since, and it did not follow: {refused}", at)
    item.revision = written.revision
    item.notes = [line for line in (*said.notes, *notes) if line][: limits.INTAKE_NOTES]
    item.changed_at, item.told = at, ""
    item.save(update_fields=["version", "revision", "notes", "changed_at", "told"])
    return item


def _saved(item: Item, content: PostContent, *, by: Staff, at: datetime) -> Written:
    post = access.post_to_see(by, item.post_id)
    save = amend_post if post.state == State.PUBLISHED else save_draft
    return save(by=by, post_id=post.pk, content=content, base_revision=item.revision, at=at)


def follow_deletion(*, item: Item, direct: bool, by: Staff, at: datetime) -> Item:
    """A deleted message takes its draft with it, and on a route that publishes directly its published post.

    What the desk has taken up, or published itself, stays, and the desk is told.
    """
    if item.gone_at:
        return item
    item.gone_at = at
    try:
        told = _gone(item, direct=direct, by=by, at=at)
    except NotFound:  # discarded on the desk
        told = ""
    except Refused as refused:
        told = f"The sender has deleted the message, and the post did not follow: {refused}"
    return _told(item, told, at)


def _gone(item: Item, *, direct: bool, by: Staff, at: datetime) -> str:
    """Take the post away, or the sentence for the desk that says why it is still here."""
    post = access.post_to_see(by, item.post_id)
    if post.state == State.WITHDRAWN:
        return ""
    if not _is_senders(post, item):
        return "The sender has deleted the message; the desk had changed the text, so it is still here."
    if post.state == State.DRAFT:
        discard_draft(by=by, post_id=post.pk, at=at)
        return ""
    if post.state == State.PUBLISHED and direct:
        withdraw_post(by=by, post_id=post.pk, reason=REASON, at=at)
        return ""
    return f"The sender has deleted the message; the post is {post.state}. Decide whether it stays."


def _is_senders(post: Post, item: Item) -> bool:
    """Whether nobody but the sender wrote on it."""
    return post.revision == item.revision


def _told(item: Item, sentence: str, at: datetime) -> Item:
    item.told = sentence[: limits.REASON_CHARS]
    item.changed_at = at
    item.save(update_fields=["told", "version", "changed_at", "gone_at"])
    return item

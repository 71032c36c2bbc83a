"""Says of a claim that it is confirmed, disputed, false, or that nobody knows yet."""

from dataclasses import dataclass, replace
from datetime import datetime

from stoppress.document.check import CLAIM_STATES
from stoppress.document.claims import claims, with_state
from stoppress.document.schema import Document
from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import CheckedContent, Written, line
from stoppress.liveblogs.actions.draft_post import check_revision, put_content, same_content, save_revision
from stoppress.liveblogs.models import Correction, Post, State
from stoppress.liveblogs.refusals import InvalidInput, NotFound, WrongState
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """Which claim of a post, how it stands now, and for a false one what readers are told: a public correction."""

    claim_id: str
    state: str
    note: str = ""


def change_claim(
    *, by: Staff, post_id: str, change: ClaimChange, base_revision: int | None = None, at: datetime
) -> Written:
    """Give a claim in a published post another state, on every open page; not a word of the text changes.

    One transaction: a new revision, the read model, `post.claim_changed`, or `post.corrected` with a note. The
    state it has already, without a note, is a no-op. Works on closed live blogs too.

    Raises: NotAllowed, NotFound (no such post, no such claim in it), WrongState, StaleRevision, InvalidInput.
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "change a claim in")
    note = _checked_note(change)
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.PUBLISHED:
            raise WrongState(f"The post is {post.state}, not published; its claims are changed in its text.")
        access.check_amend(by, log.blog.publisher)
        check_revision(post, base_revision)
        ready = _with_state(post, change)
        if not note and same_content(post, ready):
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        post.revision += 1
        post.last_changed_at = at
        put_content(post, ready)
        post.save(update_fields=["document", "revision", "last_changed_at"])
        save_revision(post, ready, by=by, at=at, public=True)
        if note:
            Correction.objects.create(post=post, revision=post.revision, text=note, at=at, by_id=by.user_id)
        seq = log.append_visible(Kind.POST_CORRECTED if note else Kind.POST_CLAIM_CHANGED, post)
        return Written(PostId(post.pk), seq, post.revision)


def _checked_note(change: ClaimChange) -> str:
    if change.state not in CLAIM_STATES:
        known = ", ".join(CLAIM_STATES)
        raise InvalidInput("state", f"A claim is one of {known}; {change.state[:40]!r} is none of them.")
    note = line("note", change.note, limits.CORRECTION_CHARS)
    if note and change.state != "false":
        raise InvalidInput(
            "note", f"The note is a correction, for a claim that is false; this one is {change.state}."
        )
    return note


def _with_state(post: Post, change: ClaimChange) -> CheckedContent:
    """The post's content with the claim in its new state; the very same when it has that state."""
    document = Document.stored(post.document)
    changed = with_state(document, change.claim_id, change.state)
    if changed is None:
        raise NotFound("There is no such claim in this post any more; look at the post as it stands.")
    stands = CheckedContent(document, post.headline, post.dateline, post.byline)
    if _state_of(document, change.claim_id) == change.state:
        return stands
    return replace(stands, text=changed)


def _state_of(document: Document, claim_id: str) -> str:
    return next((claim.state for claim in claims(document) if claim.id == claim_id), "")

"""Claims over the API: list those of a live blog, say how one stands."""

from http import HTTPStatus
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from stoppress.api.answered import PostWritten, ProblemTold, post_written
from stoppress.api.asked import Asked, staff
from stoppress.api.change_post import post_of
from stoppress.api.once import on_the_wire
from stoppress.api.revisions import check_expected, expected_revisions
from stoppress.lib import clock, limits
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs.actions.change_claim import ClaimChange, change_claim
from stoppress.liveblogs.actions.content import Written
from stoppress.liveblogs.actions.keep_answer import Answer
from stoppress.liveblogs.listed_claims import ListedClaim, claims_page
from stoppress.liveblogs.models import State
from stoppress.liveblogs.writing import lock
from stoppress.newsroom.roles import Staff

router = Router(tags=["Claims"])
ClaimState = Literal["unverified", "confirmed", "disputed", "false"]


class ClaimsAsked(BaseModel):
    """Which claims, and which part of their list."""

    state: ClaimState | None = Field(None, description="Only those that stand so.")
    limit: int = Field(limits.API_PAGE_ROWS_GIVEN, ge=1, le=limits.API_PAGE_ROWS, description="Rows at most.")
    cursor: str = Field(
        "", pattern=r"^([0-9a-z]{1,20}-[0-9]{1,9})?$", description="`next_cursor` of the part before."
    )

    def after(self) -> tuple[str, int] | None:
        """Post and number that the part before ended at."""
        post_id, _, number = self.cursor.partition("-")
        return (post_id, int(number)) if number else None


class ClaimTold(BaseModel):
    """A claim in a post that readers see."""

    id: str = Field(description="Its name within the post.")
    post_id: str
    url: str = Field(description="The permalink of the post.")
    revision: int = Field(description="Of the post; for If-Match.")
    text: str = Field(description="What is said.")
    source: str = Field(description="Who says so; may be empty.")
    state: str = Field(description="unverified, confirmed, disputed or false.")
    since: str = Field(description="When it came to stand so.", json_schema_extra={"format": "date-time"})


class ClaimList(BaseModel):
    """Some claims, those of the newest created post first."""

    items: list[ClaimTold]
    next_cursor: str | None = Field(description="Give it as `cursor` to get those after; null at the end.")


class ClaimChangeAsked(Asked):
    """How a claim stands."""

    state: ClaimState
    note: str = Field(
        "",
        description="For a claim that is false: what was wrong and what is right, as a public correction.",
        json_schema_extra={"maxLength": limits.CORRECTION_CHARS, "examples": ["The gate stood open."]},
    )


@router.get(
    "/{slug:slug}/claims", response={200: ClaimList, (401, 404, 422, 429): ProblemTold}, summary="List claims"
)
def list_claims(request: HttpRequest, slug: str, part: Query[ClaimsAsked]) -> HttpResponse:
    """Passages that are marked as somebody's claim, in posts that readers see."""
    states = (part.state,) if part.state else ()
    found = claims_page(staff(request), slug, states=states, after=part.after(), rows=part.limit + 1)
    last = found[part.limit - 1].claim if len(found) > part.limit else None
    told = ClaimList(
        items=[_told(slug, each) for each in found[: part.limit]],
        next_cursor=f"{last.post_id}-{last.number}" if last else None,
    )
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


@router.patch(
    "/{slug:slug}/posts/{slug:post_id}/claims/{slug:claim_id}",
    response={
        200: PostWritten,
        (400, 401, 403, 404, 409, 411, 412, 413, 415, 422, 429, 503, 507): ProblemTold,
    },
    summary="Say how a claim stands",
)
def change(
    request: HttpRequest, slug: str, post_id: str, claim_id: str, asked: ClaimChangeAsked
) -> HttpResponse:
    """A new revision of the post in which only the claim's state differs; on every open page at once."""
    expected = expected_revisions(request)
    wanted = ClaimChange(claim_id=claim_id, state=asked.state, note=asked.note)
    written = _change(staff(request), (slug, post_id), wanted, expected)
    told = post_written(slug, written, State.PUBLISHED)
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


def _change(
    by: Staff, place: tuple[str, str], wanted: ClaimChange, expected: frozenset[str] | None
) -> Written:
    with transaction.atomic():
        # The live blog's row first, as every action does: what is checked now still holds when it runs.
        lock(post_of(by, *place).liveblog_id)
        post = post_of(by, *place)
        check_expected(post, expected)
        return change_claim(by=by, post_id=post.pk, change=wanted, at=clock.now())


def _told(slug: str, listed: ListedClaim) -> ClaimTold:
    claim = listed.claim
    return ClaimTold(
        id=claim.claim_id,
        post_id=claim.post_id,
        url=f"{settings.PUBLIC_URL}/live/{slug}/posts/{claim.post_id}",
        revision=listed.post.revision,
        text=claim.text,
        source=claim.source,
        state=claim.state,
        since=rfc3339(claim.since),
    )

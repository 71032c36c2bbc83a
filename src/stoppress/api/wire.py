"""A live blog over a wire: what has changed after a number, as ninjs, for systems that take it over."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from stoppress.api.answered import ProblemTold
from stoppress.api.asked import staff
from stoppress.api.once import on_the_wire
from stoppress.lib import limits
from stoppress.liveblogs.actions.keep_answer import Answer
from stoppress.liveblogs.wire import wire_after

router = Router(tags=["Wire"])


class WireAsked(BaseModel):
    """What is known already."""

    after: int = Field(
        0, ge=0, le=limits.CURSOR_MAX, description="`seq` of the answer before; 0: everything."
    )
    limit: int = Field(
        limits.API_PAGE_ROWS_GIVEN, ge=1, le=limits.API_PAGE_ROWS, description="Posts at most."
    )


class WireTold(BaseModel):
    """What has changed since."""

    seq: int = Field(description="Ask with it as `after` for what comes next.")
    more: bool = Field(description="Whether more has changed than is here: ask again at once.")
    ninjs: dict[str, object] = Field(
        description="The live blog as a ninjs composite; `associations`: posts that changed, each once as it is now."
    )


@router.get(
    "/{slug:slug}/ninjs",
    response={200: WireTold, (401, 404, 422, 429): ProblemTold},
    summary="Take a live blog over a wire",
)
def show_wire(request: HttpRequest, slug: str, part: Query[WireAsked]) -> HttpResponse:
    """Every post that readers came to see otherwise after a number, in the order of the changes, in ninjs 3.1."""
    wire = wire_after(staff(request), slug, part.after, part.limit)
    more = "true" if wire.more else "false"
    told = f'{{"seq":{wire.seq},"more":{more},"ninjs":{wire.ninjs}}}'
    return on_the_wire(request, Answer(HTTPStatus.OK, told))

"""The API and its addresses below /api/v1. Included by `config/urls.py`."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.params.models import ParamModel

from stoppress.api import claims, liveblogs, media, posts, wire
from stoppress.api.answered import ProblemKindTold, ProblemTold
from stoppress.api.asked import StrictParser
from stoppress.api.door import BearerToken
from stoppress.api.once import on_the_wire
from stoppress.api.openapi import DESCRIPTION, document_bytes
from stoppress.api.problems import BY_NAME, HANDLERS, NOWHERE, kind_address, problem_answer
from stoppress.liveblogs.actions.keep_answer import Answer


class Api(NinjaAPI):
    """Ninja, except that findings about a request keep what came, so that an error can repeat it."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[ParamModel]]
    ) -> ValidationError:
        """Pydantic's findings with the place of each as ninja names it."""
        return ValidationError(
            [
                {**found, "loc": (context.model.__ninja_param_source__, *found["loc"])}
                for context in error_contexts
                for found in context.pydantic_validation_error.errors(
                    include_url=False, include_context=False
                )
            ]
        )


api = Api(
    title="Stoppress",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,  # ours, below: made once, errors told as problems
    docs_url=None,  # it would load scripts of third parties
    parser=StrictParser(),
    auth=BearerToken(),
)
for kind, handler in HANDLERS.items():
    api.add_exception_handler(kind, handler)
api.add_router("/liveblogs", liveblogs.router)
api.add_router("/liveblogs", posts.router)
api.add_router("/liveblogs", claims.router)
api.add_router("/liveblogs", wire.router)
api.add_router("/media", media.router)

public = Router(tags=["This API"])
api.add_router("", public)


@public.get(
    "/problems/{slug:name}",
    auth=None,
    response={200: ProblemKindTold, 404: ProblemTold},
    summary="What a kind of problem means",
)
def show_problem(request: HttpRequest, name: str) -> HttpResponse:
    """The `type` of every error leads here."""
    if name not in BY_NAME:
        return problem_answer(NOWHERE)
    kind = BY_NAME[name]
    told = ProblemKindTold(type=kind_address(kind), title=kind.title, status=kind.status, cure=kind.cure)
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


@csrf_exempt
@require_safe
def show_openapi(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(document_bytes(api), content_type="application/json")


def show_nothing(_request: HttpRequest) -> HttpResponse:
    """Any other address below /api/v1."""
    return problem_answer(NOWHERE)


urlpatterns = [
    path("openapi.json", show_openapi),
    path("", csrf_exempt(show_nothing)),  # before ninja's, which only says where its pages would be
    path("", api.urls),
    re_path(r".*", csrf_exempt(show_nothing)),
]

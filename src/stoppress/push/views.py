"""What a reader's page says about notifications, after a press. No session, no cookie and no account here.

Called by `web/reader/notify.ts` and `web/reader-worker/push.ts`. The doors are those of `audience`: this site's own
pages alone, paced, bounded.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from stoppress.audience.door import answered
from stoppress.audience.refusals import Unfit
from stoppress.lib import clock, limits
from stoppress.lib.languages import later
from stoppress.lib.pace import Pace
from stoppress.push.actions import subscribe as action
from stoppress.push.actions.subscribe import Device
from stoppress.push.models import Wants
from stoppress.push.server_key import server_key

pace = Pace(limits.PUSH_SUBSCRIPTIONS_PER_MINUTE)


@csrf_exempt
@require_safe
def key(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 (one key for all live blogs)
    """The key that a browser makes its subscription for: `{"key": "B…"}`."""
    return JsonResponse({"key": server_key().public})


@csrf_exempt
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """`endpoint`, `p256dh`, `auth` of the browser's subscription, the `key` it was made for; `wants`."""

    def keep(form: QueryDict) -> HttpResponse:
        wants = form.get("wants", "")
        if wants not in Wants.values:
            raise Unfit(later("You can be told of key events or of everything; choose one of the two."))
        action.subscribe(slug=slug, device=_device(form), wants=Wants(wants), at=clock.now())
        return JsonResponse({"wants": wants})

    return answered(request, slug, pace, keep)


@csrf_exempt
def renewed(request: HttpRequest) -> HttpResponse:
    """`was`: the endpoint that the browser gave up; the rest as above, of the one it has now. Says on how many."""

    def move(form: QueryDict) -> HttpResponse:
        return JsonResponse({"renewed": action.renew(was=form.get("was", ""), device=_device(form))})

    return answered(request, "", pace, move)


def _device(form: QueryDict) -> Device:
    fields = {name: form.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    return Device(**fields, server_key=form.get("key", ""))


@csrf_exempt
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """`endpoint`: the device that is told no more. Its row is deleted."""

    def forget(form: QueryDict) -> HttpResponse:
        action.unsubscribe(slug=slug, endpoint=form.get("endpoint", ""))
        return JsonResponse({"wants": ""})

    return answered(request, slug, pace, forget)

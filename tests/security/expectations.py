"""Who gets what at every address: the table that the sweep holds every answer against.

A line is a route, a method, and the status for each column. HEAD gets what GET gets unless it has a line; what stands
in no line is 405 for everybody. A route that is in no table fails `test_matrix.py`: whoever adds one says here who may
use it.

    in    sent to the sign-in page
    off   sent elsewhere, and nothing done
    <public>, <draft>, <submitted>, <scheduled>   which post is asked for: all are the owner's
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DESK = """
route                                          method  anonymous stranger owner reporter moderator editor producer admin
/desk/                                         GET     in        403      200   200      200       200    200      200
/desk/new/                                     GET     in        403      403   403      403       200    200      200
/desk/new/                                     POST    in        403      403   403      403       302    302      302
/desk/setup/<secret>/                          GET     410       410      410   410      410       410    410      410
/desk/setup/<secret>/                          HEAD    405       405      405   405      405       405    405      405
/desk/setup/<secret>/                          POST    410       410      410   410      410       410    410      410
/desk/token/                                   GET     in        403      200   200      200       200    200      200
/desk/worker.js                                GET     in        403      200   200      200       200    200      200
/desk/answers/<key>/                           GET     in        403      200   200      200       200    200      200
/desk/upload/                                  POST    in        403      201   201      403       201    201      201
/desk/upload/<media_id>/focus/                 POST    in        403      200   403      403       200    200      200
/desk/uploads/                                 OPTIONS in        403      204   204      204       204    204      204
/desk/uploads/                                 POST    in        403      201   201      403       201    201      201
/desk/uploads/<upload>/                        GET     in        403      200   404      403       404    404      404
/desk/uploads/<upload>/                        PATCH   in        403      204   404      403       404    404      404
/desk/uploads/<upload>/                        DELETE  in        403      204   404      403       404    404      404
/desk/unfurl/                                  POST    in        403      200   200      403       200    200      200
/desk/title/                                   GET     in        403      403   403      403       403    200      200
/desk/title/                                   POST    in        403      403   403      403       403    302      302
/desk/title/intake/                            GET     in        403      403   403      403       403    200      200
/desk/title/intake/new/                        GET     in        403      403   403      403       403    off      off
/desk/title/intake/new/                        POST    in        403      403   403      403       403    off      off
/desk/title/intake/<channel_id>/secret/        GET     in        403      403   403      403       403    off      off
/desk/title/intake/<channel_id>/secret/        POST    in        403      403   403      403       403    off      off
/desk/title/intake/<channel_id>/revoke/        POST    in        403      403   403      403       403    302      302
/desk/title/intake/<channel_id>/places/        POST    in        403      403   403      403       403    302      302
/desk/title/intake/<channel_id>/senders/       POST    in        403      403   403      403       403    302      302
/desk/title/intake/places/<route_id>/remove/   POST    in        403      403   403      403       403    302      302
/desk/title/intake/senders/<sender_id>/remove/ POST    in        403      403   403      403       403    302      302
/desk/title/authors/                           GET     in        403      403   403      403       403    200      200
/desk/title/authors/<user_id>/                 GET     in        403      403   403      403       403    200      200
/desk/title/authors/<user_id>/                 POST    in        403      403   403      403       403    302      302
/desk/title/policies/                          GET     in        403      403   403      403       403    200      200
/desk/title/policies/                          POST    in        403      403   403      403       403    302      302
/desk/title/policies/<kind>/                   GET     in        403      403   403      403       403    200      200
/desk/title/policies/<kind>/                   POST    in        403      403   403      403       403    302      302
/desk/title/rules/                             POST    in        403      403   403      403       403    302      302
/desk/title/looks/                             GET     in        403      403   403      403       403    200      200
/desk/title/looks/                             POST    in        403      403   403      403       403    302      302
/desk/search/                                  GET     in        403      200   200      200       200    200      200
/desk/snippets/                                GET     in        403      200   200      200       200    200      200
/desk/snippets/new/                            GET     in        403      403   403      403       200    200      200
/desk/snippets/new/                            POST    in        403      403   403      403       302    302      302
/desk/snippets/<snippet_id>/                   GET     in        403      403   403      403       200    200      200
/desk/snippets/<snippet_id>/                   POST    in        403      403   403      403       302    302      302
/desk/snippets/<snippet_id>/remove/            POST    in        403      403   403      403       302    302      302
/desk/join/<secret>/                           GET     410       410      410   410      410       410    410      410
/desk/join/<secret>/                           HEAD    405       405      405   405      405       405    405      405
/desk/join/<secret>/                           POST    410       410      410   410      410       410    410      410
/desk/me/                                      GET     in        403      200   200      200       200    200      200
/desk/me/                                      POST    in        403      302   302      302       302    302      302
/desk/me/author-page/                          GET     in        403      200   200      200       200    200      200
/desk/me/author-page/                          POST    in        403      302   302      302       302    302      302
/desk/me/sessions/end-others/                  POST    in        403      302   302      302       302    302      302
/desk/me/sessions/<session_id>/end/            POST    in        403      302   404      404       404    404      404
/desk/tokens/                                  GET     in        403      200   200      200       200    200      200
/desk/tokens/                                  POST    in        403      off   off      off       off    off      off
/desk/tokens/<token_id>/revoke/                POST    in        403      302   404      404       404    404      302
/desk/team/                                    GET     in        403      403   403      403       403    403      200
/desk/team/audit/                              GET     in        403      403   403      403       403    403      200
/desk/team/invite/                             POST    in        403      403   403      403       403    403      200
/desk/team/invitations/<invitation_id>/take-back/ POST in        403      403   403      403       403    403      302
/desk/team/rules/                              POST    in        403      403   403      403       403    403      302
/desk/team/people/<user_id>/role/              POST    in        403      403   403      403       403    403      302
/desk/team/people/<user_id>/switch/            POST    in        403      403   403      403       403    403      302
/desk/team/people/<user_id>/forget-factor/     POST    in        403      403   403      403       403    403      302
/desk/live/<slug>/                             GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/settings/                    GET     in        403      403   403      403       200    200      200
/desk/live/<slug>/settings/                    POST    in        403      403   403      403       302    302      302
/desk/live/<slug>/status/                      POST    in        403      403   403      403       302    302      302
/desk/live/<slug>/shift/                       POST    in        403      302   302      403       302    302      302
/desk/live/<slug>/handover/<note_id>/          POST    in        403      302   302      403       302    302      302
/desk/live/<slug>/promises/                    POST    in        403      302   302      403       302    302      302
/desk/live/<slug>/promises/<reminder_id>/      POST    in        403      302   302      403       302    302      302
/desk/live/<slug>/unpin/                       POST    in        403      403   403      403       302    302      302
/desk/live/<slug>/changes/                     GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/copies/                      GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/copies/                      POST    in        403      200   200      403       200    200      200
/desk/live/<slug>/copies/<copy>/               GET     in        403      200   404      404       404    404      404
/desk/live/<slug>/copies/<copy>/               POST    in        403      200   200      403       200    200      200
/desk/live/<slug>/newsroom/                    GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/newsroom/events/             GET     in        403      204   204      204       204    204      204
/desk/live/<slug>/newsroom/here/               POST    in        403      200   200      200       200    200      200
/desk/live/<slug>/newsroom/chat/               GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/newsroom/chat/               POST    in        403      201   201      201       201    201      201
/desk/live/<slug>/questions/                   GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/questions/form/              POST    in        403      403   403      403       302    302      302
/desk/live/<slug>/questions/<question_id>/decide/ POST in        403      403   403      302       302    403      302
/desk/live/<slug>/snippets/                    GET     in        403      200   200      403       200    200      200
/desk/live/<slug>/linkable/                    GET     in        403      200   200      403       200    200      200
/desk/live/<slug>/posts/                       POST    in        403      201   201      403       201    201      201
/desk/live/<slug>/posts/<public>/              GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/posts/<draft>/               GET     in        403      200   404      404       200    200      200
/desk/live/<slug>/posts/<scheduled>/           GET     in        403      200   404      404       200    200      200
/desk/live/<slug>/posts/<public>/content/      GET     in        403      200   403      403       200    200      200
/desk/live/<slug>/posts/<draft>/content/       GET     in        403      200   404      404       200    200      200
/desk/live/<slug>/posts/<public>/content/      POST    in        403      200   403      403       200    200      200
/desk/live/<slug>/posts/<draft>/content/       POST    in        403      200   404      404       200    200      200
/desk/live/<slug>/posts/<public>/lease/        POST    in        403      200   403      403       200    200      200
/desk/live/<slug>/posts/<draft>/lease/         POST    in        403      200   404      404       200    200      200
/desk/live/<slug>/posts/<public>/fragment/     GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/posts/<draft>/fragment/      GET     in        403      200   404      404       200    200      200
/desk/live/<slug>/posts/<draft>/publish/       POST    in        403      302   404      404       302    302      302
/desk/live/<slug>/posts/<draft>/submit/        POST    in        403      409   404      404       409    409      409
/desk/live/<slug>/posts/<submitted>/take-back/ POST    in        403      302   404      404       403    403      403
/desk/live/<slug>/posts/<submitted>/approve/   POST    in        403      403   404      404       302    302      302
/desk/live/<slug>/posts/<submitted>/return/    POST    in        403      403   404      404       302    302      302
/desk/live/<slug>/posts/<scheduled>/unschedule/ POST   in        403      302   404      404       302    302      302
/desk/live/<slug>/posts/<draft>/discard/       POST    in        403      302   404      404       302    302      302
/desk/live/<slug>/posts/<public>/withdraw/     POST    in        403      302   403      403       302    302      302
/desk/live/<slug>/posts/<public>/pin/          POST    in        403      403   403      403       302    302      302
/desk/live/<slug>/posts/<public>/mark/         POST    in        403      302   403      403       302    302      302
/desk/live/<slug>/claims/                      GET     in        403      200   200      200       200    200      200
/desk/live/<slug>/summary/                     GET     in        403      403   403      403       200    200      200
/desk/live/<slug>/posts/<public>/claims/<claim_id>/ POST in      403      302   403      403       302    302      302
"""

# Columns are the owners of tokens; `none` sends no token, `wrong` an unknown one, `session` a signed-in browser.
API = """
route                                          method  none wrong session owner reporter moderator editor producer admin
/api/v1/openapi.json                           GET     200  200   200     200   200      200       200    200      200
/api/v1/problems/<name>                        GET     200  200   200     200   200      200       200    200      200
/api/v1/liveblogs                              GET     401  401   401     200   200      200       200    200      200
/api/v1/liveblogs                              POST    401  401   401     403   403      403       201    201      201
/api/v1/liveblogs/<slug>                       GET     401  401   401     200   200      200       200    200      200
/api/v1/liveblogs/<slug>                       PATCH   401  401   401     403   403      403       200    200      200
/api/v1/liveblogs/<slug>/posts                 GET     401  401   401     200   200      200       200    200      200
/api/v1/liveblogs/<slug>/posts                 POST    401  401   401     201   201      403       201    201      201
/api/v1/liveblogs/<slug>/posts/<public>        GET     401  401   401     200   200      200       200    200      200
/api/v1/liveblogs/<slug>/posts/<draft>         GET     401  401   401     200   404      404       200    200      200
/api/v1/liveblogs/<slug>/posts/<scheduled>     GET     401  401   401     200   404      404       200    200      200
/api/v1/liveblogs/<slug>/posts/<public>        PATCH   401  401   401     200   403      403       200    200      200
/api/v1/liveblogs/<slug>/posts/<draft>         PATCH   401  401   401     200   404      404       200    200      200
/api/v1/liveblogs/<slug>/ninjs                 GET     401  401   401     200   200      200       200    200      200
/api/v1/liveblogs/<slug>/claims                GET     401  401   401     200   200      200       200    200      200
/api/v1/liveblogs/<slug>/posts/<public>/claims/<claim_id> PATCH 401 401 401 200  403      403       200    200      200
/api/v1/liveblogs/<slug>/posts/<public>/withdraw POST  401  401   401     200   403      403       200    200      200
/api/v1/media                                  POST    401  401   401     201   201      403       201    201      201
/api/v1/media/<media_id>                       GET     401  401   401     200   200      200       200    200      200
/api/v1/media/<media_id>                       PATCH   401  401   401     200   403      403       200    200      200
"""
# Below /api/v1 these answer 404 to every method, so that no method tells that they exist.
API_NOWHERE = frozenset({"/api/v1/", "/api/v1/.*"})

# Sign-in is the same for everybody on or off the staff: `nobody` is signed out, `somebody` is signed in.
SIGN_IN = """
route                                                who       GET HEAD OPTIONS POST PUT PATCH DELETE
/desk/account/login/                                 nobody    200 200  200     200  200 405   405
/desk/account/login/                                 somebody  off off  off     off  off off   off
/desk/account/logout/                                nobody    in  in   200     in   405 405   405
/desk/account/logout/                                somebody  200 200  200     in   405 405   405
/desk/account/inactive/                              *         200 200  200     405  405 405   405
/desk/account/signup/                                nobody    200 200  200     200  200 200   200
/desk/account/signup/                                somebody  off off  off     off  off off   off
/desk/account/reauthenticate/                        nobody    in  in   in      in   in  in    in
/desk/account/reauthenticate/                        somebody  200 200  200     200  200 405   405
/desk/account/email/                                 *         off off  off     off  off off   off
/desk/account/confirm-email/                         *         200 200  200     405  405 405   405
/desk/account/confirm-email/<key>/                   *         200 200  200     404  405 405   405
/desk/account/password/change/                       nobody    in  in   in      in   in  in    in
/desk/account/password/change/                       somebody  200 200  200     200  200 405   405
/desk/account/password/set/                          nobody    in  in   in      in   in  in    in
/desk/account/password/set/                          somebody  off off  off     off  off off   off
/desk/account/password/reset/                        *         200 200  200     200  200 405   405
/desk/account/password/reset/done/                   *         200 200  200     405  405 405   405
/desk/account/password/reset/key/done/               *         200 200  200     405  405 405   405
/desk/account/password/reset/key/<uidb36>-<key>/     *         200 200  200     200  200 200   200
/desk/account/2fa/                                   *         off off  off     off  off off   off
/desk/account/2fa/webauthn/                          *         off off  off     off  off off   off
/desk/account/2fa/webauthn/login/                    nobody    off off  200     off  off 405   405
/desk/account/2fa/webauthn/login/                    somebody  off off  off     off  off off   off
/desk/account/2fa/totp/deactivate/                   nobody    in  in   in      in   in  in    in
/desk/account/2fa/totp/deactivate/                   somebody  404 404  404     404  404 404   404
/desk/account/2fa/recovery-codes/                    nobody    in  in   in      in   in  in    in
/desk/account/2fa/recovery-codes/                    somebody  404 404  200     405  405 405   405
/desk/account/2fa/recovery-codes/download/           nobody    in  in   in      in   in  in    in
/desk/account/2fa/recovery-codes/download/           somebody  404 404  404     404  404 404   404
/desk/account/2fa/authenticate/                      nobody    in  in   in      in   in  in    in
/desk/account/2fa/authenticate/                      somebody  off off  off     off  off off   off
/desk/account/2fa/reauthenticate/                    nobody    in  in   in      in   in  in    in
/desk/account/2fa/reauthenticate/                    somebody  off off  off     off  off off   off
/desk/account/2fa/totp/activate/                     nobody    in  in   in      in   in  in    in
/desk/account/2fa/totp/activate/                     somebody  off off  off     off  off off   off
/desk/account/2fa/recovery-codes/generate/           nobody    in  in   in      in   in  in    in
/desk/account/2fa/recovery-codes/generate/           somebody  off off  off     off  off off   off
/desk/account/2fa/webauthn/add/                      nobody    in  in   in      in   in  in    in
/desk/account/2fa/webauthn/add/                      somebody  off off  off     off  off off   off
/desk/account/2fa/webauthn/reauthenticate/           nobody    in  in   in      in   in  in    in
/desk/account/2fa/webauthn/reauthenticate/           somebody  off off  off     off  off off   off
/desk/account/2fa/webauthn/keys/<pk>/remove/         nobody    in  in   in      in   in  in    in
/desk/account/2fa/webauthn/keys/<pk>/remove/         somebody  off off  off     off  off off   off
/desk/account/2fa/webauthn/keys/<pk>/edit/           nobody    in  in   in      in   in  in    in
/desk/account/2fa/webauthn/keys/<pk>/edit/           somebody  off off  off     off  off off   off
/desk/account/login/code/confirm/                    nobody    in  in   in      in   in  in    in
/desk/account/login/code/confirm/                    somebody  off off  off     off  off off   off
"""

# What readers send: the same for everybody, signed in or not. POST of what fits; GET and the rest are 405.
AUDIENCE: Mapping[str, int] = {
    "/audience/<slug>/posts/<post_id>/polls/<poll_id>/vote": 200,
    "/audience/<slug>/questions": 200,
}

# Notifications: the same for everybody. The key is read with GET, the others are posted to.
PUSH: Mapping[str, tuple[str, int]] = {
    "/audience/<slug>/notifications": ("POST", 200),
    "/audience/notifications/renewed": ("POST", 200),
    "/audience/<slug>/notifications/stop": ("POST", 200),
    "/audience/<slug>/notifications/key": ("GET", 200),
}

# Subscribers of feeds: the same for everybody, by POST alone.
WEBSUB: Mapping[str, int] = {"/websub": 202}

# What a message that nobody signed gets, whoever is signed in: there is one channel, for mail.
# Every other method is 405.
INTAKE: Mapping[str, int] = {
    "/intake/mail/<key>": 401,
    "/intake/slack/<key>": 404,
    "/intake/telegram/<key>": 404,
}

# Public addresses answer these to GET and HEAD, 204 to OPTIONS and 405 to everything else, whoever asks.
EDGE: Mapping[str, int] = {
    "/": 200,
    "/live/<value>": 200,
    "/live/<value>/events": 200,
    "/live/<value>/changes": 200,
    "/live/<value>/since": 200,
    "/live/<value>/posts/<value>": 200,
    "/live/<value>/posts/<value>/history": 200,
    "/live/<value>/posts/<value>/annotations.json": 200,
    "/live/<value>/corrections": 200,
    "/live/<value>/claims": 200,
    "/live/<value>/feed.atom": 200,
    "/live/<value>/feed.rss": 200,
    "/live/<value>/feed.json": 200,
    "/live/<value>/ninjs.json": 200,
    "/live/<value>/at": 302,
    "/live/<value>/at/<value>": 404,  # before it began
    "/live/<value>/moments.json": 200,
    "/live/<value>/print": 200,
    "/embed/<value>": 200,
    "/embed.js": 200,
    "/oembed": 400,  # without an address
    "/theme/<value>": 404,  # of no colours
    "/search": 200,
    "/by/<value>": 404,
    "/topic/<value>": 404,
    "/about": 404,
    "/about/<value>": 404,
    "/.well-known/security.txt": 404,
    "/trust.txt": 404,
    "/media/<value>/<value>": 200,
    "/static/<value>": 200,
    "/worker.js": 200,
    "/manifest.webmanifest": 200,
    "/offline": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/sitemap-live.xml": 200,
    "/sitemap-news.xml": 200,
    "/favicon.ico": 204,
    "/healthz": 200,
    "/metrics": 403,  # 200 on the machine itself
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: an address with its method, and what each column gets."""

    route: str
    method: str
    answers: Mapping[str, str]


def lines(table: str) -> Iterator[Line]:
    """The lines of `DESK` or `API`."""
    header, *rows = (row.split() for row in table.strip().splitlines())
    for route, method, *answers in rows:
        yield Line(route, method, dict(zip(header[2:], answers, strict=True)))


def sign_in_lines() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Route, `nobody` or `somebody`, and the answer for each method."""
    header, *rows = (row.split() for row in SIGN_IN.strip().splitlines())
    for route, who, *answers in rows:
        for one in ("nobody", "somebody") if who == "*" else (who,):
            yield route, one, dict(zip(header[2:], answers, strict=True))


def generic(route: str) -> str:
    """The route as the resolver has it: which post is asked for is the table's own."""
    for name in ("<public>", "<draft>", "<scheduled>", "<submitted>"):
        route = route.replace(name, "<post_id>")
    return route

"""Where the desk and the API stand. Everything else is the edge's (`edge/app.py`)."""

from django.urls import include, path

from stoppress.desk.views.me import to_own_page
from stoppress.push.views import renewed

urlpatterns = [
    # Pages of allauth that the desk's own page of one's account stands for.
    path("desk/account/email/", to_own_page),
    path("desk/account/2fa/", to_own_page),
    path("desk/account/2fa/webauthn/", to_own_page),
    path("desk/account/2fa/", include("allauth.mfa.urls")),
    path("desk/account/", include("allauth.account.urls")),
    path("desk/", include("stoppress.desk.urls")),
    path("api/v1/", include("stoppress.api.routes")),
    path("audience/", include("stoppress.audience.urls")),
    path("cards/", include("stoppress.cards.urls")),
    path("audience/notifications/renewed", renewed),
    path("audience/<slug:slug>/", include("stoppress.push.urls")),
    path("intake/", include("stoppress.intake.urls")),
    path("", include("stoppress.websub.urls")),
]

handler404 = "stoppress.desk.views.missing.not_found"
handler429 = "stoppress.desk.views.missing.too_many"
handler500 = "stoppress.desk.views.missing.failed"

"""Where the desk and the API stand. Everything else is the edge's (`edge/app.py`)."""

from django.urls import include, path

urlpatterns = [
    path("desk/account/", include("allauth.account.urls")),
    path("desk/", include("stoppress.desk.urls")),
    path("api/v1/", include("stoppress.api.routes")),
]

handler404 = "stoppress.desk.views.missing.not_found"
handler500 = "stoppress.desk.views.missing.failed"

"""Where the desk and the API stand. Everything else is the edge's (`edge/app.py`)."""

from django.urls import include, path

from stoppress.api.routes import api

urlpatterns = [
    path("desk/account/", include("allauth.account.urls")),
    path("desk/", include("stoppress.desk.urls")),
    path("api/v1/", api.urls),
]

"""Where subscribers ask: `/websub`, beside the desk and the API."""

from django.urls import path

from stoppress.websub import views

app_name = "websub"

urlpatterns = [path("websub", views.hub, name="hub")]

"""Where cards stand: below /cards/, beside the desk and the API."""

from django.urls import path

from stoppress.cards import views

app_name = "cards"

urlpatterns = [path("<slug:slug>/<str:file>", views.card, name="card")]

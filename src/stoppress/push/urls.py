"""Where readers' pages ask to be told, and to be told no more: below /audience/<slug>/notifications."""

from django.urls import path

from stoppress.push import views

app_name = "push"

urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("/stop", views.stop, name="stop"),
    path("/key", views.key, name="key"),
]

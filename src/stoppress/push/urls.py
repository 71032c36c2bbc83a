"""Where readers' pages ask to be told, and to be told no more: below /audience/<slug>/."""

from django.urls import path

from stoppress.push import views

app_name = "push"

urlpatterns = [
    path("notifications", views.subscribe, name="subscribe"),
    path("notifications/stop", views.stop, name="stop"),
    path("notifications/key", views.key, name="key"),
]

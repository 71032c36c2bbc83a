"""Where readers' pages send votes and questions: below /audience/, beside the desk and the API."""

from django.urls import path

from stoppress.audience import views

app_name = "audience"

urlpatterns = [
    path("<slug:slug>/posts/<str:post_id>/polls/<str:poll_id>/vote", views.vote, name="vote"),
    path("<slug:slug>/questions", views.ask, name="ask"),
]

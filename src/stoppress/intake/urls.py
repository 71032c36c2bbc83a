"""Where tools hand over what came: below /intake/, beside the desk and the API."""

from django.urls import path

from stoppress.intake import views

app_name = "intake"

urlpatterns = [
    path("mail/<str:key>", views.mail, name="mail"),
    path("slack/<str:key>", views.slack, name="slack"),
    path("telegram/<str:key>", views.telegram, name="telegram"),
]

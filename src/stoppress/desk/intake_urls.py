"""The producer's addresses for what comes in, below /desk/title/intake/; part of `urls.py` and its names."""

from django.urls import path

from stoppress.desk.views import intake

urlpatterns = [
    path("", intake.show, name="intake"),
    path("new/", intake.make, name="make_channel"),
    path("<int:channel_id>/secret/", intake.secret, name="channel_secret"),
    path("<int:channel_id>/revoke/", intake.revoke, name="revoke_channel"),
    path("<int:channel_id>/places/", intake.add_route, name="add_route"),
    path("<int:channel_id>/senders/", intake.add_sender, name="add_sender"),
    path("places/<int:route_id>/remove/", intake.remove_route, name="remove_route"),
    path("senders/<int:sender_id>/remove/", intake.remove_sender, name="remove_sender"),
]

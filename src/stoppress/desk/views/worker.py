"""The desk's service worker: the script that opens the desk without a network. Its scope is this folder, /desk/."""

from django.http import HttpRequest, HttpResponse

from stoppress.desk.door import desk_view
from stoppress.lib.assets import asset_text
from stoppress.newsroom.roles import Staff


@desk_view("GET", before_second_factor=True)
def script(request: HttpRequest, by: Staff) -> HttpResponse:  # noqa: ARG001 (the door asks who it is)
    """At an address without a hash: the browser asks it whether there is a newer one."""
    return HttpResponse(asset_text("desk-worker.js"), content_type="text/javascript; charset=utf-8")

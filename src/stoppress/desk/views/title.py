"""The title's own settings: its house rules (set in `house_rules.py`), and which sites' posts may be embedded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.desk.door import desk_view
from stoppress.lib import clock
from stoppress.lib.providers import PROVIDERS
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.actions.switch_embeds import switch_embeds
from stoppress.newsroom.address import address_of
from stoppress.newsroom.queries import embed_providers, house_rules
from stoppress.newsroom.roles import Staff


@desk_view("GET", "POST")
def show(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET lists the sites; POST embeds those that are ticked. Doing it twice is doing it once: no key is needed."""
    check_manage(by, "change the title's settings")
    if request.method == "POST":
        chosen = request.POST.getlist("embed")
        switch_embeds(by=by, enabled=chosen, at=clock.now(), address=address_of(request))
        messages.success(request, "Saved. Pages that show embeds were made anew.")
        return redirect("desk:title")
    enabled = embed_providers(by)
    sites = [(provider, provider.name in enabled) for provider in PROVIDERS.values()]
    return render(request, "desk/title.html", {"by": by, "sites": sites, "rules": house_rules(by)})

"""The house rules of the title: what no post goes out without."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stoppress.desk.door import desk_view
from stoppress.lib import clock
from stoppress.newsroom.actions.set_house_rules import set_house_rules
from stoppress.newsroom.address import address_of
from stoppress.newsroom.house_rules import HouseRules
from stoppress.newsroom.roles import Staff


@desk_view("POST")
def set_rules(request: HttpRequest, by: Staff) -> HttpResponse:
    """What is ticked holds from now on, the rest does not. Doing it twice is doing it once: no key is needed."""
    rules = HouseRules(
        two_pairs_of_eyes="two_pairs_of_eyes" in request.POST,
        alt_text_required="alt_text_required" in request.POST,
        source_required="source_required" in request.POST,
    )
    set_house_rules(by=by, rules=rules, at=clock.now(), address=address_of(request))
    messages.success(request, "Saved. The house rules hold from now on; what is published stays.")
    return redirect("desk:title")

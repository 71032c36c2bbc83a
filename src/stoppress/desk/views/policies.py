"""What the newsroom tells readers, and other programs, about how it works."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stoppress.desk.door import desk_view
from stoppress.desk.forms.liveblog import put_refusal
from stoppress.desk.forms.title_pages import MachineTextForm, PolicyForm
from stoppress.lib import clock
from stoppress.lib.languages import words_in
from stoppress.lib.policies import KINDS, policy_title
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.actions.keep_policies import keep_machine_texts, keep_policy
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.address import address_of
from stoppress.newsroom.authors import policy_of
from stoppress.newsroom.queries import title_of
from stoppress.newsroom.roles import Staff


@desk_view("GET", "POST")
def index(request: HttpRequest, by: Staff) -> HttpResponse:
    """GET lists the policies; POST keeps the texts for machines. Doing it twice is doing it once."""
    check_manage(by, "write the newsroom's policies")
    title = title_of(by)
    start = {"security_txt": title.security_txt, "trust_txt": title.trust_txt}
    form = MachineTextForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            keep_machine_texts(by=by, at=clock.now(), address=address_of(request), **form.cleaned_data)
        except InvalidInput as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, "Saved.")
            return redirect("desk:policies")
    say = words_in("en")
    kinds = [(kind, policy_title(kind, say), kind in title.policies) for kind in KINDS]
    context = {"by": by, "form": form, "kinds": kinds}
    return render(request, "desk/policies.html", context, status=422 if form.errors else 200)


@desk_view("GET", "POST")
def show(request: HttpRequest, by: Staff, kind: str) -> HttpResponse:
    """GET shows one policy's text; POST keeps it. Doing it twice is doing it once: no key is needed."""
    check_manage(by, "write the newsroom's policies")
    if kind not in KINDS:
        raise NotFound("There is no such kind of policy.")
    row = policy_of(by, kind)
    form = PolicyForm(request.POST or None, initial={"text": row.text if row else ""})
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            keep_policy(by=by, kind=kind, text=text, at=clock.now(), address=address_of(request))
        except InvalidInput as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, "Saved. Readers see it now; the foot of every page leads there.")
            return redirect("desk:policies")
    context = {
        "by": by,
        "form": form,
        "kind": kind,
        "name": policy_title(kind, words_in("en")),
        "written": row,
    }
    return render(request, "desk/policy.html", context, status=422 if form.errors else 200)

"""The newsroom as schema.org knows it, and the links to its policies. Source: https://schema.org/NewsMediaOrganization.

Called by `page.py`, `jsonld.py`, `authors.py` and `policies.py`. May import `lib` and this room.
"""

import json

from stoppress.lib.languages import words_in
from stoppress.lib.policies import KINDS, policy_title
from stoppress.render.addresses import absolute
from stoppress.render.element import NOTHING, Html, element, text
from stoppress.render.facts import ImageFacts, SiteFacts

_ICON = ImageFacts("/static/icon-512.png", 512, 512, "")  # what a device shows of a title without a logo


def organization(site: SiteFacts) -> dict[str, object]:
    """The publisher, with its logo and the address of each policy that is written."""
    policies = {KINDS[kind]: f"{site.public_url}/about/{kind}" for kind in site.policies if kind in KINDS}
    return {
        "@type": "NewsMediaOrganization",
        "name": site.name,
        "url": site.public_url,
        "logo": _logo(site),
        **policies,
    }


def _logo(site: SiteFacts) -> dict[str, object]:
    logo = site.logo or _ICON
    url = absolute(site.public_url, logo.src)
    return {"@type": "ImageObject", "url": url, "width": logo.width, "height": logo.height}


def policy_links(site: SiteFacts) -> Html:
    """The way to each policy, for the foot of every page; nothing while none is written."""
    say = words_in(site.language)
    links = [
        element("li", None, element("a", {"href": f"/about/{kind}"}, text(policy_title(kind, say))))
        for kind in site.policies
        if kind in KINDS
    ]
    if not links:
        return NOTHING
    return element(
        "nav",
        {"class": "policies", "aria-label": say("About the newsroom"), "lang": site.language},
        element("ul", None, *links),
    )


def organization_data(site: SiteFacts) -> Html:
    """Who publishes, for machines, as it stands in a head."""
    text_of_it = json.dumps(
        {"@context": "https://schema.org", **organization(site)}, ensure_ascii=False, separators=(",", ":")
    ).replace("<", "\\u003c")
    return Html(f'<script type="application/ld+json">{text_of_it}</script>')

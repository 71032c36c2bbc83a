"""How the title shows itself on its pages: its name or logo, its style sheet, and what it asks of readers.

Called by `page.py`. May import `lib` and this room.
"""

from stoppress.lib.languages import words_in
from stoppress.render.element import NOTHING, Html, element, text
from stoppress.render.facts import SiteFacts


def title_name(site: SiteFacts) -> Html:
    """The logo, whose size is known before it is here, or the name in words."""
    if site.logo is None:
        return text(site.name)
    logo = site.logo
    return element(
        "img",
        {"class": "logo", "src": logo.src, "width": logo.width, "height": logo.height, "alt": logo.alt},
    )


def theme_html(site: SiteFacts) -> Html:
    """The style sheet with the title's colours and typefaces; it comes after the reader's own."""
    return element("link", {"rel": "stylesheet", "href": site.theme}) if site.theme else NOTHING


def support_html(site: SiteFacts) -> Html:
    """The box that asks for support, in the title's own words. Nothing of it comes from elsewhere.

    It stands below everything that a link may lead to, and its height is kept free by the style sheet.
    """
    if site.support is None:
        return NOTHING
    ask = site.support
    say = words_in(site.language)
    link = element("a", {"href": ask.url}, text(ask.label or say("Support us"))) if ask.url else NOTHING
    return element(
        "aside",
        {"class": "support", "aria-label": say("Support {name}", name=site.name)},
        element("p", None, text(ask.text)),
        element("p", {"class": "support-link"}, link) if link else NOTHING,
    )

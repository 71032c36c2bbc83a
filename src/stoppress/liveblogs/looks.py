"""How a title looks, as renderers are told: its style sheet, its logo, and what it asks of readers.

Called by `facts.py` and `projection.py`; set by `actions/change_looks.py`.
"""

import json
from dataclasses import replace

from stoppress.lib.theme import HOUSE, Theme
from stoppress.newsroom.models import Publisher
from stoppress.render.facts import ImageFacts, SiteFacts, SupportFacts


def with_looks(site: SiteFacts, publisher: Publisher) -> SiteFacts:
    """`site` with its looks; nothing is said of what is as the house has it."""
    theme = Theme.stored(publisher.theme)
    return replace(
        site,
        theme="" if theme == HOUSE else theme.address,
        logo=_logo(publisher),
        support=_support(publisher),
    )


def looks_of(publisher: Publisher) -> str:
    """Everything about its looks that pages depend on, as one text."""
    support = (publisher.support_text, publisher.support_label, publisher.support_url)
    return json.dumps((publisher.theme, publisher.logo, support), sort_keys=True)


def _logo(publisher: Publisher) -> ImageFacts | None:
    logo = publisher.logo
    return ImageFacts(logo["src"], logo["width"], logo["height"], publisher.name) if logo else None


def _support(publisher: Publisher) -> SupportFacts | None:
    if not publisher.support_text:
        return None
    return SupportFacts(publisher.support_text, publisher.support_label, publisher.support_url)

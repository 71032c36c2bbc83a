"""The title's own pages as far as they are ready-made: an author's, a policy, and what every head of them says.

Called by `liveblogs/title_projection.py`; the bytes are stored and `edge/title_pages.py` puts them together. May
import `document`, `lib` and this room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.lib.languages import words_in
from stoppress.lib.policies import policy_title
from stoppress.render.addresses import absolute
from stoppress.render.element import NOTHING, Html, element, join, text
from stoppress.render.facts import ImageFacts, SiteFacts
from stoppress.render.html import document_html
from stoppress.render.jsonld import json_text
from stoppress.render.organization import organization
from stoppress.render.times import day_time

_DESCRIPTION_CHARS = 200


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """What an author's page says. `biography`: paragraphs."""

    slug: str
    name: str
    role: str = ""
    biography: tuple[str, ...] = field(default=())
    portrait: ImageFacts | None = None


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """What a policy's page says."""

    kind: str
    document: Document
    changed_at: datetime
    timezone: str


def title_head(
    site: SiteFacts, path: str, title: str, description: str = "", *, kind: str = "website"
) -> str:
    """Title, description and cards of a page of the title. The canonical link is the frame's."""
    facts = {
        "og:type": kind,
        "og:title": title,
        "og:url": f"{site.public_url}{path}",
        "og:site_name": site.name,
        "og:description": description,
    }
    return join(
        [
            element("title", None, text(f"{title} | {site.name}")),
            element("meta", {"name": "description", "content": description}) if description else NOTHING,
            *(
                element("meta", {"property": name, "content": value})
                for name, value in facts.items()
                if value
            ),
        ]
    )


def author_head(site: SiteFacts, author: AuthorPage) -> str:
    """An author's page: the head, and who it is for machines."""
    path = f"/by/{author.slug}"
    description = (author.biography or (author.role,))[0][:_DESCRIPTION_CHARS]
    image = absolute(site.public_url, author.portrait.src) if author.portrait else ""
    picture = element("meta", {"property": "og:image", "content": image}) if image else NOTHING
    person = {
        "@type": "Person",
        "@id": f"{site.public_url}{path}",
        "name": author.name,
        "url": f"{site.public_url}{path}",
        "jobTitle": author.role,
        "description": description,
        "image": image,
        "worksFor": organization(site),
    }
    data = {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {name: value for name, value in person.items() if value},
    }
    return title_head(site, path, author.name, description, kind="profile") + picture + _data(data)


def author_html(author: AuthorPage) -> str:
    """Portrait, name, role, biography."""
    return element(
        "header",
        {"class": "author-head" if author.portrait else "author-head no-portrait"},
        _portrait(author.portrait),
        element(
            "div",
            None,
            element("h1", None, text(author.name)),
            element("p", {"class": "role"}, element("bdi", None, text(author.role)))
            if author.role
            else NOTHING,
            *(
                element("p", {"class": "biography"}, element("bdi", None, text(part)))
                for part in author.biography
            ),
        ),
    )


def _portrait(portrait: ImageFacts | None) -> Html:
    if portrait is None:
        return NOTHING
    return element(
        "img",
        {
            "class": "portrait",
            "src": portrait.src,
            "width": portrait.width,
            "height": portrait.height,
            "alt": portrait.alt,
        },
    )


def policy_head(site: SiteFacts, policy: PolicyPage) -> str:
    """A policy's page: the head, and whose it is for machines."""
    title = policy_title(policy.kind, words_in(site.language))
    description = first_words(policy.document, _DESCRIPTION_CHARS)
    path = f"/about/{policy.kind}"
    data = {
        "@context": "https://schema.org",
        "@type": "AboutPage",
        "@id": f"{site.public_url}{path}",
        "name": title,
        "publisher": organization(site),
    }
    return title_head(site, path, title, description) + _data(data)


def policy_html(site: SiteFacts, policy: PolicyPage) -> str:
    """The policy's name, its text, and since when it reads so."""
    say = words_in(site.language)
    # In posts sub-headings stand under a headline; here directly under the page's own.
    body = document_html(policy.document).replace("<h3", "<h2").replace("</h3>", "</h2>")
    since = day_time(policy.changed_at, policy.timezone, site.language)
    return join(
        [
            element("h1", None, text(policy_title(policy.kind, say))),
            element("div", {"class": "post-body"}, Html(body)),
            element("p", {"class": "updated"}, text(f"{say('Last changed')} "), since),
        ]
    )


def _data(value: Mapping[str, object]) -> Html:
    return Html(f'<script type="application/ld+json">{json_text(value)}</script>')

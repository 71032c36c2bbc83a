"""Ready-made bytes of the title's own pages: frames, authors, policies. Written by the actions that change them.

Called by `projection.py` (with every new live blog, and at each start) and by `actions/keep_*.py`, inside their
transactions.
"""

from stoppress.document.markdown import from_markdown
from stoppress.liveblogs.authors import small_portrait
from stoppress.liveblogs.facts import site_facts
from stoppress.liveblogs.looks import with_looks
from stoppress.newsroom.models import Author, Policy, Publisher
from stoppress.render import page, title_pages
from stoppress.render.title_pages import AuthorPage, PolicyPage


def project_title(publisher: Publisher) -> None:
    """Write the frames, and every author's and policy's page, where they are not what the renderer makes today."""
    site = with_looks(site_facts(publisher), publisher)
    made = {
        "front_html": page.front_html(site),
        "foot_html": page.front_foot_html(site),
        "masthead_html": page.site_masthead_html(site),
    }
    if any(getattr(publisher, name) != html for name, html in made.items()):
        for name, html in made.items():
            setattr(publisher, name, html)
        publisher.save(update_fields=list(made))
    for author in Author.objects.filter(publisher=publisher):
        project_author(author, publisher)
    for policy in Policy.objects.filter(publisher=publisher):
        project_policy(policy, publisher)


def project_author(author: Author, publisher: Publisher) -> None:
    """Write an author's page."""
    site = site_facts(publisher)
    small = small_portrait(author.portrait)
    paragraphs = tuple(
        part for part in (" ".join(text.split()) for text in author.biography.split("\n\n")) if part
    )
    facts = AuthorPage(author.slug, author.name, author.role, paragraphs, small)
    _put(author, title_pages.author_head(site, facts), title_pages.author_html(facts))


def project_policy(policy: Policy, publisher: Publisher) -> None:
    """Write a policy's page."""
    site = site_facts(publisher)
    facts = PolicyPage(policy.kind, from_markdown(policy.text), policy.changed_at, publisher.timezone)
    _put(policy, title_pages.policy_head(site, facts), title_pages.policy_html(site, facts))


def _put(row: Author | Policy, head: str, html: str) -> None:
    if (row.head_html, row.html) != (head, html):
        row.head_html, row.html = head, html
        row.save(update_fields=["head_html", "html"])

"""An author over a post: the portrait, the name as a way to their page, the role.

Called by `post.py`. May import `lib` and this room.
"""

from urllib.parse import quote

from stoppress.lib.languages import Words
from stoppress.render.element import NOTHING, Html, element, filled, text
from stoppress.render.facts import AuthorFacts


def portrait(author: AuthorFacts) -> Html:
    """The small portrait beside a byline; its words are the author's own."""
    picture = author.portrait
    if picture is None:
        return NOTHING
    return element(
        "img",
        {
            "class": "portrait",
            "src": picture.src,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "loading": "lazy",
        },
    )


def author_link(author: AuthorFacts, say: Words) -> Html:
    """The name, and the role after it."""
    name = element(
        "a", {"rel": "author", "href": f"/by/{quote(author.slug)}"}, element("bdi", None, text(author.name))
    )
    if not author.role:
        return name
    role = element("span", {"class": "role"}, text(author.role))
    return filled(say("{name}, {role}"), name=name, role=role)

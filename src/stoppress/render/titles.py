"""How a live blog is called: by its headline, and once it is closed "… as it happened", in its own language.

Called by `page.py`, `feeds.py`, `jsonld.py`, `ninjs.py` and `digest.py` for what stands around the posts. A post's own
forms keep the plain headline: they are not made again when a live blog closes.
"""

from stoppress.render.facts import BlogFacts


def blog_title(blog: BlogFacts) -> str:
    """The headline, with what follows from the status. A headline that says it already is left as it is."""
    if blog.status != "closed":
        return blog.headline
    title = blog.say("{headline} – as it happened", headline=blog.headline)
    told = blog.say("{headline} – as it happened", headline="").strip(" –-—:,|،")
    return blog.headline if told.casefold() in blog.headline.casefold() else title

"""How a post and a live blog are called: by the headline, and a closed one "… as it happened", in its own language.

Called by `page.py`, `feeds.py`, `jsonld.py`, `ninjs.py` and `digest.py` for what stands around the posts. A post's own
forms keep the plain headline: they are not made again when a live blog closes.
"""

from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.render.facts import BlogFacts, PostFacts


def blog_title(blog: BlogFacts) -> str:
    """The headline, with what follows from the status. A headline that says it already is left as it is."""
    if blog.status != "closed":
        return blog.headline
    title = blog.say("{headline} – as it happened", headline=blog.headline)
    told = blog.say("{headline} – as it happened", headline="").strip(" –-—:,|،")
    return blog.headline if told.casefold() in blog.headline.casefold() else title


def post_title(post: PostFacts, blog: BlogFacts) -> str:
    """The post's headline, else its first words, else (a picture without words) the live blog's headline."""
    return post.headline or first_words(post.document, limits.TITLE_CHARS) or blog.headline

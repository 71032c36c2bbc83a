"""Random days of a live blog, for the tests that hold pages and changes together."""

from hypothesis import strategies as st
from tests.edge.readmodel import Blog, ReadModel, post_id

# What is done, and a number that picks to what.
DEEDS = ("post", "post", "post", "past", "amend", "withdraw", "head", "status", "silent")
deeds = st.tuples(st.sampled_from(DEEDS), st.integers(0, 50))
histories = st.lists(deeds, min_size=1, max_size=25)


def do(model: ReadModel, blog: Blog, deed: tuple[str, int]) -> None:
    """One thing done. Whatever cannot be done now is left."""
    name, number = deed
    some = post_id(number % model.posts_made + 1) if model.posts_made else None
    match name:
        case "post":
            model.post(blog, f"Text {model.posts_made}", key_event=number % 5 == 0)
        case "past":
            model.post(blog, f"Earlier {model.posts_made}", minute=number / 3)
        case "amend" if some and not model.is_withdrawn(some):
            model.amend(blog, some, f"Amended {blog.seq}")
        case "withdraw" if some and not model.is_withdrawn(some):
            model.withdraw(blog, some)
        case "head":
            model.head(
                blog, headline=f"Headline {blog.seq}", summary="" if number % 2 else f"So far {blog.seq}"
            )
        case "status":
            model.status(blog, ("live", "paused", "closed")[number % 3])
        case "silent":
            model.silent(blog)

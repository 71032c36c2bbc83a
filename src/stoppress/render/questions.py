"""The form by which readers ask the newsroom something. Called by `page.py` for its slot; may import this room.

It works without a script: a plain form comes back to the page, to the line that says thank you.
"""

from stoppress.lib import limits
from stoppress.render import words
from stoppress.render.element import NOTHING, Html, Value, element, join, text
from stoppress.render.facts import BlogFacts


def questions_html(blog: BlogFacts) -> Html:
    """The folded form, or nothing when the newsroom takes no questions."""
    if not blog.takes_questions or blog.status not in ("live", "paused"):
        return NOTHING
    question = element(
        "label",
        None,
        element("span", None, text(words.YOUR_QUESTION)),
        element(
            "textarea",
            {
                "name": "question",
                "rows": 3,
                "maxlength": limits.QUESTION_CHARS,
                "required": True,
                "dir": "auto",
            },
        ),
    )
    name = element(
        "label",
        None,
        element("span", None, text(words.YOUR_NAME)),
        element(
            "input",
            {
                "type": "text",
                "name": "name",
                "maxlength": limits.ASKER_CHARS,
                "autocomplete": "nickname",
                "dir": "auto",
            },
        ),
    )
    button = element("button", None, text(words.ASK))
    form: dict[str, Value] = {"method": "post", "action": f"/audience/{blog.slug}/questions", "class": "ask"}
    folded = element(
        "details",
        {"class": "box questions-box"},
        element(
            "summary",
            None,
            element("span", {"class": "label"}, text(words.QUESTIONS)),
            Html(" "),
            element("h2", None, text(words.ASK_US)),
        ),
        element("form", form, question, name, button),
        element("p", {"class": "ask-words"}, text(words.ASKED_PROMISE)),
    )
    return join([folded, element("p", {"class": "ask-said", "id": "asked"}, text(words.ASKED))])

"""The form by which readers ask the newsroom something. Called by `page.py` for its slot; may import this room.

It works without a script: a plain form comes back to the page, to the line that says thank you.
"""

from stoppress.lib import limits
from stoppress.render.element import NOTHING, Html, Value, element, join, text
from stoppress.render.facts import BlogFacts


def questions_html(blog: BlogFacts) -> Html:
    """The folded form, or nothing when the newsroom takes no questions."""
    if not blog.takes_questions or blog.status not in ("live", "paused"):
        return NOTHING
    say = blog.say
    question = element(
        "label",
        None,
        element("span", None, text(say("Your question"))),
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
        element("span", None, text(say("Your name, if you like it to be printed"))),
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
    button = element("button", None, text(say("Send question")))
    form: dict[str, Value] = {"method": "post", "action": f"/audience/{blog.slug}/questions", "class": "ask"}
    folded = element(
        "details",
        {"class": "box questions-box"},
        element(
            "summary",
            None,
            element("span", {"class": "label"}, text(say("Your questions"))),
            Html(" "),
            element("h2", None, text(say("Ask the newsroom"))),
        ),
        element("form", form, question, name, button),
        element(
            "p",
            {"class": "ask-words"},
            text(
                say(
                    "Nothing is published before somebody of the newsroom has read it. Please write no addresses and "
                    "no numbers: we cannot write back, and keep only your question and the name you give."
                )
            ),
        ),
    )
    return join(
        [
            folded,
            element(
                "p",
                {"class": "ask-said", "id": "asked"},
                text(say("Thank you, your question is with the newsroom. Answers stand in the posts.")),
            ),
        ]
    )

"""Score lines, fact boxes, map points, polls, questions and answers as html.

Called by `html.py` through its table, and by `post.py` for ballots. May import `document` and this room. What each
block says is in `document/structured.py`: the words here are those.
"""

from stoppress.document.nodes import JsonNode, words
from stoppress.document.schema import Document
from stoppress.document.structured import (
    DASH,
    Point,
    Poll,
    asked_by,
    degrees,
    point_of,
    poll_of,
    score_parts,
    share_words,
    total_words,
    with_ballots,
)
from stoppress.lib.languages import Words
from stoppress.render.element import NOTHING, Html, element, join, text


def score_html(node: JsonNode) -> Html:
    """Two sides and their scores in one line of words, which the style sheet sets as a scoreboard.

    Each name and number is isolated, so that right-to-left pages keep a score beside its side.
    """
    home, away, home_score, away_score = score_parts(node)
    period, note = words(node, "period"), words(node, "note")
    figures = element("span", {"class": "score-figures"}, _apart(home_score), text(DASH), _apart(away_score))
    scored = f"{home_score}{DASH}{away_score}".strip()
    sides = [
        _apart(home, "score-side") if home.strip() else NOTHING,
        figures if scored else NOTHING,
        _apart(away, "score-side") if away.strip() else NOTHING,
    ]
    shown = [part for part in sides if part]
    line = join(shown, " ") if len(shown) > 1 else NOTHING
    comma = element("span", {"class": "score-comma"}, text(", ")) if line and period.strip() else NOTHING
    played = element("span", {"class": "score-period"}, comma, text(period)) if period.strip() else NOTHING
    if not line and not played and not note.strip():
        return NOTHING
    return element(
        "div",
        {"class": "score"},
        element("p", {"class": "score-line"}, line, played) if line or played else NOTHING,
        element("p", {"class": "score-note"}, text(note)) if note.strip() else NOTHING,
    )


def _apart(words: str, name: str | None = None) -> Html:
    return element("bdi", {"class": name} if name else None, text(words)) if words else NOTHING


def fact_box_html(node: JsonNode, inside: Html) -> Html:
    """A box beside the text, under its own heading."""
    return _headed("fact-box", words(node, "title"), inside)


def map_point_html(node: JsonNode, say: Words) -> Html:
    """A place in words, with ways to a map. No map is loaded: its server would learn who reads this."""
    point, label = point_of(node), words(node, "label")
    if point is None:
        return element("p", {"class": "map-label"}, text(label)) if label.strip() else NOTHING
    return element(
        "div",
        {"class": "map-point"},
        element("p", {"class": "map-label"}, text(label)) if label.strip() else NOTHING,
        element("p", {"class": "map-place"}, text(point.described(say))),
        element("p", {"class": "map-links"}, *_ways(point, say)),
    )


def _ways(point: Point, say: Words) -> tuple[Html, ...]:
    latitude, longitude = degrees(point.latitude), degrees(point.longitude)
    # Source: wiki.openstreetmap.org/wiki/Browsing (mlat, mlon), RFC 5870 (geo).
    there = f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=15/{latitude}/{longitude}"
    return (
        element("a", {"href": there, "rel": "noopener"}, text(say("Open in OpenStreetMap"))),
        text(" "),
        element("a", {"href": f"geo:{latitude},{longitude}"}, text(say("Open in a map app"))),
    )


def qa_html(node: JsonNode, inside: Html, say: Words) -> Html:
    """What a reader asked, as the heading of its answer."""
    name = words(node, "name")
    asker = element("p", {"class": "qa-asker"}, text(asked_by(name, say))) if name.strip() else NOTHING
    return _headed("qa", words(node, "question"), Html(asker + inside))


def _headed(name: str, heading: str, inside: Html) -> Html:
    """A section under its heading; without one it is none (html: a section has a heading)."""
    if not heading.strip():
        return element("div", {"class": name}, inside) if inside else NOTHING
    return element("section", {"class": name}, element("h3", None, text(heading)), inside)


# --- polls ------------------------------------------------------------------------------------------


def poll_html(node: JsonNode, say: Words) -> Html:
    """The question, its answers, and the results so far. To vote, readers need `ballots_html`."""
    poll, action = poll_of(node), node.get("attrs", {}).get("ballot")
    if isinstance(action, str) and poll.is_open and poll.question.strip():
        return _ballot(poll, action, say)
    return _headed("poll", poll.question, _results(poll, say))


def ballots(document: Document, blog_slug: str, post_id: str) -> Document:
    """The document with a form in each poll that is open, for the one place where its post itself stands."""
    return with_ballots(document, lambda poll: f"/audience/{blog_slug}/posts/{post_id}/polls/{poll.id}/vote")


def _ballot(poll: Poll, action: str, say: Words) -> Html:
    """A form that works without a script, and what a plain form comes back to; the results so far, folded.

    The script hides the form of whoever has voted, and unfolds the results. `data-poll` names the poll for it.
    """
    name = "-".join(action.split("/")[-4:-1:2])
    choices = [_choice(option.id, option.text) for option in poll.options]
    return element(
        "section",
        {"class": "poll", "data-poll": name},
        element("h3", None, text(poll.question)),
        element(
            "form",
            {"method": "post", "action": action},
            element(
                "fieldset",
                None,
                element("legend", {"class": "for-listeners"}, text(say("Your vote"))),
                *choices,
            ),
            element("button", None, text(say("Vote"))),
        ),
        element(
            "p",
            {"class": "poll-said", "id": f"voted-{name}"},
            text(say("Thank you, your vote is in. The numbers follow within a minute.")),
        ),
        element(
            "p",
            {"class": "poll-said", "id": f"again-{name}"},
            text(say("This device has voted in this poll before; its first vote counts.")),
        ),
        element("details", None, element("summary", None, text(say("Results so far"))), _results(poll, say)),
        element(
            "p",
            {"class": "poll-words"},
            text(
                say(
                    "One vote per device. No cookie is set, and votes in different polls cannot be brought together."
                )
            ),
        ),
    )


def _choice(name: str, answer: str) -> Html:
    radio = element("input", {"type": "radio", "name": "option", "value": name, "required": True})
    return element("label", None, radio, text(" "), element("span", None, text(answer)))


def _results(poll: Poll, say: Words) -> Html:
    if not poll.is_counted:
        plain = [element("li", None, text(option.text)) for option in poll.options]
        return element("ul", None, *plain) if plain else NOTHING
    bars = [
        _bar(poll, option.text, share_words(poll, option, say), poll.share(option)) for option in poll.options
    ]
    total = element("p", {"class": "poll-total"}, text(total_words(poll, say)))
    return Html((element("ul", {"class": "poll-results"}, *bars) if bars else NOTHING) + total)


def _bar(poll: Poll, answer: str, share: str, percent: int) -> Html:
    """One answer's share: in words, and as a bar for the eye. `progress` needs no inline style."""
    most = max(poll.share(option) for option in poll.options)
    lead = "poll-answer leading" if poll.total and percent == most else "poll-answer"
    return element(
        "li",
        {"class": lead},
        element("span", {"class": "poll-text"}, text(answer)),
        text(" "),
        element("span", {"class": "poll-share"}, text(share)),
        element("progress", {"max": 100, "value": percent, "aria-hidden": "true"}),
    )

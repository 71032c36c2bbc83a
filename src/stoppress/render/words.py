"""Every word a renderer adds to what reporters wrote. English; one place, so that others can follow.

Called by `post.py`, `page.py` and `times.py`. The edge's few own words are in `edge/words.py`, the
script's in `web/reader/words.ts`. Imports nothing of the project.
"""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

KEY_EVENT = "Key event"
KEY_EVENTS = "Key events"
SUMMARY = "Summary"
PINNED = "Pinned"
CORRECTION = "Correction"
UPDATED_AT = "Updated at "
WITHDRAWN = "Withdrawn"
WITHDRAWN_ON = "This post was withdrawn on "
READ_IN_PLACE = "Read the whole post"

STATUS = {
    "draft": "Draft",
    "live": "Live",
    "paused": "Paused",
    "closed": "As it happened",
}
PAUSED = "Coverage is paused and will go on."
CLOSED = "This live blog ended on "

NOW = "(now)"
EARLIER = "(earlier)"
BY = "By "
AND = " and "
COMMA = ", "

OLDER_POSTS = "Older posts"
ENDED = "Ended "
FRONT_DESCRIPTION = "Live coverage by {name}: every post the moment it is published."
HOME = "All live blogs"
FEEDS = "Follow by feed"
CORRECTIONS_PROMISE = (
    "Posts carry the time they were first published. Changes of meaning are marked as corrections; "
    "what is taken down leaves a note in its place."
)

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
YOUR_VOTE = "Your vote"
VOTE = "Vote"
VOTED = "Thank you, your vote is in. The numbers follow within a minute."
VOTED_BEFORE = "This device has voted in this poll before; its first vote counts."
RESULTS_SO_FAR = "Results so far"
ONE_VOTE = "One vote per device. No cookie is set, and votes in different polls cannot be brought together."
QUESTIONS = "Your questions"
ASK_US = "Ask the newsroom"
YOUR_QUESTION = "Your question"
YOUR_NAME = "Your name, if you like it to be printed"
ASK = "Send"
ASKED = "Thank you, your question is with the newsroom. Answers stand in the posts."
ASKED_PROMISE = (
    "Nothing is published before somebody of the newsroom has read it. Please write no addresses and no numbers: "
    "we cannot write back, and keep only your question and the name you give."
)
OPEN_MAP = "Open in OpenStreetMap"
OPEN_MAP_APP = "Open in a map app"
ALL_CORRECTIONS = "All corrections of this live blog"
ALL_CLAIMS = "Claims in this live blog, and how they stand"
SINCE = " since "
EARLIER_STATES = "Before: "

WHAT_CHANGED = "See what changed"
FIRST_PUBLISHED = "First published"
CHANGED = "Changed"
CORRECTED = "Corrected"
READING_CHANGES = "In what follows, "
TAKEN_OUT = "words taken out"
PUT_IN = "words put in"
OUT_MARK = "[taken out: "
IN_MARK = "[put in: "
END_MARK = "]"
LEFT_OUT = "Versions between this one and the first that are not shown one by one: {count}."
NO_WORDS_CHANGED = "No words changed, only their form or where links lead."
PICTURE_IN = "A picture was put in."
PICTURE_OUT = "A picture was taken out."
NOT_KEPT = "This post was changed after it was published. What it said before came from elsewhere and is not kept here."
POST_OF = "Post of "
CORRECTIONS_PROMISE = (
    "Posts carry the time they were first published. Changes of meaning are marked as corrections; "
    "what is taken down leaves a note in its place."
)

"""The few words the frame adds to ready-made parts. English, in one place.

Called by `frame.py`. Imports nothing of the project (the edge may not import `render`).
"""

SKIP_TO_POSTS = "Skip to the posts"
SKIP_TO_POST = "Skip to the post"
SKIP_TO_KEY_EVENTS = "Skip to key events"
POSTS = "Posts, newest first"
NO_POSTS = "The first post will appear here."
OVERVIEW = "Overview"
RELOAD = "Reload this page to see the newest posts."
PAGES = "Pages"
NEWER_POSTS = "Newer posts"
NEWEST_POSTS = "Newest posts"
OLDER_POSTS = "Older posts"
WITHDRAWN = "Withdrawn post"
THE_POST = "Post"
PART_OF = "Read this post among the others"
SKIP_TO_HISTORY = "Skip to the history"
SKIP_TO_CORRECTIONS = "Skip to the corrections"
HISTORY = "History of a post"
HISTORY_OF = "History"
NEVER_CHANGED = "This post has not been changed since it was published."
AS_IT_STANDS = "Read the post as it stands"
CORRECTIONS = "Corrections"
NO_CORRECTIONS = "Nothing has been corrected or withdrawn in this live blog."
SKIP_TO_CLAIMS = "Skip to the claims"
CLAIMS = "Claims"
NO_CLAIMS = "No passage in this live blog is marked as somebody’s claim."
ABOUT_CLAIMS = "What is said in this live blog, who says it, and how it stands since when."
# In the order in which a reader should know of them: state, its name, what it means.
CLAIM_STATES = (
    ("unverified", "Unverified", "Somebody says so. It has not been checked yet."),
    ("disputed", "Disputed", "Somebody says so. Others contradict it, or what was found speaks against it."),
    ("false", "False", "It was said, and it is not so."),
    ("confirmed", "Confirmed", "It was said first, and has been checked since."),
)
TO_LIVEBLOG = "Back to the live blog"
LIVE_NOW = "Live now"
ENDED = "As it happened"
NOTHING_YET = "There is no live blog here yet. It will appear on this page the moment it opens."

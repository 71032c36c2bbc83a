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
LIVE_NOW = "Live now"
ENDED = "As it happened"
NOTHING_YET = "There is no live blog here yet. It will appear on this page the moment it opens."

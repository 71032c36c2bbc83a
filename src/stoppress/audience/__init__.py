"""Room: what readers send. Votes in polls, and questions, which the newsroom passes on or puts away.

May import `liveblogs` and the rooms below it. What readers see of it is shown by `liveblogs`, as of any post.
"""

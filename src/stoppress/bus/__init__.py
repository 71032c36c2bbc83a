"""The wake-up: "live blog B is at n", from whoever wrote to every edge. It carries no content (law 5).

`base.py` the two methods · `mailbox.py` words waiting in one process · `sqlite.py`, `postgres.py`, `redis.py`,
`memory.py` the adapters · `choose.py` which one · `tally.py`, `tallies.py` how many read, which goes beside it.
May import `lib`. No Django.
"""

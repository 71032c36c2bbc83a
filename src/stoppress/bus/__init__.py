"""The wake-up: "live blog B is at n", from whoever wrote to every edge. It carries no content (law 5).

`base.py` the two methods · `mailbox.py` words waiting in one process · `sqlite.py`, `postgres.py`,
`memory.py` the adapters · `choose.py` which one. May import `lib`. No Django.
"""

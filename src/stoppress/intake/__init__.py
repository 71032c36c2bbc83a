"""What comes in by others' tools: e-mail, Slack and Telegram become drafts on a live blog's desk.

`views.py` the webhooks, `mailbox.py` the IMAP mailbox · `signatures.py` who may speak · `readers/` what was said,
from each tool's form into one (`said.py`) · `take.py` whose it is and where it goes · `actions/` the rows.
Called by `config` (addresses), `desk` (settings, words about where a draft came from) and `worker` (the mailbox).
It changes posts through `liveblogs/actions` alone, as the person it knows the sender to be.
"""

"""The command line: one file per command, `main.py` the table of them. May import everything.

A command checks its words, opens the newsroom (`newsroom.py`), calls an action or a query, prints. Rules live
elsewhere.
"""

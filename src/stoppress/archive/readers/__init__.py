"""One module for each kind of file an import takes; each makes a Reading of it or raises UnreadableArchive.

`archive.py` our own · `guardian.py` the Guardian's page model · `jsonld.py` schema.org in JSON, in a page or
bare · `microdata.py` schema.org in a page's tags · `siblings.py` timed entries that nothing marks ·
`schemaorg.py` what the schema.org readers share · `page.py` the page around all of it.
May import this room, `document` and `lib`. Called by `detect.py`.
"""

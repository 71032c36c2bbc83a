"""The demonstration: a fictional newsroom, its story, its pictures, and what plays a story as if it happened.

`script.py` and `prose.py` read the story files, `seed.py` fills a newsroom, `perform.py` and `stage.py` play a
script, `replay.py` plays an archive. Writes only through the real actions. Called by `cli`; may import every
room.
"""

"""Django's SQLite, whose writers in one process take turns: `base.py`. Named in the settings."""

"""What each tool sends, read into `said.py`. Pure: bytes and JSON in, dataclasses out; no database, no network."""

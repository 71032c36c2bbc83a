"""What the hub does to its rows: one verb each."""

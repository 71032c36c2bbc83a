"""Everything that changes this room's rows: each function is one transaction."""

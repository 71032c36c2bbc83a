"""Every write of this room: channels and who may use them, what came in, and what became of it."""

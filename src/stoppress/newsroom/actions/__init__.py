"""Every write of the newsroom: one function each, one transaction each."""

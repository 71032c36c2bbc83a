"""What every room may use and nothing that knows the domain: the clock, ids, bounds.

Imports nothing of the project and nothing of Django.
"""

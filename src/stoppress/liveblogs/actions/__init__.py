"""Every write of live blogs and posts: access check → one transaction → numbered events. Nothing else may write.

Each action takes `by` (who) and `at` (when, aware UTC), changes rows, appends events through `writing`, and
leaves the read model and the announcement to it.
"""

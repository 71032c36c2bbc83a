"""Reporters' screens: no models, no rules. Views ask `queries`, forms call `actions`.

May import everything but `api`, `worker` and `edge`.
"""

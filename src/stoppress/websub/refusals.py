"""Why a request to the hub is not taken: a sentence for whoever runs the subscriber. Answered by `views.py`."""


class NotTaken(Exception):
    """`str` is the sentence, `status` the answer's."""

    status = 400


class NoSuchFeed(NotTaken):
    """The topic is no feed of ours, or of a live blog that is not public."""

    status = 404


class TooOften(NotTaken):
    """More than one address may ask in a minute."""

    status = 429


class Full(NotTaken):
    """As many wait, or are told, as this hub carries."""

    status = 503

"""Why something a reader sent is not taken: a sentence for that reader. Raised by actions, answered by `views.py`."""


class NotTaken(Exception):
    """`str` is the sentence, `status` the answer's."""

    status = 409


class NoSuchThing(NotTaken):
    """There is no such poll or live blog, or not any more."""

    status = 404


class Unfit(NotTaken):
    """What was sent cannot be taken as it is."""

    status = 422


class TooMuch(NotTaken):
    """More bytes than a vote or a question has."""

    status = 413


class TooOften(NotTaken):
    """More than one address may send in a minute."""

    status = 429


class FromElsewhere(NotTaken):
    """Another site's page sent it in the reader's name."""

    status = 403

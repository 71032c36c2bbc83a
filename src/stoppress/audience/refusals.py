"""Why something a reader sent is not taken: a sentence for that reader. Raised by actions, answered by `door.py`."""

from stoppress.lib.languages import Words


class NotTaken(Exception):
    """`sentence` is in English, marked by `later`, with `values` for its places; `status` is the answer's."""

    status = 409

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        self.values = values

    def said(self, say: Words) -> str:
        """The sentence in the reader's language."""
        return say(self.sentence, **self.values)


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

"""Why a newsroom action did nothing. The message is a sentence for a person."""


class NewsroomRefused(Exception):
    """Nothing was changed."""

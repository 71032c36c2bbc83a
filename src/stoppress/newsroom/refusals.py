"""Why a newsroom action did nothing. The message is a sentence for a person."""


class NewsroomRefused(Exception):  # noqa: N818 (it is no error of the program: somebody was told no)
    """Nothing was changed."""

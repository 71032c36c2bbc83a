"""Why something was not taken in. Each message is one sentence for whoever sends, or for the log."""


class Turned(Exception):
    """Nothing was stored. `status` is what the sender's server is answered."""

    status = 400


class Unsigned(Turned):
    """The signature is missing or wrong, or its time is over."""

    status = 401


class Replayed(Turned):
    """The very same request came before."""

    status = 409


class WrongKind(Turned):
    """Another content type than the channel's."""

    status = 415


class TooLarge(Turned):
    """More bytes than a channel takes."""

    status = 413


class Unreadable(Turned):
    """Not what this tool sends, as documented."""

    status = 422


class NotTaken(Turned):
    """Well signed and well formed, and not for us: an unknown sender or place. The tool must not send it again."""

    status = 200


class Later(Turned):
    """The server has its hands full; the tool sends it again."""

    status = 503

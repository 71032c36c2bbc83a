"""Why a newsroom action did nothing. The message is a sentence for a person; the desk answers with `http_status`."""


class NewsroomRefused(Exception):
    """Nothing was changed."""

    http_status = 422


class AdminsOnly(NewsroomRefused):
    """The role may not do this."""

    http_status = 403


class ManagersOnly(NewsroomRefused):
    """The role does not look after the title."""

    http_status = 403


class NotHere(NewsroomRefused):
    """No such person, invitation, session or token, or none that this person may know of."""

    http_status = 404


class WouldLockOut(NewsroomRefused):
    """Nobody could look after the newsroom any more."""

    http_status = 409

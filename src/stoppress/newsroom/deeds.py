"""The kinds of deeds that the audit trail knows, each with its words.

PURE. Called by `models`, `actions` and the desk.
"""

from enum import StrEnum


class Deed(StrEnum):
    """One kind of line in the audit trail."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    CODE_FAILED = "code-failed"
    SIGNED_OUT = "signed-out"
    SESSION_ENDED = "session-ended"
    SESSIONS_ENDED = "sessions-ended"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    JOINED = "joined"
    STAFF_ADDED = "staff-added"
    ROLE_CHANGED = "role-changed"
    SWITCHED_OFF = "switched-off"
    SWITCHED_ON = "switched-on"
    NAME_CHANGED = "name-changed"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 (a word, no secret)
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    CODES_MADE = "codes-made"
    FACTOR_RULE = "factor-rule"
    HOUSE_RULE = "house-rule"
    AUTHOR_KEPT = "author-kept"
    POLICY_KEPT = "policy-kept"
    LOOKS_CHANGED = "looks-changed"
    PROVIDERS_CHOSEN = "providers-chosen"
    TOKEN_MADE = "token-made"  # noqa: S105 (a word, no secret)
    TOKEN_REVOKED = "token-revoked"  # noqa: S105 (a word, no secret)
    CHANNEL_MADE = "channel-made"
    CHANNEL_ROTATED = "channel-rotated"
    CHANNEL_REVOKED = "channel-revoked"
    CHANNEL_CHANGED = "channel-changed"


# As the page says it; what stands in "whom" follows.
WORDS = {
    Deed.SIGNED_IN: "signed in",
    Deed.SIGN_IN_FAILED: "failed sign-in as",
    Deed.CODE_FAILED: "wrong second factor for",
    Deed.SIGNED_OUT: "signed out",
    Deed.SESSION_ENDED: "ended a session",
    Deed.SESSIONS_ENDED: "ended all other sessions",
    Deed.INVITED: "invited",
    Deed.INVITATION_WITHDRAWN: "took back the invitation of",
    Deed.JOINED: "joined the staff",
    Deed.STAFF_ADDED: "added",
    Deed.ROLE_CHANGED: "changed the role of",
    Deed.SWITCHED_OFF: "switched off",
    Deed.SWITCHED_ON: "switched on",
    Deed.NAME_CHANGED: "changed their name",
    Deed.PASSWORD_CHANGED: "changed the password",
    Deed.FACTOR_ADDED: "added a second factor",
    Deed.FACTOR_REMOVED: "removed a second factor",
    Deed.CODES_MADE: "made recovery codes",
    Deed.FACTOR_RULE: "changed the house rule on second factors",
    Deed.HOUSE_RULE: "changed a house rule",
    Deed.AUTHOR_KEPT: "changed the page for readers of",
    Deed.POLICY_KEPT: "changed the policy",
    Deed.LOOKS_CHANGED: "changed how the title looks",
    Deed.PROVIDERS_CHOSEN: "chose the sites that are embedded",
    Deed.TOKEN_MADE: "made the API token",
    Deed.TOKEN_REVOKED: "revoked the API token",
    Deed.CHANNEL_MADE: "made the way in",
    Deed.CHANNEL_ROTATED: "changed the secret of the way in",
    Deed.CHANNEL_REVOKED: "took back the way in",
    Deed.CHANNEL_CHANGED: "changed the way in",
}

"""What a title asks of every post: the rules on its screen.

PURE. Called by `actions/set_house_rules.py`, `queries.py` and the desk.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """Each field is a column of the publisher. See docs/howto/two-pairs-of-eyes.md."""

    two_pairs_of_eyes: bool
    alt_text_required: bool
    source_required: bool


# As the audit trail says it.
WORDS = {
    "two_pairs_of_eyes": "two pairs of eyes",
    "alt_text_required": "alt text",
    "source_required": "source of claims",
}

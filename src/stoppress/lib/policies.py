"""What a newsroom may tell readers about how it works: the kinds of policy, each with its word for machines.

PURE. Called by `render`, `liveblogs`, the desk and `edge`. Source: https://schema.org/NewsMediaOrganization.
"""

from collections.abc import Mapping
from typing import Final

from stoppress.lib.languages import Words

# The last part of the address, and the property of schema.org; in the order of the foot.
KINDS: Final[Mapping[str, str]] = {
    "principles": "publishingPrinciples",
    "corrections": "correctionsPolicy",
    "ethics": "ethicsPolicy",
    "verification": "verificationFactCheckingPolicy",
    "sources": "unnamedSourcesPolicy",
    "ownership": "ownershipFundingInfo",
    "masthead": "masthead",
    "diversity": "diversityPolicy",
    "feedback": "actionableFeedbackPolicy",
}


def policy_title(kind: str, say: Words) -> str:
    """What the page of that kind is called."""
    return {
        "principles": say("Editorial principles"),
        "corrections": say("Corrections policy"),
        "ethics": say("Ethics"),
        "verification": say("How we check facts"),
        "sources": say("Unnamed sources"),
        "ownership": say("Ownership and funding"),
        "masthead": say("Who we are"),
        "diversity": say("Diversity"),
        "feedback": say("Tell us what is wrong"),
    }[kind]

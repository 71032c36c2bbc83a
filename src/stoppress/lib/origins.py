"""How a picture came to be, when that is no camera: what readers are told in words, and other systems by a code.

Called by `document` (which attribute values there are), `render` (the label, structured data) and
`liveblogs/pictures` (what a file says of itself). Source: IPTC NewsCodes, Digital Source Type,
http://cv.iptc.org/newscodes/digitalsourcetype/.
"""

from dataclasses import dataclass
from typing import Final

from stoppress.lib.languages import Words, later

_SCHEME: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@dataclass(frozen=True, slots=True)
class Origin:
    """One way. `label`: for readers; `codes`: IPTC's, ours first; `schema_org`: the same in structured data."""

    label: str
    codes: tuple[str, ...]
    schema_org: str


ORIGINS: Final = {
    "ai": Origin(later("Made with AI"), ("trainedAlgorithmicMedia",), "TrainedAlgorithmicMediaDigitalSource"),
    "ai_part": Origin(
        later("Changed with AI"),
        ("compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"),
        "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    ),
    "computer": Origin(
        later("Made by a computer program"),
        ("algorithmicMedia", "virtualRecording", "softwareImage"),
        "AlgorithmicMediaDigitalSource",
    ),
}
_BY_CODE: Final = {code: name for name, origin in ORIGINS.items() for code in origin.codes}


def origin_of(source: str) -> str:
    """The name of the origin that a file's digital source type means, by its address or bare code; else ""."""
    return _BY_CODE.get(source.strip().rstrip("/").rpartition("/")[2], "")


def source_type(origin: str) -> str:
    """The address that files carry for an origin; "" for none."""
    return _SCHEME + ORIGINS[origin].codes[0] if origin in ORIGINS else ""


def origin_label(origin: str, say: Words | None = None) -> str:
    """The words for readers, in English unless `say` says them; "" for none."""
    if origin not in ORIGINS:
        return ""
    return say(ORIGINS[origin].label) if say else ORIGINS[origin].label

"""Words of strangers, made fit for a document: one line, no characters that a text may not hold, bounded.

Called by this room. Imports `document`.
"""

from stoppress.document.check import FORBIDDEN


def worded(value: object, most: int) -> str:
    """`value` when it is text, on one line and at most `most` characters with "…"; else ""."""
    if not isinstance(value, str):
        return ""
    line = " ".join(FORBIDDEN.sub(" ", value[: most * 10]).split())
    if len(line) <= most:
        return line
    return f"{line[: most - 1].rpartition(' ')[0] or line[: most - 1]}…"

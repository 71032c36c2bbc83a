"""Addresses without what only follows whoever opens them. The desk's editor agrees (web/editor/addresses.ts).

PURE. Called by `html_addresses.py` for every link of foreign html.
"""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from stoppress.document.addresses import web_fault

# What newsletters, networks and search engines add.
_FOLLOWS: Final = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid"
    r"|mkt_tok|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|ref_src|ref_url|__twitter_impression",
    re.IGNORECASE,
)
_FOLLOWS_ON_X: Final = re.compile(r"s|t|src")
_X: Final = re.compile(r"(www\.)?(x|twitter)\.com")
# Sites that stand between a link and where it leads, their page, and the field in which they say where.
_BETWEEN: Final = (
    (re.compile(r"www\.google\.[a-z.]+"), "/url", "q"),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", "u"),
    (re.compile(r".*\.safelinks\.protection\.outlook\.com"), "/", "url"),
)
_DEEP: Final = 3  # redirects in redirects that are followed


def plain_address(address: str, *, deep: int = _DEEP) -> str:
    """`address` as it leads where it says; what is no web address, or has nothing to take away, stays as it is."""
    if web_fault(address):
        return address
    parts = urlsplit(address)
    host = parts.hostname or ""
    for site, page, field in _BETWEEN:
        if deep and site.fullmatch(host) and parts.path == page:
            there = parse_qs(parts.query).get(field, [""])[0]
            return address if web_fault(there) else plain_address(there, deep=deep - 1)
    before, mark, hash_part = address.partition("#")
    start, asks, query = before.partition("?")
    if not asks:
        return address
    fields = query.split("&")
    kept = [field for field in fields if not _follows(host, field.partition("=")[0])]
    if len(kept) == len(fields):
        return address
    return start + ("?" + "&".join(kept) if kept else "") + mark + hash_part


def _follows(host: str, name: str) -> bool:
    if _FOLLOWS.fullmatch(name):
        return True
    return bool(_X.fullmatch(host) and _FOLLOWS_ON_X.fullmatch(name))

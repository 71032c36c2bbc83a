"""What stands at an address: a link card or an embed, from what a page or its site says of itself.

`page.py` and `oembed.py` read what came and are pure; `look_up.py` fetches it, through `lib/http_out.py` alone.
Called by `desk`. May import `document` and `lib`.
"""

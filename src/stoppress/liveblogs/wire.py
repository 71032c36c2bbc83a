"""What has changed in a live blog for those who take it over a wire, as ninjs: stored bytes, in the order of the log.

Called by `api/wire.py`. Reads the read model only, so drafts and what was withdrawn are in none of it.
"""

from dataclasses import dataclass

from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.models import Page, PagePost, Status
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.roles import Staff

# As `render/ninjs.py` writes it, before any word of a person's; of a wire's answer it would not be so.
_FULL, _PARTIAL = '"representationType":"full"', '"representationType":"partial"'


@dataclass(frozen=True, slots=True)
class Wire:
    """`seq`: where to go on from; `more`: whether to do so at once. `ninjs`: the live blog with them, as text."""

    seq: Seq
    more: bool
    ninjs: str


def wire_after(by: Staff, slug: str, after: int, rows: int) -> Wire:
    """Each post that readers came to see otherwise after the number `after`, as it is now, the oldest change first.

    A withdrawn post is there as canceled. Raises: NotFound (no live blog that readers see), InvalidInput (no such
    number yet).
    """
    blog = access.blog_to_see(by, slug)
    # The number before the posts: what is written in between is among them, or comes with the next question.
    page = Page.objects.filter(pk=blog.pk).exclude(status=Status.DRAFT).first()
    if page is None:
        raise NotFound(f"Readers do not see the live blog {slug!r} yet; open it first.")
    if after > page.changed_seq:
        raise InvalidInput(
            "after", f"The live blog is at {page.changed_seq}, so nothing is after {after}; begin again at 0."
        )
    changed = PagePost.objects.filter(page_id=blog.pk, changed_seq__gt=after).order_by("changed_seq")
    found = list(changed.values_list("changed_seq", "ninjs")[: rows + 1])
    more, found = len(found) > rows, found[:rows]
    last = found[-1][0] if found else after
    return Wire(
        seq=Seq(last if more else max(last, page.changed_seq)),
        more=more,
        ninjs=f"{page.ninjs.replace(_FULL, _PARTIAL, 1)}{','.join(item for _, item in found)}]}}",
    )

"""Switches the embeds of whole sites on or off, on every page that shows one."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.actions.choose_providers import choose_providers
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Staff


def switch_embeds(*, by: Staff, enabled: Collection[str], at: datetime, address: str = "") -> int:
    """Embed what `enabled` names (lib/providers.py) and nothing else; returns how many live blogs were made anew.

    The choice is one transaction, and then each live blog that holds an embed is one: open pages are told to fetch
    theirs afresh where it differs. What a stop in between leaves undone is done when the same is asked again.
    Raises: NotAllowed (role), InvalidInput (an unknown name).
    """
    check_manage(by, "choose which sites are embedded")
    try:
        choose_providers(by=by, names=enabled, at=at, address=address)
    except NewsroomRefused as refused:
        raise InvalidInput("enabled", str(refused)) from refused
    touched = _blogs_with_embeds(by.publisher_id)
    for blog_id in touched:
        rebuild_liveblog(blog_id=blog_id, by=by.name, at=at)
    return len(touched)


def _blogs_with_embeds(publisher_id: int) -> list[int]:
    """Row numbers of live blogs with a published post in whose JSON the node's name stands; a few may have none."""
    posts = Post.objects.filter(liveblog__publisher_id=publisher_id, state=State.PUBLISHED)
    holding = posts.annotate(json=Cast("document", TextField())).filter(json__contains='"embed"')
    return list(holding.order_by("liveblog_id").values_list("liveblog_id", flat=True).distinct())

"""Says which sites' posts a publisher embeds."""

from collections.abc import Collection

from stoppress.lib.providers import PROVIDERS
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.refusals import NewsroomRefused


def choose_providers(*, publisher_id: int, names: Collection[str]) -> None:
    """Keep `names`, in the list's order, as the providers that are on.

    Called by liveblogs/actions/switch_embeds.py alone, which looks at the role and makes the pages anew.
    Raises: NewsroomRefused (a name that is not in lib/providers.py).
    """
    unknown = sorted(set(names) - PROVIDERS.keys())
    if unknown:
        raise NewsroomRefused(
            f"Sites must be of {', '.join(PROVIDERS)}; {unknown[0][:40]!r} is none of them."
        )
    chosen = [name for name in PROVIDERS if name in names]
    Publisher.objects.filter(pk=publisher_id).update(embed_providers=chosen)

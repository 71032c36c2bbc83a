"""Says which sites' posts a publisher embeds."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from stoppress.lib.providers import PROVIDERS
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.refusals import NewsroomRefused
from stoppress.newsroom.roles import Staff


@transaction.atomic
def choose_providers(*, by: Staff, names: Collection[str], at: datetime, address: str) -> None:
    """Keep `names`, in the list's order, as the providers that are on. One line in the audit trail where that differs.

    Called by liveblogs/actions/switch_embeds.py alone, which looks at the role and makes the pages anew.
    Raises: NewsroomRefused (a name that is not in lib/providers.py).
    """
    unknown = sorted(set(names) - PROVIDERS.keys())
    if unknown:
        raise NewsroomRefused(
            f"Sites must be of {', '.join(PROVIDERS)}; {unknown[0][:40]!r} is none of them."
        )
    chosen = [name for name in PROVIDERS if name in names]
    title = Publisher.objects.select_for_update().get(pk=by.publisher_id)
    if title.embed_providers == chosen:
        return
    title.embed_providers = chosen
    title.save(update_fields=["embed_providers"])
    record(Deed.PROVIDERS_CHOSEN, by=by, detail=", ".join(chosen) or "none", address=address, at=at)

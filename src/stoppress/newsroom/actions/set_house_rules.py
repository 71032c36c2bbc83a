"""Sets what a title asks of every post."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from stoppress.newsroom import access
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.house_rules import WORDS, HouseRules
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Staff


@transaction.atomic
def set_house_rules(*, by: Staff, rules: HouseRules, at: datetime, address: str = "") -> None:
    """From the next write on these rules hold; what is published stays. One line in the audit trail for each change.

    Raises: ManagersOnly.
    """
    access.check_manage(by, "set house rules")
    title = Publisher.objects.select_for_update().get(pk=by.publisher_id)
    for name, wanted in asdict(rules).items():
        if getattr(title, name) == wanted:
            continue
        setattr(title, name, wanted)
        title.save(update_fields=[name])
        detail = f"{WORDS[name]}: {'on' if wanted else 'off'}"
        record(Deed.HOUSE_RULE, by=by, detail=detail, address=address, at=at)

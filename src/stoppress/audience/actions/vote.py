"""Takes one vote in a poll."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from stoppress.audience.models import Vote
from stoppress.audience.refusals import NoSuchThing, NotTaken, Unfit
from stoppress.document.schema import Document
from stoppress.document.structured import Poll, polls
from stoppress.lib.ids import POST_ID
from stoppress.lib.languages import later
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.polls import takes_votes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What a reader chose, and where. `voter`: see `voters.py`."""

    slug: str
    post_id: str
    poll_id: str
    option_id: str
    voter: str


def vote(*, ballot: Ballot, at: datetime) -> bool:
    """Count a vote; False when this device has voted in this poll before, and its first vote stays.

    One row, no event: readers see the new numbers when the worker has counted (`count_votes.py`).
    Raises: NoSuchThing (not published, or withdrawn), NotTaken (closed), Unfit (no such answer).
    """
    post = _post(ballot)
    poll = next((poll for poll in polls(Document.stored(post.document)) if poll.id == ballot.poll_id), None)
    if poll is None:
        raise NoSuchThing(later("There is no such poll here; it may have been taken out. Reload the page."))
    if not takes_votes(post.liveblog, poll, at):
        raise NotTaken(later("This poll has ended and takes no more votes. Its results stand in the post."))
    _check_choice(poll, ballot.option_id)
    row = Vote(post=post, poll_id=poll.id, option_id=ballot.option_id, voter=ballot.voter)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _post(ballot: Ballot) -> Post:
    found = (
        Post.objects.select_related("liveblog")
        .filter(pk=ballot.post_id, liveblog__slug=ballot.slug, state=State.PUBLISHED)
        .first()
        if POST_ID.fullmatch(ballot.post_id)  # what can be no id never reaches the database
        else None
    )
    if found is None:
        raise NoSuchThing(later("There is no such post here; it may have been withdrawn. Reload the page."))
    return found


def _check_choice(poll: Poll, option_id: str) -> None:
    if not option_id:
        raise Unfit(later("You have chosen no answer; go back, choose one and vote again."))
    if option_id not in {option.id for option in poll.options}:
        raise Unfit(later("This answer is not in the poll any more; reload the page and choose another."))

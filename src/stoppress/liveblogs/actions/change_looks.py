"""Changes how a title looks: colours, typefaces, logo, and the box that asks readers for support."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from stoppress.document.addresses import web_fault
from stoppress.lib import limits
from stoppress.lib.theme import HOUSE, Theme, faults
from stoppress.liveblogs.access import check_manage
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.actions.reframe_liveblog import reframe_liveblog
from stoppress.liveblogs.facts import build_of
from stoppress.liveblogs.models import Media, Page
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.liveblogs.title_projection import project_title
from stoppress.newsroom.actions.record import record
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import Publisher
from stoppress.newsroom.roles import Staff

_LOGO_HEIGHT = 36  # as in web/reader/theme.css
_LOGO_SHAPE_MAX = 8  # a logo this many times as wide as it is high still fits a small phone
_LOGO_SHARP = 3  # pixels to each of a very good screen


@dataclass(frozen=True, slots=True)
class Support:
    """The box that asks for support: none without a text."""

    text: str = ""
    label: str = ""
    url: str = ""


def change_looks(*, by: Staff, theme: Theme, support: Support, at: datetime, address: str = "") -> None:
    """These looks are the title's from now on; open pages fetch themselves afresh.

    The choice is one transaction, then each live blog is one. What a stop in between leaves undone is done at the next
    start, because the page's build tells.
    Raises: NotAllowed, InvalidInput (cannot be read, with a colour that would do).
    """
    check_manage(by, "change how the title looks")
    for fault in faults(theme):
        raise InvalidInput(fault.field, fault.sentence)
    support = _checked(support)
    house = asdict(HOUSE)
    chosen = {name: value for name, value in asdict(theme).items() if value != house[name]}
    before = _keep(
        by,
        (at, address),
        theme=chosen,
        support_text=support.text,
        support_label=support.label,
        support_url=support.url,
    )
    if before is not None:
        _show(by, before, at)


def change_logo(*, by: Staff, media: Media | None, at: datetime, address: str = "") -> None:
    """This picture stands at the top of every page instead of the title's name; None: the name again.

    Raises: NotAllowed, InvalidInput (too wide).
    """
    check_manage(by, "change how the title looks")
    before = _keep(by, (at, address), logo=_logo(media) if media else {})
    if before is not None:
        _show(by, before, at)


def _checked(support: Support) -> Support:
    checked = Support(
        text=line("support_text", support.text, limits.SUPPORT_CHARS),
        label=line("support_label", support.label, limits.NAME_CHARS),
        url=support.url.strip(),
    )
    if checked.url and (fault := web_fault(checked.url)):
        raise InvalidInput("support_url", f"The link of the support box: {fault}.")
    if checked.url and not checked.text:
        raise InvalidInput(
            "support_text", "Say in a sentence what you ask readers for; or leave all three empty."
        )
    return checked


def _logo(media: Media) -> dict[str, object]:
    """The smallest rendition that is sharp, and the size in which it stands."""
    width = round(_LOGO_HEIGHT * media.width / media.height)
    if width > _LOGO_HEIGHT * _LOGO_SHAPE_MAX:
        raise InvalidInput(
            "logo",
            f"The logo is {round(media.width / media.height)} times as wide as it is high; up to {_LOGO_SHAPE_MAX} "
            "times fits a phone. Cut away the space around it, or set it in two lines.",
        )
    # WebP keeps what is transparent; JPEG would put white there.
    files = [each for each in media.renditions if each["src"].endswith(".webp")] or media.renditions
    sharp = [each for each in files if each["width"] >= width * _LOGO_SHARP]
    chosen = (sharp or files[-1:])[0]
    return {"media": media.pk, "src": chosen["src"], "width": width, "height": _LOGO_HEIGHT}


@transaction.atomic
def _keep(by: Staff, moment: tuple[datetime, str], **columns: object) -> str | None:
    """Write `columns` into the title's row, and a line in the audit trail of what differs.

    Returns: the build that its pages had, or None where nothing differs.
    """
    title = Publisher.objects.select_for_update().get(pk=by.publisher_id)
    differing = [name for name, value in columns.items() if getattr(title, name) != value]
    if not differing:
        return None
    at, address = moment
    record(Deed.LOOKS_CHANGED, by=by, detail=", ".join(differing).replace("_", " "), address=address, at=at)
    before = build_of(title)
    for name, value in columns.items():
        setattr(title, name, value)
    title.save(update_fields=list(columns))
    project_title(title)
    return before


def _show(by: Staff, before: str, at: datetime) -> None:
    """The page of every live blog anew, one transaction each: whoever publishes meanwhile waits for one at most.

    Pages of any other build are left: they are made anew as a whole at the next start.
    """
    pages = Page.objects.filter(liveblog__publisher_id=by.publisher_id, build=before)
    for blog_id in pages.order_by("pk").values_list("pk", flat=True):
        reframe_liveblog(blog_id=blog_id, by=by, at=at)

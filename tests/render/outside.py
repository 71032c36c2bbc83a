"""Facts for formats that other systems read."""

from datetime import UTC, datetime, timedelta

from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.render.facts import (
    BlogFacts,
    BylineName,
    CorrectionFacts,
    ImageFacts,
    PostFacts,
    SiteFacts,
    TombstoneFacts,
    WidestFacts,
)

EIGHT = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
PHOTO = WidestFacts("/media/m1/2133.jpg", 2133, 1200)
SITE = SiteFacts(public_url="https://buoy.example", name="The Buoy", language="en")


def paragraphs(*texts: str) -> Document:
    return parse_document(
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": each}]} for each in texts],
        }
    )


def with_pictures() -> Document:
    """An upload of ours and a picture elsewhere."""
    own = {
        "src": "/media/m1/1600.webp",
        "alt": "A steel gate",
        "caption": "The gate",
        "credit": "Ben Okoro",
        "width": 1600,
        "height": 900,
        "media": "m1",
        "renditions": [
            {"src": "/media/m1/480.webp", "width": 480, "height": 270},
            {"src": "/media/m1/1600.webp", "width": 1600, "height": 900},
        ],
    }
    foreign = {"src": "https://far.example/a.jpg", "alt": "Far"}
    return parse_document(
        {"type": "doc", "content": [{"type": "image", "attrs": own}, {"type": "image", "attrs": foreign}]}
    )


def post(**more: object) -> PostFacts:
    fields: dict[str, object] = {
        "id": "0000000000000000000a",
        "headline": "Gate 2 is shut",
        "dateline": "Port Verrin",
        "byline": ("Ana Ruiz", "Ben Okoro"),
        "document": paragraphs("The crew shut gate 2.", "It held."),
        "key_event": True,
        "summary": False,
        "revision": 3,
        "first_published_at": EIGHT + timedelta(minutes=5),
        "last_changed_at": EIGHT + timedelta(minutes=9),
        "corrections": (CorrectionFacts("It was gate 2, not 1.", EIGHT + timedelta(minutes=9)),),
    } | more
    return PostFacts(**fields)  # type: ignore[arg-type]  # checked where it is read


def plain_post(text: str = "Water rises.", **more: object) -> PostFacts:
    """A post with nothing but its words."""
    bare: dict[str, object] = {
        "headline": "",
        "dateline": "",
        "byline": (),
        "key_event": False,
        "corrections": (),
    }
    return post(**{**bare, "document": paragraphs(text), **more})


def gone() -> TombstoneFacts:
    return TombstoneFacts(
        "0000000000000000000b", EIGHT, EIGHT + timedelta(hours=1), "It named the <wrong> man."
    )


def blog(**more: object) -> BlogFacts:
    fields: dict[str, object] = {
        "site": SITE,
        "slug": "storm-surge",
        "headline": "Storm surge & gates",
        "standfirst": "Gates are <shut>.",
        "status": "live",
        "timezone": "Europe/Kyiv",
        "language": "en",
        "byline": (BylineName("Ana Ruiz", "now"),),
        "opened_at": EIGHT,
        "first_post_at": EIGHT + timedelta(minutes=5),
        "changed_at": EIGHT + timedelta(minutes=9),
        "image": ImageFacts("/media/m1/1600.webp", 1600, 900, "A steel gate", widest=PHOTO),
    } | more
    return BlogFacts(**fields)  # type: ignore[arg-type]  # checked where it is read

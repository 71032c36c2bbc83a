"""Rows of the write model, and the read model that the edge's SELECTs stand on.

No logic here: what may be written is decided in `access.py`, what is written in `actions/`.
Table names are fixed (`db_table`): `edge/store.py` reads `page`, `page_slot` and `page_post` with plain SQL.
"""

from django.db import models

from stoppress.accounts.models import User
from stoppress.events.kinds import TURNS, Kind
from stoppress.lib import clock, limits
from stoppress.liveblogs.at_hand import PostWords, Snippet
from stoppress.liveblogs.poll_results import PollResult
from stoppress.liveblogs.several_hands import ChatMessage, Lease, Presence
from stoppress.liveblogs.title_rows import PageByline, PageText, PageTopic
from stoppress.liveblogs.version_rows import PageVersion
from stoppress.newsroom.models import Publisher

# Kept in modules of their own, and found here with the rest.
__all__ = [
    "ChatMessage",
    "Lease",
    "PageByline",
    "PageText",
    "PageTopic",
    "PageVersion",
    "PollResult",
    "PostWords",
    "Presence",
    "Snippet",
]

POST_ID_CHARS = 20
STATE_CHARS = 12
KIND_CHARS = 32


class Status(models.TextChoices):
    """Of a live blog."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    CLOSED = "closed"


class State(models.TextChoices):
    """Of a post."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class LiveBlog(models.Model):
    """One running page on one event. `last_seq` is the number of its newest event."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="liveblogs")
    slug = models.SlugField(max_length=limits.SLUG_CHARS, unique=True)
    headline = models.CharField(max_length=limits.HEADLINE_CHARS)
    standfirst = models.CharField(max_length=limits.STANDFIRST_CHARS, blank=True)
    timezone = models.CharField(max_length=limits.TIMEZONE_CHARS, default="UTC")  # of the event, IANA name
    language = models.CharField(max_length=limits.LANGUAGE_CHARS, default="en")
    status = models.CharField(max_length=STATE_CHARS, choices=Status.choices, default=Status.DRAFT)
    pinned_post = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")
    writers = models.JSONField(default=list)  # names credited so far, in order of first appearance
    # The post whose first picture stands on cards and in structured data.
    picture_post_id = models.CharField(max_length=POST_ID_CHARS, blank=True, default="")
    takes_questions = models.BooleanField(default=False)  # readers see a form to ask
    topics = models.JSONField(default=list)  # names as printed, in order
    # What it is about, for structured data; each may be missing.
    event_name = models.CharField(max_length=limits.EVENT_NAME_CHARS, blank=True, default="", db_default="")
    event_place = models.CharField(max_length=limits.EVENT_PLACE_CHARS, blank=True, default="", db_default="")
    event_starts_at = models.DateTimeField(null=True)
    planned_end_at = models.DateTimeField(null=True)  # of the coverage; closing is its true end
    last_seq = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)  # first opening; coverageStartTime, never moves
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "liveblog"

    def __str__(self) -> str:
        return self.headline


class Post(models.Model):
    """One timed entry. `document` is the newest saved revision's; readers see it when `published`."""

    id = models.CharField(primary_key=True, max_length=POST_ID_CHARS)
    liveblog = models.ForeignKey(LiveBlog, on_delete=models.PROTECT, related_name="posts")
    state = models.CharField(max_length=STATE_CHARS, choices=State.choices, default=State.DRAFT)
    headline = models.CharField(max_length=limits.HEADLINE_CHARS, blank=True)
    dateline = models.CharField(max_length=limits.DATELINE_CHARS, blank=True)
    byline = models.JSONField(default=list)  # list of names as printed, in order
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    key_event = models.BooleanField(default=False)
    summary = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    submitted_at = models.DateTimeField(null=True)  # set while an editor is waited for
    publish_at = models.DateTimeField(null=True)  # set while scheduled; while submitted, the time asked for
    publish_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    first_published_at = models.DateTimeField(null=True)  # set once; gives the order on the page
    last_changed_at = models.DateTimeField(null=True)  # of what readers see
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=limits.REASON_CHARS, blank=True)

    class Meta:
        db_table = "post"
        indexes = [
            models.Index(fields=["liveblog", "state", "first_published_at"], name="post_order"),
            models.Index(fields=["liveblog", "-id"], name="post_newest"),
            models.Index(fields=["publish_at"], name="post_due", condition=models.Q(state="scheduled")),
            models.Index(
                fields=["liveblog", "-first_published_at", "-id"],
                name="post_summaries",
                condition=models.Q(summary=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.headline}"


class Revision(models.Model):
    """One saved version of a post. Rows are added, never changed."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=limits.HEADLINE_CHARS, blank=True)
    dateline = models.CharField(max_length=limits.DATELINE_CHARS, blank=True)
    byline = models.JSONField(default=list)
    document = models.JSONField()
    public = models.BooleanField(default=False)  # readers have seen it
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "revision"
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_revision_per_number")]

    def __str__(self) -> str:
        return f"{self.post_id} r{self.number}"


class ReviewNote(models.Model):
    """Why an editor gave a submitted post back to its author. Nobody outside the desk sees it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="review_notes")
    revision = models.PositiveIntegerField()
    text = models.CharField(max_length=limits.REVIEW_NOTE_CHARS)
    name = models.CharField(max_length=limits.NAME_CHARS)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "review_note"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text


class Correction(models.Model):
    """A public note: what was wrong, what is right, since which revision."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="corrections")
    revision = models.PositiveIntegerField()
    text = models.CharField(max_length=limits.CORRECTION_CHARS)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "correction"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text


class Shift(models.Model):
    """A reporter's turn: "(now)" in the byline while open, "(earlier)" once ended."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.PROTECT, related_name="shifts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="shifts")
    name = models.CharField(max_length=limits.NAME_CHARS)  # as printed; imported shifts have no user
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shift"
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return self.name


class HandoverNote(models.Model):
    """What whoever ends a shift tells whoever comes next. Nobody outside the desk sees it."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.PROTECT, related_name="handover_notes")
    text = models.CharField(max_length=limits.HANDOVER_CHARS)
    name = models.CharField(max_length=limits.NAME_CHARS)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=limits.NAME_CHARS, blank=True)

    class Meta:
        db_table = "handover_note"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text


class Reminder(models.Model):
    """A promise to readers that is to be kept: found in a post ("more at 15:00"), or written down by hand."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.PROTECT, related_name="reminders")
    post_id = models.CharField(max_length=POST_ID_CHARS, blank=True)  # "" when written down by hand
    text = models.CharField(max_length=limits.REMINDER_CHARS)
    due_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=limits.NAME_CHARS)  # who promised
    at = models.DateTimeField(default=clock.now)
    kept_at = models.DateTimeField(null=True)
    kept_by = models.CharField(max_length=limits.NAME_CHARS, blank=True)

    class Meta:
        db_table = "reminder"
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["liveblog"], name="reminder_open", condition=models.Q(kept_at=None)),
            models.Index(fields=["post_id"], name="reminder_of_post"),
        ]

    def __str__(self) -> str:
        return self.text


class Event(models.Model):
    """The log: outbox and audit in one. Append-only, no text (law 3). See `events.kinds`."""

    liveblog = models.ForeignKey(LiveBlog, on_delete=models.PROTECT, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=KIND_CHARS, choices=[(kind.value, kind.value) for kind in Kind])
    post_id = models.CharField(max_length=POST_ID_CHARS, null=True)  # noqa: DJ001 (null = not about a post)
    revision = models.PositiveIntegerField(null=True)
    by = models.CharField(max_length=limits.NAME_CHARS)  # a name, kept even when the account goes
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "event"
        constraints = [models.UniqueConstraint(fields=["liveblog", "seq"], name="one_event_per_number")]
        indexes = [
            models.Index(
                fields=["liveblog", "seq"],
                name="event_turns",
                condition=models.Q(kind__in=[kind.value for kind in TURNS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Media(models.Model):
    """An uploaded picture. Files stand in the media folder as `{id}/{width}.{ext}`."""

    id = models.CharField(primary_key=True, max_length=POST_ID_CHARS)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="media")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    renditions = models.JSONField(default=list)  # [{"width": 480, "height": 320, "src": "/media/…/480.webp"}]
    # Of `{wide_width}.jpg`, for no page: what structured data shows is cut of it. Null: of the widest rendition.
    wide_width = models.PositiveIntegerField(null=True)
    wide_height = models.PositiveIntegerField(null=True)
    origin = models.CharField(max_length=limits.ORIGIN_CHARS, blank=True)  # how it was made: lib.origins
    focus_x = models.PositiveSmallIntegerField(default=50)  # what matters in it, in per cent from its left …
    focus_y = models.PositiveSmallIntegerField(default=50)  # … and from its top
    alt = models.CharField(max_length=limits.ALT_CHARS, blank=True)
    caption = models.CharField(max_length=limits.CAPTION_CHARS, blank=True)
    credit = models.CharField(max_length=limits.CREDIT_CHARS, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "media"

    def __str__(self) -> str:
        return self.id


class KeptAnswer(models.Model):
    """The first answer to a request that carried an idempotency key: the same key gets it again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=limits.IDEMPOTENCY_KEY_CHARS)
    request_digest = models.CharField(
        max_length=64
    )  # method, path and body: another request may not reuse the key
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "kept_answer"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key


class WorkingCopy(models.Model):
    """What somebody is typing, as their device sent it last: theirs alone, no post and no revision."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    liveblog = models.ForeignKey(LiveBlog, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=limits.COPY_NAME_CHARS)  # made by the device, for one text
    turn = models.PositiveBigIntegerField()  # counts what was sent; an older turn never replaces a newer one
    post_id = models.CharField(max_length=POST_ID_CHARS, blank=True, default="")  # "" = a new post
    base_revision = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=limits.HEADLINE_CHARS, blank=True, default="")  # for lists
    text = models.JSONField(default=dict)  # the composer's fields; {} once settled
    settled = models.BooleanField(
        default=False
    )  # saved as a post or thrown away: a late turn brings nothing back
    device = models.CharField(max_length=limits.DEVICE_CHARS, blank=True, default="")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "working_copy"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_copy_per_name")]
        indexes = [models.Index(fields=["user", "liveblog"], name="copies_of_person")]

    def __str__(self) -> str:
        return self.name


# --- read model: ready-made bytes, written by projection.py, read by edge/store.py --------------------


class Page(models.Model):
    """What the edge needs of one live blog. `changed_seq` is the newest number a reader can see."""

    liveblog = models.OneToOneField(LiveBlog, on_delete=models.CASCADE, primary_key=True, related_name="page")
    slug = models.SlugField(max_length=limits.SLUG_CHARS, unique=True)
    status = models.CharField(max_length=STATE_CHARS)
    status_seq = models.BigIntegerField(default=0)
    changed_seq = models.BigIntegerField(default=0)
    reload_seq = models.BigIntegerField(default=0)  # readers below it must fetch the page afresh
    changed_at = models.DateTimeField()
    build = models.CharField(max_length=32)  # renderer version and public address it was made with
    leaves = models.PositiveIntegerField(default=0)  # number of sealed older pages
    language = models.CharField(max_length=limits.LANGUAGE_CHARS)
    head_html = models.TextField()  # inside <head>, less scripts, styles and JSON-LD
    masthead_html = models.TextField()  # top of <body>
    foot_html = models.TextField()  # end of <body>
    card_html = models.TextField()  # the live blog on the front page
    lead_html = models.TextField(default="")  # the same where it leads the front page
    json_ld = models.TextField()  # a JSON object, without liveBlogUpdate
    atom = models.TextField()  # feed heads, each without its entries
    rss = models.TextField()
    json_feed = models.TextField()
    ninjs = models.TextField(default="")
    theme = models.CharField(
        max_length=limits.THEME_CHARS, default=""
    )  # address of the title's style sheet, or ""
    oembed = models.TextField(default="")  # a JSON object: what oEmbed tells of it, less its size and html

    class Meta:
        db_table = "page"

    def __str__(self) -> str:
        return self.slug


class PageSlot(models.Model):
    """One named part above the posts: headline, standfirst, byline, pinned, key_events, summary, older."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="slots")
    name = models.CharField(max_length=16)
    html = models.TextField()
    changed_seq = models.BigIntegerField()

    class Meta:
        db_table = "page_slot"
        constraints = [models.UniqueConstraint(fields=["page", "name"], name="one_slot_per_name")]

    def __str__(self) -> str:
        return self.name


class PagePost(models.Model):
    """A post as readers get it. A withdrawn one keeps an empty row: tombstone html, no text anywhere."""

    post_id = models.CharField(primary_key=True, max_length=POST_ID_CHARS)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="posts")
    leaf = models.PositiveIntegerField(default=0)  # 0 = the first page; older pages count from the oldest
    withdrawn = models.BooleanField(default=False)
    revision = models.PositiveIntegerField()
    key_event = models.BooleanField(default=False)
    summary = models.BooleanField(default=False)
    first_published_at = models.DateTimeField()
    last_changed_at = models.DateTimeField()
    shown_seq = models.BigIntegerField()  # when it first appeared
    changed_seq = models.BigIntegerField()
    title = models.CharField(max_length=limits.HEADLINE_CHARS)  # headline, or the first words
    html = models.TextField()
    json_ld = models.TextField()
    atom = models.TextField()
    rss = models.TextField()
    json_feed = models.TextField()
    ninjs = models.TextField(default="")
    history_html = models.TextField(default="")  # public versions; "" until the post changes
    annotations = models.TextField(default="")  # JSON objects with commas between; "" until the post changes
    head_html = models.TextField(
        default=""
    )  # inside <head> of its own page: cards and discovery; "" when withdrawn
    oembed = models.TextField(default="")  # as of `Page`; "" when withdrawn

    class Meta:
        db_table = "page_post"
        indexes = [
            models.Index(fields=["page", "leaf", "-first_published_at", "-post_id"], name="page_order"),
            models.Index(fields=["page", "-first_published_at", "-post_id"], name="page_newest"),
            models.Index(fields=["page", "changed_seq"], name="page_changes"),
            models.Index(  # feeds tell of them again
                fields=["page", "-changed_seq"],
                name="page_put_right",
                condition=models.Q(changed_seq__gt=models.F("shown_seq")),
            ),
            models.Index(
                fields=["page", "-first_published_at", "-post_id"],
                name="page_key_events",
                condition=models.Q(key_event=True),
            ),
        ]

    def __str__(self) -> str:
        return self.post_id


class PageCorrection(models.Model):
    """One line of the correction log: a correction of a post, or its withdrawal."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="corrections")
    post_id = models.CharField(max_length=POST_ID_CHARS)
    number = models.PositiveIntegerField()  # among those of its post, from 1
    at = models.DateTimeField()
    html = models.TextField()

    class Meta:
        db_table = "page_correction"
        constraints = [
            models.UniqueConstraint(fields=["post_id", "number"], name="one_correction_per_number")
        ]
        indexes = [models.Index(fields=["page", "-at", "-post_id", "-number"], name="page_corrections")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.number}"


class PageClaim(models.Model):
    """A claim in a post that readers see: one line of the list of claims, and of the desk's."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="claims")
    post_id = models.CharField(max_length=POST_ID_CHARS)
    number = models.PositiveIntegerField()  # among those of its post, from 1, in the order of the text
    claim_id = models.CharField(max_length=limits.CLAIM_ID_CHARS)  # its name in the post's document
    state = models.CharField(max_length=STATE_CHARS)  # of `document.check.CLAIM_STATES`
    source = models.CharField(max_length=limits.CLAIM_SOURCE_CHARS, blank=True)
    text = models.TextField()  # what is said, without the label
    since = models.DateTimeField()  # when it came to stand as it does
    post_at = models.DateTimeField()  # when its post was first published
    html = models.TextField()

    class Meta:
        db_table = "page_claim"
        constraints = [models.UniqueConstraint(fields=["post_id", "number"], name="one_claim_per_number")]
        indexes = [models.Index(fields=["page", "-post_at", "-post_id", "number"], name="page_claims")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.claim_id}"


class PageMedia(models.Model):
    """A picture that readers saw in a post; `withdrawn` with the post. The edge serves none that is only there."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="media")
    post_id = models.CharField(max_length=POST_ID_CHARS)
    media_id = models.CharField(max_length=POST_ID_CHARS)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        db_table = "page_media"
        constraints = [
            models.UniqueConstraint(fields=["post_id", "media_id"], name="one_row_per_picture_of_post")
        ]
        indexes = [models.Index(fields=["media_id"], name="page_media_id")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.media_id}"

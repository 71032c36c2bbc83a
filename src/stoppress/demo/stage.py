"""Does what a script says, through the newsroom's actions: each verb is one of them.

Called by `seed.py` and `perform.py`. Writes nothing by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from stoppress.demo import prose
from stoppress.demo.prose import PictureWords
from stoppress.demo.script import Deed, Script, Verb, with_state
from stoppress.demo.times import Times
from stoppress.document.schema import JsonNode
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_claim import ClaimChange, change_claim
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, change_liveblog
from stoppress.liveblogs.actions.change_status import close_liveblog, open_liveblog, pause_liveblog
from stoppress.liveblogs.actions.content import Marks, NewLiveBlog, PostContent
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.pin_post import pin_post, unpin_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.actions.upload_media import Upload, image_node, upload_described_media
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.refusals import WrongState
from stoppress.newsroom.roles import Staff

PICTURES = Path(__file__).with_name("pictures")
_TICK = timedelta(milliseconds=1)  # ids sort by time: two posts never share a moment


@dataclass(frozen=True, slots=True)
class _Version:
    """A post, and the deed that published it with what it says now."""

    post_id: str
    deed: Deed


@dataclass(slots=True, kw_only=True)
class Stage:
    """One script being played in one live blog. `speed` is what the standfirst tells readers of it."""

    script: Script
    cast: Mapping[str, Staff]
    times: Times
    public_url: str
    speed: float = 1
    slug: str = ""
    last: datetime | None = None
    versions: dict[str, _Version] = field(default_factory=dict)  # by the post's label
    pictures: dict[str, JsonNode] = field(default_factory=dict)  # by the picture's name

    def begin(self, *, by: Staff, at: datetime, slug: str = "") -> None:
        """Make the live blog, as a draft. An empty `slug` takes the script's."""
        blog = create_liveblog(
            by=by,
            details=NewLiveBlog(
                headline=self.script.headline,
                standfirst=self._standfirst(self.script.standfirst),
                slug=slug or self.script.slug,
                timezone=self.script.timezone,
                language=self.script.language,
            ),
            at=at,
        )
        self.slug = blog.slug

    def play(self, deed: Deed, *, at: datetime) -> None:
        """Do one deed at `at`. Raises: whatever its action raises."""
        moment = max(at, self.last + _TICK) if self.last else at
        _ACTIONS[deed.verb](self, deed, self.cast[deed.who], moment)
        self.last = moment

    def title(self, deed: Deed) -> str:
        """What a deed is about, in a few words, for whoever watches the play."""
        words = deed.fields.get("headline") or prose.first_line(deed.text) or deed.label
        return prose.printed(words, self)

    # --- what a text needs to know: `prose.Setting` ---

    def clock(self, minute: int) -> str:
        """The story's minute on the clock of its city, as readers live through it."""
        return f"{self.times.at(minute).astimezone(ZoneInfo(self.script.timezone)):%H:%M}"

    def post_url(self, label: str) -> str:
        """Where an earlier post stands among the others."""
        post_id = self._version(label).post_id
        return f"{self.live_url(self.slug)}?from={post_id}#post-{post_id}"

    def live_url(self, slug: str) -> str:
        """Where a live blog of this newsroom stands."""
        return f"{self.public_url}/live/{slug}"

    def picture(self, words: PictureWords) -> JsonNode:
        """The picture, which was uploaded when its post came up."""
        return self.pictures[words.name]

    # --- deeds ---

    def _version(self, label: str) -> _Version:
        """Raises: WrongState when it never came out, which a visitor at the desk can bring about."""
        if label not in self.versions:
            raise WrongState(f"The post {label!r} never came out, so nothing can be done to it.")
        return self.versions[label]

    def _content(self, deed: Deed) -> PostContent:
        return PostContent(
            document=prose.document_of(deed.text, deed.claims, self),
            headline=prose.printed(deed.fields.get("headline", ""), self),
            dateline=deed.fields.get("dateline", ""),
            byline=deed.byline or (self.cast[deed.who].name,),
        )

    def _standfirst(self, text: str) -> str:
        return text.replace("{speed}", f"{self.speed:g}")

    def upload(self, deed: Deed, *, at: datetime) -> None:
        """Take in the pictures of a deed that are not here yet. Takes a second each."""
        for words in prose.pictures_in(deed.text):
            if words.name not in self.pictures:
                upload = Upload(
                    filename=f"{words.name}.webp",
                    data=(PICTURES / f"{words.name}.webp").read_bytes(),
                    alt=words.alt,
                    caption=words.caption,
                    credit=words.credit,
                )
                media = upload_described_media(by=self.cast[deed.who], upload=upload, at=at)
                self.pictures[words.name] = image_node(media)

    def publish(self, deed: Deed, by: Staff, at: datetime) -> None:
        """A new post."""
        self.upload(deed, at=at)
        written = publish_new_post(
            by=by,
            slug=self.slug,
            content=self._content(deed),
            marks=Marks(key_event=bool(deed.says("key event")), summary=bool(deed.says("summary"))),
            at=at,
        )
        self.versions[deed.label] = _Version(written.post_id, deed)

    def amend(self, deed: Deed, by: Staff, at: datetime) -> None:
        """A new text for a post, with a correction or without; what it does not name stays."""
        before = self._version(deed.label)
        fields = {**before.deed.fields, **deed.fields}
        new = replace(before.deed, fields=fields, claims=deed.claims or before.deed.claims, text=deed.text)
        self.upload(new, at=at)
        self._amend(before.post_id, new, by=by, correction=deed.fields.get("correction", ""), at=at)

    def claim(self, deed: Deed, by: Staff, at: datetime) -> None:
        """What has become of a claim; the words stay."""
        making = (
            label
            for label, version in self.versions.items()
            if any(claim.label == deed.label for claim in version.deed.claims)
        )
        before = self._version(next(making, deed.label))
        state = deed.fields["state"]
        change = ClaimChange(claim_id=deed.label, state=state)
        change_claim(by=by, post_id=before.post_id, change=change, at=at)
        new = replace(before.deed, claims=with_state(before.deed.claims, deed.label, state))
        self.versions[new.label] = _Version(before.post_id, new)

    def _amend(self, post_id: str, new: Deed, *, by: Staff, correction: str, at: datetime) -> None:
        """`new` is the deed that published the post, with what it says now: its writer stays credited."""
        content = self._content(new)
        amend_post(by=by, post_id=post_id, content=content, correction=correction, at=at)
        self.versions[new.label] = _Version(post_id, new)

    def change(self, deed: Deed, by: Staff, at: datetime) -> None:
        """The head of the page."""
        standfirst = deed.fields.get("standfirst")
        change = LiveBlogChange(
            headline=deed.fields.get("headline"),
            standfirst=None if standfirst is None else self._standfirst(standfirst),
        )
        change_liveblog(by=by, slug=self.slug, change=change, at=at)

    def on_post(self, deed: Deed, by: Staff, at: datetime) -> None:
        """Withdraw, mark or pin."""
        post_id = self._version(deed.label).post_id
        if deed.verb is Verb.WITHDRAW:
            withdraw_post(by=by, post_id=post_id, reason=deed.fields["reason"], at=at)
        elif deed.verb is Verb.MARK:
            mark_post(
                by=by, post_id=post_id, key_event=deed.says("key event"), summary=deed.says("summary"), at=at
            )
        else:
            pin_post(by=by, post_id=post_id, at=at)

    def on_blog(self, deed: Deed, by: Staff, at: datetime) -> None:
        """Open, pause, close, unpin, and shifts."""
        _ON_BLOG[deed.verb](by=by, slug=self.slug, at=at)


_ON_BLOG: dict[Verb, Callable[..., object]] = {
    Verb.OPEN: open_liveblog,
    Verb.PAUSE: pause_liveblog,
    Verb.CLOSE: close_liveblog,
    Verb.UNPIN: unpin_post,
    Verb.START_SHIFT: start_shift,
    Verb.END_SHIFT: end_shift,
}
_ACTIONS: dict[Verb, Callable[[Stage, Deed, Staff, datetime], None]] = {
    Verb.PUBLISH: Stage.publish,
    Verb.AMEND: Stage.amend,
    Verb.CORRECT: Stage.amend,
    Verb.CLAIM: Stage.claim,
    Verb.CHANGE: Stage.change,
    Verb.WITHDRAW: Stage.on_post,
    Verb.MARK: Stage.on_post,
    Verb.PIN: Stage.on_post,
    **dict.fromkeys(_ON_BLOG, Stage.on_blog),
}

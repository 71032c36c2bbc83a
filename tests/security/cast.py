"""The people of the sweeps and what they find: one newsroom with a live blog, posts of every state, and a picture."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests.liveblogs import photos
from tests.liveblogs.newsdesk import content
from tests.people import People

from stoppress.accounts.models import DeskSession, User
from stoppress.audience.models import Question
from stoppress.document.parse import parse_document
from stoppress.intake.models import Channel, Route, Sender
from stoppress.lib import clock
from stoppress.lib.ids import new_post_id
from stoppress.liveblogs.actions.content import NewLiveBlog, PostContent
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.keep_copy import TypedText, keep_copy
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.receive_parts import begin_upload
from stoppress.liveblogs.actions.schedule_post import schedule_new_post
from stoppress.liveblogs.models import HandoverNote, LiveBlog, Media, Post, Reminder, Snippet
from stoppress.newsroom.actions.issue_token import issue_token
from stoppress.newsroom.models import ApiToken, Invitation
from stoppress.newsroom.roles import Staff

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Role and name of each: `owner` wrote the posts, `reporter` is a colleague, `stranger` has an account and no role.
STAFF: Final[Mapping[str, tuple[str, str]]] = {
    "owner": ("reporter", "Ana Owner"),
    "reporter": ("reporter", "Bo Colleague"),
    "moderator": ("moderator", "Moss Kettle"),
    "editor": ("editor", "Edith Lead"),
    "producer": ("producer", "Pia Stage"),
    "admin": ("admin", "Ada Root"),
}
WHO: Final = ("anonymous", "stranger", *STAFF)
COPY = "0123456789abcdef"  # what the owner is typing
CLAIM = "said"  # the owner's public post holds it
PICTURE = photos.encoded(photos.bands(20, 20), "PNG")


def picture_file() -> SimpleUploadedFile:
    """A small picture for a form."""
    return SimpleUploadedFile("photo.png", PICTURE, "image/png")


def claimed(text: str, name: str) -> PostContent:
    """A post that is one claim of that name."""
    said = {"type": "text", "text": text, "marks": [{"type": "claim", "attrs": {"id": name}}]}
    root = {"type": "doc", "content": [{"type": "paragraph", "content": [said]}]}
    return PostContent(document=parse_document(root))


def _handover_values() -> dict[str, str]:
    """Ids of what one shift owes the next; told apart from other numbers."""
    blog = LiveBlog.objects.get(slug="surge")
    note = HandoverNote.objects.create(pk=700_011, liveblog=blog, text="Ring at six.", name="Edith Lead")
    owed = Reminder.objects.create(pk=700_012, liveblog=blog, text="More at six", name="Edith Lead")
    return {"note_id": str(note.pk), "reminder_id": str(owed.pk)}


@dataclass(slots=True)
class Scene:
    """A live blog `surge` with posts of the owner's in each state."""

    people: People
    values: dict[str, str] = field(default_factory=dict)
    _staff: dict[str, Staff] = field(default_factory=dict)

    def __post_init__(self) -> None:
        editor, owner = self.staff("editor"), self.staff("owner")
        at = clock.now() - timedelta(minutes=5)
        details = NewLiveBlog(headline="Storm surge", slug="surge", timezone="Europe/Kyiv", status="live")
        create_liveblog(by=editor, details=details, at=at)
        public = publish_new_post(by=owner, slug="surge", content=claimed("Public text.", CLAIM), at=at)
        draft = draft_post(by=owner, slug="surge", content=content("Draft text."), at=at)
        scheduled = schedule_new_post(
            by=owner,
            slug="surge",
            content=content("Scheduled text."),
            publish_at=at + timedelta(hours=3),
            at=at,
        )
        submitted = draft_post(by=owner, slug="surge", content=content("Submitted text."), at=at)
        Post.objects.filter(pk=submitted.post_id).update(state="submitted", submitted_at=at)
        media = Media.objects.create(
            pk=new_post_id(at),
            publisher_id=owner.publisher_id,
            width=480,
            height=320,
            renditions=[{"src": "/media/m/480.webp", "width": 480, "height": 320}],
            uploaded_by_id=owner.user_id,
        )
        typed = TypedText(name=COPY, turn=1, post_id="", base_revision=0, words="Half", text={})
        keep_copy(by=owner, slug="surge", typed=typed, at=at)
        coming = begin_upload(by=owner, key="on-its-way", filename="gate.jpg", length=9, at=at)
        asked = Question.objects.create(
            pk=new_post_id(at), liveblog=LiveBlog.objects.get(slug="surge"), text="Is it safe?"
        )
        self.values = {
            "question_id": asked.pk,
            "upload": coming.id,
            "slug": "surge",
            "public": public.post_id,
            "claim_id": CLAIM,
            "draft": draft.post_id,
            "scheduled": scheduled.post_id,
            "submitted": submitted.post_id,
            "media_id": media.pk,
            "kind": "ethics",
            "copy": COPY,
            **self._people_values(),
            **_handover_values(),
        }

    def _people_values(self) -> dict[str, str]:
        """Ids of people's things: the owner's token and browser, and an invitation; told apart from other numbers."""
        owner = self.staff("owner")
        self.token("owner")
        ApiToken.objects.filter(membership__user_id=owner.user_id).update(id=700_002)
        browser = DeskSession.objects.create(
            user_id=owner.user_id, session_key="the-owners-other-browser", pk=700_001
        )
        invited = Invitation.objects.create(
            pk=700_003,
            publisher_id=owner.publisher_id,
            email="soon@example.org",
            role="reporter",
            digest="0" * 64,
        )
        snippet = Snippet.objects.create(
            pk=700_004,
            publisher_id=owner.publisher_id,
            name="Closing",
            text="Good night.",
            changed_by="Edith",
        )
        return {
            "snippet_id": str(snippet.pk),
            "user_id": str(owner.user_id),
            "token_id": str(ApiToken.objects.get(membership__user_id=owner.user_id).pk),
            "session_id": str(browser.pk),
            "invitation_id": str(invited.pk),
            **self._ways_in(),
        }

    def _ways_in(self) -> dict[str, str]:
        """Ids of a channel, of where it leads and of whom it knows; told apart from other numbers."""
        owner = self.staff("owner")
        channel = Channel.objects.create(
            pk=700_004, publisher_id=owner.publisher_id, kind="mail", name="Mail", key="k" * 20
        )
        blog = LiveBlog.objects.get(slug="surge")
        route = Route.objects.create(pk=700_005, channel=channel, place="one@in.example.org", liveblog=blog)
        sender = Sender.objects.create(
            pk=700_006, channel=channel, handle="o@example.org", user_id=owner.user_id
        )
        return {
            "channel_id": str(channel.pk),
            "route_id": str(route.pk),
            "sender_id": str(sender.pk),
        }

    def staff(self, who: str) -> Staff:
        """One of `STAFF`, made when first asked for: making somebody again would end their sessions."""
        if who not in self._staff:
            self._staff[who] = self.people(*STAFF[who])
        return self._staff[who]

    def browser(self, who: str, *, csrf: bool = False) -> Client:
        """A browser in which this person is signed in."""
        client = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
        if who in STAFF:
            client.force_login(User.objects.get(pk=self.staff(who).user_id), backend=BACKEND)
        elif who == "stranger":
            client.force_login(
                User.objects.create_user("stranger@example.org", "a long pass phrase"), BACKEND
            )
        return client

    def token(self, who: str) -> str:
        """A new API token of this member of staff."""
        return issue_token(email=User.objects.get(pk=self.staff(who).user_id).email)


def sent(client: Client, method: str, path: str, body: object = None, **headers: str) -> Any:
    """One request; what it did to the browser's cookies is forgotten. A dict is a form, JSON when so told."""
    kept = deepcopy(client.cookies)
    data: object = body if body is not None else {}
    if method in ("GET", "HEAD"):
        answer = client.generic(method, path, headers=headers)
    elif headers.get("Content-Type") == "application/json":
        text = json.dumps(data)
        rest = {name: value for name, value in headers.items() if name != "Content-Type"}
        answer = client.generic(method, path, text, content_type="application/json", headers=rest)
    elif method == "POST":
        answer = client.post(path, data, headers=headers)
    else:
        answer = client.generic(method, path, headers=headers)
    client.cookies = kept
    return answer


def fresh_key() -> str:
    """A key no other write has."""
    return uuid4().hex


# Who was seen when: looking may touch these. `cache_entry` counts tries.
_SEEN_TABLES = frozenset({"django_session", "desk_session", "cache_entry"})
_SEEN_COLUMNS = frozenset({"last_used_at", "last_seen_at"})


def all_rows() -> dict[str, list[str]]:
    """Every row of every table, less what only says when somebody was last seen."""
    with connection.cursor() as cursor:
        found: dict[str, list[str]] = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - _SEEN_TABLES):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (the database's own)
            names = [column[0] for column in cursor.description]
            rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
            found[table] = sorted(
                repr({name: value for name, value in row.items() if name not in _SEEN_COLUMNS})
                for row in rows
            )
    return found


def doc(*texts: str) -> dict[str, object]:
    """A document of plain paragraphs, as JSON."""
    blocks = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts]
    return {"type": "doc", "content": blocks}

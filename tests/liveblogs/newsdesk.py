"""Short ways to write a live blog in tests, through the real actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.liveblogs.actions.content import Marks, NewLiveBlog, PostContent, Written
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.models import LiveBlog
from stoppress.newsroom.roles import Staff


def paragraphs(*texts: str) -> Document:
    """A document of plain paragraphs."""
    return parse_document(
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts],
        }
    )


def content(text: str = "The gate is shut.", headline: str = "") -> PostContent:
    return PostContent(document=paragraphs(text), headline=headline)


@dataclass(slots=True)
class Desk:
    """One person at one live blog, with a clock that moves a minute at each write."""

    by: Staff
    blog: LiveBlog
    at: datetime

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def publish(self, text: str = "The gate is shut.", *, headline: str = "", **marks: bool) -> Written:
        return publish_new_post(
            by=self.by,
            slug=self.blog.slug,
            content=content(text, headline),
            marks=Marks(**marks),
            at=self.tick(),
        )


def open_desk(by: Staff, at: datetime, slug: str = "surge", status: str = "live") -> Desk:
    details = NewLiveBlog(headline="Storm surge reaches the harbour", slug=slug, status=status)
    return Desk(by, create_liveblog(by=by, details=details, at=at), at)

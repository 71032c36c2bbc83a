"""What the store hands out for the title's own pages. Made by `title_store.py`. May import `lib`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TitleRow:
    """The title's frame. `top`: from the end of the head to the masthead; html ready-made."""

    publisher_id: int
    name: str
    language: str
    timezone: str
    top: str
    foot: str


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A post in a list: what it says, when (html), and in which live blog."""

    post_id: str
    title: str
    text: str
    moment: str
    key_event: bool
    slug: str
    headline: str
    language: str


@dataclass(frozen=True, slots=True)
class ReadyRows:
    """An author's or a policy's page: the title, ready-made head and html, and the posts below them."""

    title: TitleRow
    head: str
    html: str
    posts: tuple[ListedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRows:
    """A topic's name, and the cards of its live blogs."""

    title: TitleRow
    name: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyRows:
    """Which kinds of policy are written."""

    title: TitleRow
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundRows:
    """What search gave: one page of posts and whether there are more; and what can be chosen from."""

    title: TitleRow
    posts: tuple[ListedRow, ...]
    more: bool
    liveblogs: tuple[tuple[str, str], ...]  # slug and headline
    authors: tuple[str, ...]  # names of those who have a page

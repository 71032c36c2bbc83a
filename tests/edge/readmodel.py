"""A read model without a newsroom: the tables of `liveblogs/models.py`, and a hand that writes them as projection does.

Called by the tests of the edge, which must not need Django. `tests/contract` runs the same questions on migrated
databases; here only what readers can tell apart is written.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stoppress.edge.store import SLOTS
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq

START = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)

TABLES = """
CREATE TABLE publisher (
    id integer PRIMARY KEY, front_html text NOT NULL, foot_html text NOT NULL,
    name varchar(120) NOT NULL DEFAULT 'Gazette',
    language varchar(35) NOT NULL DEFAULT 'en', timezone varchar(64) NOT NULL DEFAULT 'UTC',
    masthead_html text NOT NULL DEFAULT '</head><body><header>Gazette</header>',
    theme text NOT NULL DEFAULT '{}');
CREATE TABLE liveblog (
    id integer PRIMARY KEY, last_seq bigint NOT NULL, headline varchar(200) NOT NULL DEFAULT 'Storm',
    timezone varchar(64) NOT NULL DEFAULT 'Europe/Kyiv', opened_at datetime, closed_at datetime);
CREATE TABLE event (
    id integer PRIMARY KEY, liveblog_id bigint NOT NULL, seq bigint NOT NULL, kind varchar(32) NOT NULL,
    post_id varchar(20), at datetime NOT NULL, UNIQUE (liveblog_id, seq));
CREATE TABLE shift (
    id integer PRIMARY KEY, liveblog_id bigint NOT NULL, name varchar(120) NOT NULL, started_at datetime NOT NULL,
    ended_at datetime);
CREATE TABLE page_version (
    id integer PRIMARY KEY, page_id bigint NOT NULL, post_id varchar(20) NOT NULL, number integer NOT NULL,
    until datetime NOT NULL, title varchar(200) NOT NULL, html text NOT NULL, UNIQUE (post_id, number));
CREATE TABLE page (
    liveblog_id bigint PRIMARY KEY, slug varchar(80) NOT NULL UNIQUE, status varchar(12) NOT NULL,
    status_seq bigint NOT NULL, reload_seq bigint NOT NULL, changed_seq bigint NOT NULL,
    changed_at datetime NOT NULL, build varchar(32) NOT NULL, leaves integer NOT NULL,
    language varchar(35) NOT NULL, head_html text NOT NULL, masthead_html text NOT NULL, foot_html text NOT NULL,
    card_html text NOT NULL, json_ld text NOT NULL, atom text NOT NULL, rss text NOT NULL, json_feed text NOT NULL,
    ninjs text NOT NULL, lead_html text NOT NULL DEFAULT '', theme varchar(120) NOT NULL DEFAULT '',
    oembed text NOT NULL DEFAULT '{"title":"Storm","author_name":"Ana","provider_name":"Gazette"}');
CREATE TABLE page_slot (
    id integer PRIMARY KEY, page_id bigint NOT NULL, name varchar(16) NOT NULL, html text NOT NULL,
    changed_seq bigint NOT NULL, UNIQUE (page_id, name));
CREATE TABLE page_post (
    post_id varchar(20) PRIMARY KEY, page_id bigint NOT NULL, leaf integer NOT NULL, withdrawn bool NOT NULL,
    revision integer NOT NULL, key_event bool NOT NULL, summary bool NOT NULL, first_published_at datetime NOT NULL,
    last_changed_at datetime NOT NULL, shown_seq bigint NOT NULL, changed_seq bigint NOT NULL,
    title varchar(200) NOT NULL, html text NOT NULL, json_ld text NOT NULL, atom text NOT NULL, rss text NOT NULL,
    json_feed text NOT NULL, ninjs text NOT NULL, history_html text NOT NULL, annotations text NOT NULL,
    head_html text NOT NULL DEFAULT '<meta property="og:type" content="article">',
    oembed text NOT NULL DEFAULT '{"title":"Water rises","author_name":"Ana","provider_name":"Gazette"}');
CREATE TABLE page_correction (
    id integer PRIMARY KEY, page_id bigint NOT NULL, post_id varchar(20) NOT NULL, number integer NOT NULL,
    at datetime NOT NULL, html text NOT NULL, UNIQUE (post_id, number));
CREATE TABLE page_claim (
    id integer PRIMARY KEY, page_id bigint NOT NULL, post_id varchar(20) NOT NULL, number integer NOT NULL,
    claim_id varchar(20) NOT NULL, state varchar(12) NOT NULL, source varchar(300) NOT NULL, text text NOT NULL,
    since datetime NOT NULL, post_at datetime NOT NULL, html text NOT NULL, UNIQUE (post_id, number));
CREATE TABLE page_media (
    id integer PRIMARY KEY, page_id bigint NOT NULL, post_id varchar(20) NOT NULL, media_id varchar(20) NOT NULL,
    withdrawn bool NOT NULL, UNIQUE (post_id, media_id));
CREATE INDEX page_order ON page_post (page_id, leaf, first_published_at DESC, post_id DESC);
CREATE INDEX page_changes ON page_post (page_id, changed_seq);
"""


def _canceled(post_id: str) -> str:
    return f'{{"uri":"{post_id}","pubStatus":"canceled"}}'


def stored(moment: datetime) -> str:
    """As Django writes times into SQLite."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds") + "000"


def moment(text: str) -> datetime:
    """The other way."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(slots=True)
class Blog:
    """One live blog being written. `seq` is its log's newest number."""

    blog_id: BlogId
    slug: str
    seq: int = 0


@dataclass(slots=True)
class ReadModel:
    """Writes one SQLite file. Every method is one transaction, as an action is."""

    path: Path
    posts_made: int = 0
    blogs_made: int = 0
    page_posts: int = limits.PAGE_POSTS
    _connection: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.executescript(TABLES)
        self.run(
            "INSERT INTO publisher (id, front_html, foot_html)"
            " VALUES (1, '<title>Gazette</title></head><body>', '<footer>Gazette</footer>')"
        )

    def close(self) -> None:
        self._connection.close()

    def run(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.run("BEGIN IMMEDIATE")
        yield
        self.run("COMMIT")

    # --- live blogs -----------------------------------------------------------------------------------

    def blog(self, slug: str = "storm", status: str = "live") -> Blog:
        """A live blog with its nine slots."""
        self.blogs_made += 1
        blog = Blog(BlogId(self.blogs_made), slug)
        with self.transaction():
            self.run("INSERT INTO liveblog (id, last_seq) VALUES (?, 0)", blog.blog_id)
            parts = [
                "<title>Storm</title>",
                "<header>Gazette</header>",
                "<footer></footer>",
                f"<a>{slug}</a>",
            ]
            heads = [
                '{"@type":"LiveBlogPosting"}',
                "<feed>",
                "<rss><channel>",
                '{"items":[',
                '{"associations":[',
            ]
            self.run(
                "INSERT INTO page (liveblog_id, slug, status, status_seq, reload_seq, changed_seq, changed_at, build,"
                " leaves, language, head_html, masthead_html, foot_html, card_html, json_ld, atom, rss, json_feed,"
                " ninjs) VALUES (?, ?, ?, 0, 0, 0, ?, 'b1', 0, 'en', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(blog.blog_id, slug, status, stored(START), *parts, *heads),
            )
            self.run("UPDATE page SET lead_html = card_html WHERE liveblog_id = ?", blog.blog_id)
            for name in SLOTS:
                self.run("INSERT INTO page_slot VALUES (NULL, ?, ?, '', 0)", blog.blog_id, name)
            self.head(blog, headline="Storm", alone=False)
        return blog

    def _next(self, blog: Blog, *, visible: bool = True) -> int:
        blog.seq += 1
        self.run("UPDATE liveblog SET last_seq = ? WHERE id = ?", blog.seq, blog.blog_id)
        if visible:
            self.run("UPDATE page SET changed_seq = ? WHERE liveblog_id = ?", blog.seq, blog.blog_id)
            at = stored(START + timedelta(seconds=blog.seq))
            self.run("UPDATE page SET changed_at = ? WHERE liveblog_id = ?", at, blog.blog_id)
        return blog.seq

    def silent(self, blog: Blog) -> None:
        """An event that no reader can see: a draft was saved."""
        with self.transaction():
            self._next(blog, visible=False)

    def head(self, blog: Blog, *, alone: bool = True, **slots: str) -> int:
        """Slots changed, under one number."""
        if alone:
            with self.transaction():
                return self.head(blog, alone=False, **slots)
        seq = self._next(blog)
        for name, html in slots.items():
            self.run(
                "UPDATE page_slot SET html = ?, changed_seq = ? WHERE page_id = ? AND name = ?",
                *(html, seq, blog.blog_id, name),
            )
        return seq

    def status(self, blog: Blog, status: str) -> int:
        with self.transaction():
            seq = self._next(blog)
            self.run(
                "UPDATE page SET status = ?, status_seq = ? WHERE liveblog_id = ?", status, seq, blog.blog_id
            )
        return seq

    def whole(self, blog: Blog) -> int:
        """The page changed as a whole."""
        with self.transaction():
            seq = self._next(blog)
            self.run("UPDATE page SET reload_seq = ? WHERE liveblog_id = ?", seq, blog.blog_id)
        return seq

    # --- posts ----------------------------------------------------------------------------------------

    def post(
        self, blog: Blog, text: str = "Water rises.", *, minute: float | None = None, key_event: bool = False
    ) -> str:
        """A new post, at its place in time; returns its id."""
        self.posts_made += 1
        post_id = f"{self.posts_made:020d}"
        at = START + timedelta(minutes=self.posts_made if minute is None else minute)
        with self.transaction():
            leaf = self._leaf_for(blog, stored(at), post_id)
            seq = self._next(blog)
            html = post_html(post_id, text, at)
            forms = [text[:80], html, f'{{"headline":"{text}"}}', f"<entry>{post_id} {text}</entry>"]
            wire = f'{{"uri":"{post_id}"}}'
            feeds = [f"<item>{post_id} {text}</item>", f'{{"id":"{post_id}"}}', wire]
            self.run(
                "INSERT INTO page_post (post_id, page_id, leaf, withdrawn, revision, key_event, summary,"
                " first_published_at, last_changed_at, shown_seq, changed_seq, title, html, json_ld, atom, rss,"
                " json_feed, ninjs, history_html, annotations)"
                " VALUES (?, ?, ?, 0, 1, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
                *(
                    post_id,
                    blog.blog_id,
                    leaf,
                    int(key_event),
                    stored(at),
                    stored(at),
                    seq,
                    seq,
                    *forms,
                    *feeds,
                ),
            )
            self._seal(blog)
            if key_event:
                self.head(blog, alone=False, key_events=f"<li>{post_id}</li>")
        return post_id

    def _leaf_for(self, blog: Blog, at: str, post_id: str) -> int:
        """The leaf of the post below, or of the oldest."""
        below = self.run(
            "SELECT leaf FROM page_post WHERE page_id = ? AND (first_published_at, post_id) < (?, ?)"
            " ORDER BY first_published_at DESC, post_id DESC LIMIT 1",
            *(blog.blog_id, at, post_id),
        ).fetchone()
        lowest = self.run(
            "SELECT leaf FROM page_post WHERE page_id = ? ORDER BY first_published_at, post_id LIMIT 1",
            blog.blog_id,
        ).fetchone()
        found: int = (below or lowest or (0,))[0]
        return found

    def _seal(self, blog: Blog) -> None:
        rows = self.run(
            "SELECT post_id, first_published_at FROM page_post WHERE page_id = ? AND leaf = 0"
            " ORDER BY first_published_at, post_id",
            blog.blog_id,
        ).fetchall()
        if len(rows) < 2 * self.page_posts:
            return
        self.run("UPDATE page SET leaves = leaves + 1 WHERE liveblog_id = ?", blog.blog_id)
        (leaf,) = self.run("SELECT leaves FROM page WHERE liveblog_id = ?", blog.blog_id).fetchone()
        for post_id, _ in rows[: self.page_posts]:
            self.run("UPDATE page_post SET leaf = ? WHERE post_id = ?", leaf, post_id)
        newest, at = rows[self.page_posts - 1]
        self.head(
            blog, alone=False, older=f'<nav data-from="{newest}" data-at="{moment(at).isoformat()}"></nav>'
        )

    def amend(self, blog: Blog, post_id: str, text: str) -> int:
        with self.transaction():
            seq = self._next(blog)
            (at,) = self.run("SELECT first_published_at FROM page_post WHERE post_id = ?", post_id).fetchone()
            self.run(
                "UPDATE page_post SET html = ?, title = ?, json_ld = ?, atom = ?, rss = ?, changed_seq = ?,"
                " last_changed_at = ? WHERE post_id = ?",
                post_html(post_id, text, moment(at)),
                *(
                    text[:80],
                    f'{{"headline":"{text}"}}',
                    f"<entry>{text}</entry>",
                    f"<item>{text}</item>",
                    seq,
                ),
                *(stored(START + timedelta(days=1, seconds=seq)), post_id),
            )
            self.run(
                "UPDATE page_post SET history_html = history_html || ?, annotations = ? WHERE post_id = ?",
                *(f"<p>{text}</p>", f'{{"type":"Annotation","body":"{text}"}}', post_id),
            )
        return seq

    def correct(self, blog: Blog, post_id: str, text: str) -> None:
        """Amend the post, with a line in the correction log."""
        seq = self.amend(blog, post_id, text)
        self._log(blog, post_id, seq, f"<li>{text}</li>")

    def _log(self, blog: Blog, post_id: str, seq: int, html: str) -> None:
        at = stored(START + timedelta(days=1, seconds=seq))
        self.run(
            "INSERT INTO page_correction VALUES (NULL, ?, ?, ?, ?, ?)", blog.blog_id, post_id, seq, at, html
        )

    def claim(self, blog: Blog, post_id: str, text: str, state: str) -> None:
        """Amend the post, with one claim in it."""
        seq = self.amend(blog, post_id, text)
        at = stored(START + timedelta(days=1, seconds=seq))
        html = f"<li>{text}</li>"
        with self.transaction():
            self.run("DELETE FROM page_claim WHERE post_id = ?", post_id)
            self.run(
                "INSERT INTO page_claim VALUES (NULL, ?, ?, 1, 'name', ?, '', ?, ?, ?, ?)",
                *(blog.blog_id, post_id, state, text, at, at, html),
            )

    def show(self, blog: Blog, post_id: str, media_id: str) -> None:
        """The post has a picture."""
        with self.transaction():
            self.run("INSERT INTO page_media VALUES (NULL, ?, ?, ?, 0)", blog.blog_id, post_id, media_id)

    def withdraw(self, blog: Blog, post_id: str) -> int:
        with self.transaction():
            seq = self._next(blog)
            (at,) = self.run("SELECT first_published_at FROM page_post WHERE post_id = ?", post_id).fetchone()
            html = post_html(post_id, "Withdrawn.", moment(at))
            self.run(
                "UPDATE page_post SET withdrawn = 1, html = ?, title = '', json_ld = '', atom = ?, rss = '',"
                " json_feed = '', ninjs = ?, history_html = '', annotations = '', head_html = '', oembed = '',"
                " changed_seq = ?, last_changed_at = ? WHERE post_id = ?",
                *(html, f"<at:deleted-entry>{post_id}</at:deleted-entry>", _canceled(post_id), seq),
                *(stored(START + timedelta(days=1, seconds=seq)), post_id),
            )
            self.run("DELETE FROM page_correction WHERE post_id = ?", post_id)
            self.run("DELETE FROM page_claim WHERE post_id = ?", post_id)
            self._log(blog, post_id, seq, "<li>Withdrawn.</li>")
            self.run("UPDATE page_media SET withdrawn = 1 WHERE post_id = ?", post_id)
        return seq

    def is_withdrawn(self, post_id: str) -> bool:
        (withdrawn,) = self.run("SELECT withdrawn FROM page_post WHERE post_id = ?", post_id).fetchone()
        return bool(withdrawn)

    def newest(self, blog: Blog) -> Seq:
        """The newest number a reader can see."""
        (seq,) = self.run("SELECT changed_seq FROM page WHERE liveblog_id = ?", blog.blog_id).fetchone()
        return Seq(seq)


def post_html(post_id: str, text: str, at: datetime) -> str:
    """Something with a post's id and words."""
    return (
        f'<article class="post" id="post-{post_id}"><time datetime="{at.isoformat()}"></time>{text}</article>'
    )


def post_id(number: int) -> PostId:
    """The id of the how-manieth post of a read model."""
    return PostId(f"{number:020d}")

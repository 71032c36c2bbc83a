"""The edge's questions about the title as a whole: authors, topics, policies, search. As `store.py`, SELECTs only.

Called by `title_pages.py`. What a draft, a withdrawn post or a live blog in draft holds is in none of the answers:
such posts have no rows in the tables asked here, and each question asks for what is shown once more.
"""

from collections.abc import Sequence
from typing import Final

from stoppress.edge.asked import Asked
from stoppress.edge.store import Question, Row
from stoppress.edge.title_rows import FoundRows, ListedRow, PolicyRows, ReadyRows, TitleRow, TopicRows
from stoppress.lib import limits

_TITLE = "SELECT id, name, language, timezone, masthead_html, foot_html FROM publisher ORDER BY id LIMIT 1"
_AUTHOR = "SELECT id, head_html, html FROM author WHERE publisher_id = ? AND slug = ? AND shown"
_POLICY = "SELECT head_html, html FROM policy WHERE publisher_id = ? AND kind = ?"
_POLICIES = "SELECT kind FROM policy WHERE publisher_id = ?"
_TEXTS = {
    "security.txt": "SELECT security_txt FROM publisher ORDER BY id LIMIT 1",
    "trust.txt": "SELECT trust_txt FROM publisher ORDER BY id LIMIT 1",
}
_LISTED = """
SELECT page_post.post_id, page_post.title, page_text.text, page_text.moment_html, page_post.key_event,
    page.slug, liveblog.headline, page.language
"""
_FROM = """
FROM page_text JOIN page_post ON page_post.post_id = page_text.post_id
JOIN page ON page.liveblog_id = page_text.page_id JOIN liveblog ON liveblog.id = page.liveblog_id
"""
_SHOWN = " WHERE page.status <> 'draft' AND NOT page_post.withdrawn AND liveblog.publisher_id = ?"
_BY = f"""{_LISTED}{_FROM}{_SHOWN} AND page_text.post_id IN (
    SELECT page_byline.post_id FROM page_byline WHERE page_byline.name IN (
        SELECT author_name.name FROM author_name WHERE author_name.author_id = ?))
ORDER BY page_post.first_published_at DESC, page_post.post_id DESC LIMIT ?"""  # noqa: S608 (our own words)
_TOPIC = """
SELECT page_topic.name, page.card_html FROM page_topic JOIN page ON page.liveblog_id = page_topic.page_id
JOIN liveblog ON liveblog.id = page.liveblog_id
WHERE page_topic.slug = ? AND page.status <> 'draft' AND liveblog.publisher_id = ?
ORDER BY CASE page.status WHEN 'live' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END,
    liveblog.opened_at DESC, liveblog.id DESC LIMIT ?"""
_LIVEBLOGS = """
SELECT page.slug, liveblog.headline FROM page JOIN liveblog ON liveblog.id = page.liveblog_id
WHERE page.status <> 'draft' AND liveblog.publisher_id = ?
ORDER BY page.changed_at DESC, page.liveblog_id DESC LIMIT ?"""
_NAMES = "SELECT name FROM author WHERE publisher_id = ? AND shown ORDER BY name LIMIT ?"
# The newest matches are ranked: a word that stands in every post must not have all of them weighed.
_SQLITE_FOUND: Final = """
JOIN (SELECT rowid AS number, bm25(page_search, 4.0, 1.0) AS score FROM page_search WHERE page_search MATCH ?
    ORDER BY rowid DESC LIMIT ?) AS found ON found.number = page_text.id"""
_POSTGRESQL_FOUND: Final = """
JOIN (SELECT page_text.id AS number, -ts_rank_cd(page_text.words, looked_for.query) AS score
    FROM page_text, (SELECT to_tsquery('simple', ?) AS query) AS looked_for
    WHERE page_text.words @@ looked_for.query ORDER BY page_text.id DESC LIMIT ?) AS found
ON found.number = page_text.id"""


def title() -> Question[TitleRow | None]:
    """The title, or None before the newsroom is set up."""
    rows = yield _TITLE, ()
    if not rows:
        return None
    number, name, language, timezone, top, foot = rows[0]
    return TitleRow(_int(number), str(name), str(language), str(timezone), str(top), str(foot))


def author(slug: str) -> Question[ReadyRows | None]:
    """An author's page and their latest posts."""
    found = yield from title()
    if found is None:
        return None
    rows = yield _AUTHOR, (found.publisher_id, slug)
    if not rows:
        return None
    number, head, html = rows[0]
    posts = yield _BY, (found.publisher_id, number, limits.AUTHOR_POSTS)
    return ReadyRows(found, str(head), str(html), _listed(posts))


def policy(kind: str) -> Question[ReadyRows | None]:
    """A policy."""
    found = yield from title()
    rows = (yield _POLICY, (found.publisher_id, kind)) if found else []
    return ReadyRows(found, str(rows[0][0]), str(rows[0][1])) if found and rows else None


def policies() -> Question[PolicyRows | None]:
    """Which policies are written; None while none is."""
    found = yield from title()
    if found is None:
        return None
    rows = yield _POLICIES, (found.publisher_id,)
    return PolicyRows(found, frozenset(str(row[0]) for row in rows)) if rows else None


def machine_text(name: str) -> Question[str]:
    """security.txt or trust.txt; "" when there is none."""
    rows = yield _TEXTS[name], ()
    return str(rows[0][0]) if rows else ""


def topic(slug: str) -> Question[TopicRows | None]:
    """A topic and its live blogs, those under way first; None when no live blog has it."""
    found = yield from title()
    if found is None:
        return None
    rows = yield _TOPIC, (slug, found.publisher_id, limits.TOPIC_LIVEBLOGS)
    return TopicRows(found, str(rows[0][0]), tuple(str(row[1]) for row in rows)) if rows else None


def found(asked: Asked, vendor: str) -> Question[FoundRows | None]:
    """What `asked` finds, the best first; without words the newest first. `vendor`: sqlite or postgresql."""
    here = yield from title()
    if here is None:
        return None
    if vendor == "postgresql":
        yield "SELECT set_config('statement_timeout', ?, true)", (str(limits.SEARCH_SECONDS * 1000),)
    posts: list[Row] = []
    if not asked.is_empty:
        posts = yield _search(asked, vendor, here)
    liveblogs = yield _LIVEBLOGS, (here.publisher_id, limits.FOUND_LIVEBLOGS)
    names = yield _NAMES, (here.publisher_id, limits.FOUND_LIVEBLOGS)
    return FoundRows(
        title=here,
        posts=_listed(posts[: limits.FOUND_ROWS]),
        more=len(posts) > limits.FOUND_ROWS,
        liveblogs=tuple((str(slug), str(headline)) for slug, headline in liveblogs),
        authors=tuple(str(row[0]) for row in names),
    )


def _search(asked: Asked, vendor: str, here: TitleRow) -> tuple[str, tuple[object, ...]]:
    values: list[object] = []
    statement = _LISTED + _FROM
    order = "page_post.first_published_at DESC, page_post.post_id DESC"
    if asked.words:
        statement += _SQLITE_FOUND if vendor == "sqlite" else _POSTGRESQL_FOUND
        values += [_match(asked.words, vendor), limits.FOUND_RANKED]
        order = f"found.score, {order}"
    statement += _SHOWN
    values.append(here.publisher_id)
    for condition, value in _conditions(asked, here.timezone):
        statement += f" AND {condition}"
        values += [] if value is None else [value]
    values += [limits.FOUND_ROWS + 1, (asked.page - 1) * limits.FOUND_ROWS]
    return f"{statement} ORDER BY {order} LIMIT ? OFFSET ?", tuple(values)


def _conditions(asked: Asked, timezone: str) -> list[tuple[str, str | None]]:
    """What narrows the search, each with its value."""
    by = "page_text.post_id IN (SELECT page_byline.post_id FROM page_byline WHERE page_byline.name_key = ?)"
    wanted: list[tuple[str, str | None, object]] = [
        ("page.slug = ?", asked.liveblog, asked.liveblog),
        (by, asked.author_key, asked.author_key),
        ("page_post.first_published_at > ?", asked.after(timezone), asked.since),
        ("page_post.first_published_at <= ?", asked.before(timezone), asked.until),
        ("page_post.key_event", None, asked.key_events),
    ]
    return [(condition, value) for condition, value, said in wanted if said]


def _match(words: Sequence[str], vendor: str) -> str:
    """Every word, the last one as the beginning of one. They are letters and digits alone: nothing to escape."""
    if vendor == "sqlite":
        return " ".join(f'"{word}"' for word in words) + "*"
    return " & ".join(f"'{word}'" for word in words) + ":*"


def _listed(rows: Sequence[Row]) -> tuple[ListedRow, ...]:
    return tuple(
        ListedRow(
            post_id=str(post_id),
            title=str(title),
            text=str(text),
            moment=str(moment),
            key_event=bool(key_event),
            slug=str(slug),
            headline=str(headline),
            language=str(language),
        )
        for post_id, title, text, moment, key_event, slug, headline, language in rows
    )


def _int(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError(
        f"The store expected a number and got {type(value).__name__}; the tables are not those it knows."
    )

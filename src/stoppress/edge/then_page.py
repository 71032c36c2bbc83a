"""The document of a live blog at a past time: the bar with the way through time, the head as it was, the posts.

Called by `then.py`. Pure joins, as `frame.py`. Of what came later it says only when, never a word.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import escape, unescape

from stoppress.edge import frame, moments
from stoppress.edge.then_store import Course, Shown, ThenRows
from stoppress.lib import assets, limits
from stoppress.lib.languages import Words, words_in

Say = Callable[[str], str]
# Of the replay: so many minutes of the event in one of the reader's.
SPEEDS = (60, 240, 1)


def then_bytes(rows: ThenRows, at: datetime, public_url: str) -> bytes:
    """The whole page. No search engine lists it: the live blog itself is its canonical address."""
    blog = rows.course.blog
    leaf = rows.leaf
    posts = leaf.posts if leaf else ()
    page = frame.LivePage(
        slug=blog.slug,
        seq=0,
        leaf=0,
        status="closed",  # nothing will come to this page
        build=blog.build,
        language=blog.language,
        canonical=f"{public_url}/live/{blog.slug}",
        head=_head(rows, at),
        masthead=blog.masthead_html + _bar(rows, at),
        slots=_slots(rows, at),
        posts=[rows.html[post.post_id] for post in posts],
        foot=blog.foot_html,
        frozen_at=moments.written(at),
    )
    return frame.live_page(
        page, frame.Assets(*(assets.asset(name, rows.course.blog.language) for name in _FILES))
    )


_FILES = ("reader.css", "reader.js", "reader-later.js")


def _head(rows: ThenRows, at: datetime) -> str:
    headline = _headline(rows, at)
    when = _plain(moments.full_time(at, rows.course.timezone, rows.course.blog.language))
    say = words_in(rows.course.blog.language)
    title = say("{headline}, as it was on {time}", headline=headline, time=when)
    return (
        f'<title>{escape(title)}</title><meta name="robots" content="noindex">'
        f'<link rel="stylesheet" href="{assets.asset("reader-then.css")}">'
        f'<script src="{assets.asset("reader-then.js", rows.course.blog.language)}" defer></script>'
    )


def _plain(time: str) -> str:
    return unescape(time.partition(">")[2].removesuffix("</time>"))


# --- the way through time -------------------------------------------------------------------------------


def _bar(rows: ThenRows, at: datetime) -> str:
    """Which time this is, and every other; the script puts the slider into it."""
    whole, blog = rows.course, rows.course.blog
    words = words_in(blog.language)
    say = _escaped(words)
    when = moments.full_time(at, whole.timezone, blog.language)
    standing = sum(not post.withdrawn for post in rows.known)
    known = words.many("{count} post was out.", "{count} posts were out.", count=standing)
    changed = any(turn.kind == "liveblog.changed" and turn.at > at for turn in whole.turns)
    notes = [
        f"<span>{escape(known)}</span>",
        *([say("The headline and the lines below it are those of today.")] if changed else []),
        f'<a href="/live/{blog.slug}">{say("Read it as it stands now")}</a>',
    ]
    return (
        f'<section class="then" id="then" aria-label="{say("The page at another time")}"'
        f' data-moments="/live/{blog.slug}/moments.json" data-at="{moments.written(at)}"'
        f' data-pages="/live/{blog.slug}/at/" data-lost="{say("That time could not be loaded. Please try again.")}">'
        f'<p class="then-at">{say("As it was on {time}").replace("{time}", when)}</p>'
        f'<p class="then-note">{" ".join(notes)}</p>'
        f"{_controls(say)}{_times(rows, at, say)}</section>"
    )


def _controls(say: Say) -> str:
    """Shown by the script, which alone can work them."""
    options = "".join(
        f'<option value="{speed}">{f"{speed}×" if speed > 1 else say("Real time")}</option>'
        for speed in SPEEDS
    )
    return (
        '<div class="then-controls" hidden>'
        f'<button type="button" data-then="earlier">{say("Earlier")}</button>'
        f'<div class="then-line"><div class="then-marks" aria-hidden="true"></div>'
        f'<input type="range" min="0" max="0" value="0" aria-label="{say("Time of the page")}"></div>'
        f'<button type="button" data-then="later">{say("Later")}</button>'
        f'<button type="button" data-then="play" data-stop="{say("Pause")}">{say("Replay")}</button>'
        f'<label><span class="for-listeners">{say("Speed of the replay")}</span><select>{options}</select></label>'
        f'<p class="then-told for-listeners" role="status"></p></div>'
    )


def _times(rows: ThenRows, at: datetime, say: Say) -> str:
    """Every full hour and every key event as a link; any other time by its clock."""
    whole, blog = rows.course, rows.course.blog
    path = f"/live/{blog.slug}/at"
    lines = "".join(_line(line, at, path) for line in _links(rows, at, say))
    field = moments.wall_clock(at, whole.timezone)
    zone = escape(whole.timezone)
    return (
        f'<details class="then-times"><summary>{say("Hours and key events")}</summary>'
        f'<form method="get" action="{path}"><label>{say("Any time")} ({zone})'
        f' <input type="datetime-local" name="t" value="{field}" required></label>'
        f" <button>{say('Show')}</button></form><ol>{lines}</ol></details>"
    )


Line = tuple[datetime, str, bool]


def _links(rows: ThenRows, at: datetime, say: Say) -> list[Line]:
    """Moment, words, whether a key event. What came after `at` is not told, only that it came."""
    whole = rows.course
    first, last = _ends(whole, at)
    language = whole.blog.language
    long = last - first > timedelta(hours=20)
    brief = moments.brief_time if long else moments.clock_time
    found: list[Line] = [
        (hour, brief(hour, whole.timezone, language), False)
        for hour in moments.steps_between(first, last, whole.timezone)
    ]
    for post in whole.posts:
        if post.key_event and not post.withdrawn:
            known = post.shown_at <= at
            title = escape(post.title_at(at)) if known else say("Key event")
            when = moments.minute_after(post.shown_at)
            found.append((when, f"{brief(when, whole.timezone, language)} <span>{title}</span>", True))
    found.sort(key=lambda line: line[0])
    return [line for line in found if first <= line[0] <= last][-limits.THEN_STEPS * 2 :]


def _ends(whole: Course, at: datetime) -> tuple[datetime, datetime]:
    first = moments.minute_after(whole.began or at)
    last = moments.minute_after(whole.blog.changed_at)
    return first, max(last, at)


def _line(line: Line, at: datetime, path: str) -> str:
    moment, words, is_key = line
    kind = ' class="key-event"' if is_key else ""
    here = ' aria-current="true"' if moment == at else ""
    when = moments.written(moment)
    return f'<li{kind}><a href="{path}/{when}" data-moment="{when}" rel="nofollow"{here}>{words}</a></li>'


def _escaped(words: Words) -> Say:
    return lambda sentence: escape(words(sentence))


# --- the head as it was ---------------------------------------------------------------------------------


def _slots(rows: ThenRows, at: datetime) -> dict[str, str]:
    say = _escaped(words_in(rows.course.blog.language))
    return {
        "status": _status(rows.course, at, say),
        "headline": f"<h1>{escape(_headline(rows, at), quote=False)}</h1>",
        "standfirst": rows.slots["standfirst"],
        "byline": _byline(rows, at),
        "summary": _summary(rows, at, say),
        "pinned": _pinned(rows, at, say),
        "key_events": _key_events(rows, at, say),
        "older": _pager(rows, at, say),
    }


def _headline(rows: ThenRows, at: datetime) -> str:
    """Today's, in plain words; before the end without the words that say that it has ended."""
    today = unescape(rows.slots["headline"].removeprefix("<h1>").removesuffix("</h1>"))
    if _turned(rows.course, at) == "liveblog.closed":
        return today
    said = words_in(rows.course.blog.language)("{headline} – as it happened")
    before, _, after = said.partition("{headline}")
    return today.removeprefix(before).removesuffix(after)


def _status(whole: Course, at: datetime, say: Say) -> str:
    word = {
        "liveblog.paused": say("Paused at that time"),
        "liveblog.closed": say("Ended by that time"),
    }.get(_turned(whole, at), say("Live at that time"))
    return f'<p class="status then-status"><span class="mark">{word}</span></p>'


def _turned(whole: Course, at: datetime) -> str:
    """What last happened to the live blog's status by then."""
    kinds = [turn.kind for turn in whole.turns if turn.at <= at and turn.kind in _STATUS]
    return kinds[-1] if kinds else ""


_STATUS = frozenset({"liveblog.opened", "liveblog.paused", "liveblog.closed", "liveblog.reopened"})


def _byline(rows: ThenRows, at: datetime) -> str:
    """Who had a shift by then, on it or earlier."""
    words = words_in(rows.course.blog.language)
    turns: dict[str, bool] = {}
    for shift in rows.shifts:
        if shift.started_at <= at:
            on = shift.ended_at is None or shift.ended_at > at
            turns[shift.name] = on or turns.get(shift.name, False)
    if not turns:
        return ""
    names = [
        f"<bdi>{escape(name)}</bdi> {escape(words('(now)') if on else words('(earlier)'))}"
        for name, on in turns.items()
    ]
    return f'<p class="byline">{escape(words("By {names}")).replace("{names}", words.names(names))}</p>'


def _summary(rows: ThenRows, at: datetime, say: Say) -> str:
    newest = next((post for post in rows.known if post.summary and not post.withdrawn), None)
    return _box(rows, newest, at, say("Summary")) if newest else ""


def _pinned(rows: ThenRows, at: datetime, say: Say) -> str:
    pins = [turn for turn in rows.course.turns if turn.at <= at and turn.kind.startswith("post.")]
    if not pins or pins[-1].kind != "post.pinned":
        return ""
    post = next(
        (post for post in rows.known if post.post_id == pins[-1].post_id and not post.withdrawn), None
    )
    return _box(rows, post, at, say("Pinned")) if post else ""


def _box(rows: ThenRows, post: Shown, at: datetime, label: str) -> str:
    """One line that leads to the post in its place."""
    return f'<p class="then-box"><span class="label">{label}</span> {_link(rows, post, at)}</p>'


def _key_events(rows: ThenRows, at: datetime, say: Say) -> str:
    events = [post for post in rows.known if post.key_event and not post.withdrawn][: limits.KEY_EVENTS_SHOWN]
    if not events:
        return ""
    lines = "".join(f"<li>{_link(rows, post, at)}</li>" for post in events)
    return (
        '<details class="key-events" open><summary>'
        f"<h2>{say('Key events')}</h2></summary><ol reversed>{lines}</ol></details>"
    )


def _link(rows: ThenRows, post: Shown, at: datetime) -> str:
    """To the post's place on this page, or on the one of the same time that has it."""
    whole = rows.course
    place = next(place for place, other in enumerate(rows.known) if other is post)
    number = moments.leaf_number(place, len(rows.known))
    here = rows.leaf is not None and number == rows.leaf.number
    page = "" if here else _page(whole.blog.slug, at, number)
    when = moments.brief_time if _spans_days(rows) else moments.clock_time
    time = when(post.place_at, whole.timezone, whole.blog.language)
    return (
        f'<a href="{page}#post-{post.post_id}" data-post="{post.post_id}">'
        f"{time} <span>{escape(post.title_at(at))}</span></a>"
    )


def _spans_days(rows: ThenRows) -> bool:
    first, last = rows.known[-1].place_at, rows.known[0].place_at
    return last - first > timedelta(hours=20)


def _page(slug: str, at: datetime, number: int) -> str:
    return f"/live/{slug}/at/{moments.written(at)}" + (f"?page={number}" if number else "")


def _pager(rows: ThenRows, at: datetime, say: Say) -> str:
    links = "".join(_ways(rows, at, say))
    return f'<nav class="pager" aria-label="{say("Pages")}">{links}</nav>' if links else ""


def _ways(rows: ThenRows, at: datetime, say: Say) -> Iterator[str]:
    leaf, slug = rows.leaf, rows.course.blog.slug
    if leaf is None:
        return
    if leaf.number:
        newer = leaf.number + 1 if leaf.number < leaf.sealed else 0
        yield f'<a href="{_page(slug, at, newer)}" rel="prev">{say("Newer posts")}</a>'
    older = leaf.number - 1 if leaf.number else leaf.sealed
    if older:
        yield f'<a href="{_page(slug, at, older)}" rel="next">{say("Older posts")}</a>'

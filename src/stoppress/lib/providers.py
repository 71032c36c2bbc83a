"""The sites whose posts and players may be shown inside ours: the one list, and how their addresses are read.

Called by `document` (what an embed node may hold), `render` (what a press loads), `edge` and the desk (which
frames the policy allows), `unfurl` (who is asked for title and text). Imports nothing of the project.

An address is one of a provider's when its host is exactly one of the provider's hosts (no other subdomain, no
port, no user name, plain ASCII letters) and its path has one of the forms below. What is framed is never an
address from outside: it is written here, out of the id that was found.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, quote

_ADDRESS: Final = re.compile(r"https?://([A-Za-z0-9.-]+)(/[!-~]*)?", re.ASCII | re.IGNORECASE)
_NUMBER: Final = r"(\d{1,25})"


@dataclass(frozen=True, slots=True)
class _Asked:
    """An address taken apart. `host` in small letters, `path` without a closing slash, `query` first values."""

    host: str
    path: str
    query: Mapping[str, str]

    def found(self, *forms: str) -> tuple[str, ...]:
        """The groups of the first form that is the whole path, or ()."""
        for form in forms:
            if match := re.fullmatch(form, self.path, re.ASCII):
                return tuple(group or "" for group in match.groups())
        return ()


@dataclass(frozen=True, slots=True)
class _Framed:
    """The page that people visit and what is framed of it. `height` in pixels; 0: the provider's own."""

    url: str
    frame: str
    height: int = 0


_Read = Callable[[_Asked], _Framed | None]


@dataclass(frozen=True, slots=True)
class Provider:
    """One site. `kind`: what a press shows (video, post, sound, chart).

    `height`: of the box kept free for it in pixels; 0 for a film, which is 16:9. `oembed`: asked for title and
    text; the address follows it, `{host}` is the address's own.
    """

    name: str
    title: str
    kind: str
    hosts: tuple[str, ...]
    frame_hosts: tuple[str, ...]
    read: _Read = field(repr=False)
    height: int = 0
    oembed: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An address that is a provider's. `url`: its plain form; `frame`: what a press loads; `height`: of the box."""

    provider: Provider
    url: str
    frame: str
    height: int


def seen(address: str) -> Seen | None:
    """Whose post or player `address` is, or None. Takes pages and the providers' own frame addresses alike."""
    whole = _ADDRESS.fullmatch(address)
    if whole is None:
        return None
    host = whole[1].lower()
    provider = _BY_HOST.get(host)
    if provider is None:
        return None
    path, _, query = (whole[2] or "/").partition("#")[0].partition("?")
    pairs = parse_qsl(query, max_num_fields=_QUERY_FIELDS) if query.count("&") < _QUERY_FIELDS else []
    framed = provider.read(_Asked(host, path.rstrip("/"), dict(reversed(pairs))))
    if framed is None:
        return None
    return Seen(provider, framed.url, framed.frame, framed.height or provider.height)


_QUERY_FIELDS: Final = 30  # of an address of any of these sites; theirs have under ten


def frame_hosts() -> tuple[str, ...]:
    """Every host that may be framed: what a policy's frame-src names."""
    return tuple(dict.fromkeys(host for provider in PROVIDERS.values() for host in provider.frame_hosts))


# --- one function for each site -----------------------------------------------------------------------

_FILM: Final = r"([A-Za-z0-9_-]{11})"


def _youtube(asked: _Asked) -> _Framed | None:
    film = asked.query.get("v", "") if asked.path == "/watch" else ""
    if asked.host == "youtu.be":
        film = next(iter(asked.found(f"/{_FILM}")), "")
    elif not film:
        film = next(iter(asked.found(f"/(?:embed|shorts|live|v)/{_FILM}")), "")
    if not re.fullmatch(_FILM, film, re.ASCII) or film == "videoseries":
        return None
    start = _seconds(asked.query.get("start") or asked.query.get("t") or "")
    return _Framed(
        f"https://www.youtube.com/watch?v={film}" + (f"&t={start}s" if start else ""),
        f"https://www.youtube-nocookie.com/embed/{film}" + (f"?start={start}" if start else ""),
    )


def _seconds(text: str) -> int:
    """The seconds of "90", "90s" or "1h2m3s"; 0 for anything else."""
    found = re.fullmatch(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?", text, re.ASCII)
    if found is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(asked: _Asked) -> _Framed | None:
    found = asked.found(
        r"/video/(\d{1,12})()", r"/(\d{1,12})(?:/([0-9a-f]{6,20}))?", r"/channels/\w+/(\d{1,12})()"
    )
    if not found:
        return None
    film, key = found[0], found[1] or asked.query.get("h", "")
    key = key if re.fullmatch(r"[0-9a-f]{6,20}", key, re.ASCII) else ""
    page = f"https://vimeo.com/{film}" + (f"/{key}" if key else "")
    return _Framed(page, f"https://player.vimeo.com/video/{film}?dnt=1" + (f"&h={key}" if key else ""))


def _x(asked: _Asked) -> _Framed | None:
    if asked.host == "platform.twitter.com":
        who, number = "i", asked.query.get("id", "") if asked.path == "/embed/Tweet.html" else ""
    else:
        who, number = asked.found(rf"/(\w{{1,15}})/status(?:es)?/{_NUMBER}(?:/(?:photo|video)/\d)?") or (
            "",
            "",
        )
    if not re.fullmatch(_NUMBER, number, re.ASCII):
        return None
    frame = f"https://platform.twitter.com/embed/Tweet.html?dnt=true&id={number}"
    return _Framed(f"https://x.com/{who}/status/{number}", frame)


_BLUESKY_WHO: Final = r"((?:did:[a-z]+:)?[A-Za-z0-9.-]{3,253})"


def _bluesky(asked: _Asked) -> _Framed | None:
    form = f"/profile/{_BLUESKY_WHO}/post/([a-z0-9]{{6,20}})"
    if asked.host == "embed.bsky.app":
        form = rf"/embed/{_BLUESKY_WHO}/app\.bsky\.feed\.post/([a-z0-9]{{6,20}})"
    found = asked.found(form)
    if not found:
        return None
    who, key = found
    page = f"https://bsky.app/profile/{who}/post/{key}"
    return _Framed(page, f"https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{key}")


def _mastodon(asked: _Asked) -> _Framed | None:
    found = asked.found(rf"/@(\w{{1,64}})/{_NUMBER}(?:/embed)?")
    if not found:
        return None
    page = f"https://{asked.host}/@{found[0]}/{found[1]}"
    return _Framed(page, f"{page}/embed")


def _instagram(asked: _Asked) -> _Framed | None:
    found = asked.found(r"(?:/[\w.]{1,30})?/(p|reel|tv)/([A-Za-z0-9_-]{5,30})(?:/embed(?:/captioned)?)?")
    if not found:
        return None
    page = f"https://www.instagram.com/{found[0]}/{found[1]}/"
    return _Framed(page, f"{page}embed/captioned/")


def _tiktok(asked: _Asked) -> _Framed | None:
    found = asked.found(rf"/@([\w.-]{{1,64}})/video/{_NUMBER}", rf"/(embed)(?:/v2)?/{_NUMBER}")
    if not found:
        return None
    who, number = found
    frame = f"https://www.tiktok.com/embed/v2/{number}"
    is_page = asked.path.startswith("/@")
    return _Framed(f"https://www.tiktok.com/@{who}/video/{number}" if is_page else frame, frame)


def _facebook(asked: _Asked) -> _Framed | None:
    if asked.found(r"/plugins/(post|video)\.php"):
        inside = _ADDRESS.fullmatch(asked.query.get("href", ""))
        if inside is None or inside[1].lower() not in _FACEBOOK:
            return None
        path, _, query = (inside[2] or "").partition("#")[0].partition("?")
        if path.startswith("/plugins/"):
            return None
        return _facebook(_Asked(inside[1].lower(), path.rstrip("/"), dict(parse_qsl(query[:500]))))
    page, plugin = _facebook_page(asked)
    if not page:
        return None
    address = f"https://www.facebook.com{page}"
    plug = f"https://www.facebook.com/plugins/{plugin}.php?show_text=true&href={quote(address, safe='')}"
    return _Framed(address, plug)


def _facebook_page(asked: _Asked) -> tuple[str, str]:
    """The plain path of a post or film, and the plug-in that shows it; ("", "") for anything else."""
    story, owner, film = (asked.query.get(name, "") for name in ("story_fbid", "id", "v"))
    if asked.found(r"/([\w.-]{1,80})/posts/(?:[\w-]{1,200}/)?([\w-]{5,100})"):
        return asked.path, "post"
    if asked.found(rf"/([\w.-]{{1,80}})/videos/(?:[\w-]{{1,200}}/)?{_NUMBER}") or asked.found(
        rf"/reel/{_NUMBER}"
    ):
        return asked.path, "video"
    if asked.path == "/watch" and re.fullmatch(_NUMBER, film, re.ASCII):
        return f"/watch/?v={film}", "video"
    is_story = re.fullmatch(r"\w{5,100}", story, re.ASCII) and re.fullmatch(_NUMBER, owner, re.ASCII)
    if asked.path == "/permalink.php" and is_story:
        return f"/permalink.php?story_fbid={story}&id={owner}", "post"
    return "", ""


def _spotify(asked: _Asked) -> _Framed | None:
    form = r"(?:/intl-[a-z]{2})?(?:/embed)?/(track|album|playlist|artist|episode|show)/([A-Za-z0-9]{22})"
    found = asked.found(form)
    if not found:
        return None
    kind, key = found
    frame = f"https://open.spotify.com/embed/{kind}/{key}"
    tall = 0 if kind in ("track", "episode") else 352
    return _Framed(f"https://open.spotify.com/{kind}/{key}", frame, tall)


def _datawrapper(asked: _Asked) -> _Framed | None:
    form = (
        r"/_/([A-Za-z0-9]{5})()"
        if asked.host == "www.datawrapper.de"
        else r"/([A-Za-z0-9]{5})(?:/(\d{1,4}))?"
    )
    found = asked.found(form)
    if not found:
        return None
    page = f"https://datawrapper.dwcdn.net/{found[0]}/" + (f"{found[1]}/" if found[1] else "")
    return _Framed(page, page)


def _flourish(asked: _Asked) -> _Framed | None:
    found = asked.found(r"/(visualisation|story)/(\d{1,12})(?:/embed)?")
    if not found:
        return None
    kind, number = found
    return _Framed(
        f"https://public.flourish.studio/{kind}/{number}/", f"https://flo.uri.sh/{kind}/{number}/embed"
    )


# --- the list -----------------------------------------------------------------------------------------

_FACEBOOK: Final = ("www.facebook.com", "facebook.com", "m.facebook.com")
# Mastodon is thousands of servers, and a policy must name each: these are the largest, and journalism's own.
_MASTODON: Final = (
    "mastodon.social",
    "mastodon.online",
    "mastodon.world",
    "mstdn.social",
    "mas.to",
    "fosstodon.org",
    "hachyderm.io",
    "infosec.exchange",
    "journa.host",
    "newsie.social",
    "social.network.europa.eu",
    "social.bund.de",
)
_ALL: Final = (
    Provider(
        "youtube",
        "YouTube",
        "video",
        hosts=(
            *("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"),
            *("www.youtube-nocookie.com", "youtube-nocookie.com"),
        ),
        frame_hosts=("www.youtube-nocookie.com",),
        read=_youtube,
        oembed="https://www.youtube.com/oembed?format=json&url=",
    ),
    Provider(
        "vimeo",
        "Vimeo",
        "video",
        hosts=("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
        frame_hosts=("player.vimeo.com",),
        read=_vimeo,
        oembed="https://vimeo.com/api/oembed.json?dnt=1&url=",
    ),
    Provider(
        "x",
        "X",
        "post",
        hosts=(
            *("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
            "platform.twitter.com",
        ),
        frame_hosts=("platform.twitter.com",),
        read=_x,
        height=480,
        oembed="https://publish.twitter.com/oembed?dnt=true&omit_script=true&url=",
    ),
    Provider(
        "bluesky",
        "Bluesky",
        "post",
        hosts=("bsky.app", "embed.bsky.app"),
        frame_hosts=("embed.bsky.app",),
        read=_bluesky,
        height=400,
        oembed="https://embed.bsky.app/oembed?format=json&url=",
    ),
    Provider(
        "mastodon",
        "Mastodon",
        "post",
        hosts=_MASTODON,
        frame_hosts=_MASTODON,
        read=_mastodon,
        height=400,
        oembed="https://{host}/api/oembed?url=",
    ),
    Provider(
        "instagram",
        "Instagram",
        "post",
        hosts=("www.instagram.com", "instagram.com"),
        frame_hosts=("www.instagram.com",),
        read=_instagram,
        height=640,
    ),
    Provider(
        "tiktok",
        "TikTok",
        "video",
        hosts=("www.tiktok.com", "tiktok.com", "m.tiktok.com"),
        frame_hosts=("www.tiktok.com",),
        read=_tiktok,
        height=720,
        oembed="https://www.tiktok.com/oembed?url=",
    ),
    Provider(
        "facebook",
        "Facebook",
        "post",
        _FACEBOOK,
        frame_hosts=("www.facebook.com",),
        read=_facebook,
        height=560,
    ),
    Provider(
        "spotify",
        "Spotify",
        "sound",
        hosts=("open.spotify.com",),
        frame_hosts=("open.spotify.com",),
        read=_spotify,
        height=152,
        oembed="https://open.spotify.com/oembed?url=",
    ),
    Provider(
        "datawrapper",
        "Datawrapper",
        "chart",
        hosts=("datawrapper.dwcdn.net", "www.datawrapper.de"),
        frame_hosts=("datawrapper.dwcdn.net",),
        read=_datawrapper,
        height=480,
    ),
    Provider(
        "flourish",
        "Flourish",
        "chart",
        hosts=("public.flourish.studio", "flo.uri.sh"),
        frame_hosts=("flo.uri.sh",),
        read=_flourish,
        height=560,
    ),
)
PROVIDERS: Final[Mapping[str, Provider]] = {provider.name: provider for provider in _ALL}
_BY_HOST: Final = {host: provider for provider in _ALL for host in provider.hosts}

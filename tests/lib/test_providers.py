"""Whose address it is: what is taken, and every trick that is not."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.lib.providers import PROVIDERS, frame_hosts, seen

TAKEN = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "youtube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("http://YOUTUBE.com/watch?list=x&v=dQw4w9WgXcQ&t=1m30s#c", "youtube", "/embed/dQw4w9WgXcQ?start=90"),
    ("https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", "youtube", "/embed/dQw4w9WgXcQ?start=42"),
    ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube", "/embed/dQw4w9WgXcQ"),
    ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "youtube", "/embed/dQw4w9WgXcQ"),
    ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=5&autoplay=1", "youtube", "/embed/dQw4w9WgXcQ?start=5"),
    ("https://vimeo.com/76979871", "vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
    ("https://vimeo.com/76979871/0a1b2c3d4e", "vimeo", "/video/76979871?dnt=1&h=0a1b2c3d4e"),
    ("https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&title=0", "vimeo", "?dnt=1&h=0a1b2c3d4e"),
    ("https://x.com/ana/status/1234567890?s=20", "x", "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1234567890"),
    ("https://twitter.com/ana/status/1234567890/photo/1", "x", "id=1234567890"),
    ("https://platform.twitter.com/embed/Tweet.html?id=1234567890", "x", "id=1234567890"),
    ("https://bsky.app/profile/ana.example.org/post/3kabcdefgh2x", "bluesky", "https://embed.bsky.app/embed/ana.example.org/app.bsky.feed.post/3kabcdefgh2x"),
    ("https://bsky.app/profile/did:plc:abc234/post/3kabcdefgh2x", "bluesky", "/embed/did:plc:abc234/app"),
    ("https://mastodon.social/@ana/112233", "mastodon", "https://mastodon.social/@ana/112233/embed"),
    ("https://journa.host/@ana/112233/embed", "mastodon", "https://journa.host/@ana/112233/embed"),
    ("https://www.instagram.com/p/Cabc_-123/?utm_source=x", "instagram", "https://www.instagram.com/p/Cabc_-123/embed/captioned/"),
    ("https://instagram.com/ana.r/reel/Cabc_-123/", "instagram", "https://www.instagram.com/reel/Cabc_-123/embed/captioned/"),
    ("https://www.tiktok.com/@ana/video/7212345678901234567", "tiktok", "https://www.tiktok.com/embed/v2/7212345678901234567"),
    ("https://www.tiktok.com/embed/v2/7212345678901234567", "tiktok", "https://www.tiktok.com/embed/v2/7212345678901234567"),
    ("https://www.facebook.com/portverrin/posts/pfbid0abcDEF", "facebook", "https://www.facebook.com/plugins/post.php?show_text=true&href=https%3A%2F%2Fwww.facebook.com%2Fportverrin%2Fposts%2Fpfbid0abcDEF"),
    ("https://m.facebook.com/portverrin/videos/12345", "facebook", "/plugins/video.php?"),
    ("https://www.facebook.com/watch/?v=12345", "facebook", "%2Fwatch%2F%3Fv%3D12345"),
    ("https://www.facebook.com/plugins/post.php?href=https%3A//facebook.com/a/posts/12345", "facebook", "F12345"),
    ("https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC?si=1", "spotify", "https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC"),
    ("https://datawrapper.dwcdn.net/aBc1X/3/", "datawrapper", "https://datawrapper.dwcdn.net/aBc1X/3/"),
    ("https://www.datawrapper.de/_/aBc1X/", "datawrapper", "https://datawrapper.dwcdn.net/aBc1X/"),
    ("https://public.flourish.studio/visualisation/123456/", "flourish", "https://flo.uri.sh/visualisation/123456/embed"),
    ("https://flo.uri.sh/story/123456/embed?auto=1", "flourish", "https://flo.uri.sh/story/123456/embed"),
]  # fmt: skip

VIDEO = "/watch?v=dQw4w9WgXcQ"
REFUSED = [
    *(f"https://evil-youtube.com{VIDEO}", f"https://youtube.com.evil.example{VIDEO}", f"https://evil.youtube.com{VIDEO}"),
    *(f"https://www.youtube.com.{VIDEO}", f"https://www.youtube.com@evil.example{VIDEO}", f"https://youtube.com:443{VIDEO}"),
    *(f"https://user@www.youtube.com{VIDEO}", f"https://user:pw@youtube.com{VIDEO}", f"https://youtube.com:8080{VIDEO}"),
    *(f"https://y\u043eutube.com{VIDEO}", f"https://xn--yutube-wqf.com{VIDEO}", f"https://\uff59outube.com{VIDEO}"),
    *("https://www.ti\u212atok.com/@ana/video/7212345678901234567", "https://www.facebook\u3002com/a/posts/12345"),
    *(f"//www.youtube.com{VIDEO}", f"ftp://www.youtube.com{VIDEO}", f"javascript://www.youtube.com{VIDEO}"),
    *(f"https:\\\\www.youtube.com{VIDEO}", f"https://www.youtube.com\\{VIDEO}", f" https://www.youtube.com{VIDEO}"),
    *("https://www.youtube.com/watch?v=", "https://www.youtube.com/watch?v=dQw4w9WgXc", "https://www.youtube.com/@ana"),
    *("https://www.youtube.com/watch?v=dQw4w9WgXcQ'x", "https://www.youtube.com/embed/dQw4w9WgXcQ/../x"),
    *("https://www.youtube.com/watch?v=dQw4w9WgXcQ\n", 'https://www.youtube.com/watch?v=dQw4w9WgXcQ "onload=x'),
    *("https://youtube.com", "https://youtu.be/", "https://youtu.be/embed/dQw4w9WgXcQ", "https://vimeo.com/ana"),
    *("https://x.com/ana", "https://x.com/ana/status/12a", "https://x.com/a-b/status/12", "https://notx.com/a/status/1"),
    *("https://x.com/ana/status/\u0661\u0662\u0663", "https://bsky.app/profile/ana.example", "https://bsky.app/"),
    *("https://mastodon.example/@ana/112233", "https://mastodon.social/@ana@evil.example/112233"),
    *("https://www.instagram.com/ana/", "https://www.instagram.com/p/../../x/", "https://www.tiktok.com/@ana"),
    *("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2Fa%2Fposts%2F12345", "https://facebook.com/ana"),
    *("https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/plugins/post.php?href=x",),
    *("https://www.facebook.com/l.php?u=https%3A%2F%2Fevil.example", "https://open.spotify.com/user/x"),
    *("https://datawrapper.dwcdn.net/", "https://datawrapper.dwcdn.net/aBc1X9/", "https://flo.uri.sh/x/1/embed"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "name", "frame"), TAKEN)
def test_addresses_of_a_provider(address: str, name: str, frame: str) -> None:
    found = seen(address)
    assert found is not None
    assert found.provider.name == name
    assert frame in found.frame


@pytest.mark.parametrize("address", [address for address, *_ in TAKEN])
def test_the_plain_form_means_the_same(address: str) -> None:
    found = seen(address)
    assert found is not None
    again = seen(found.url)
    assert again is not None
    assert (again.provider, again.url, again.frame) == (found.provider, found.url, found.frame)
    assert again.height == found.height


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_of_nobody(address: str) -> None:
    assert seen(address) is None


@given(
    st.sampled_from([address for address, *_ in TAKEN]),
    st.integers(0, 200),
    st.text(max_size=6),
    st.integers(0, 3),
)
def test_whatever_is_written_into_an_address_only_known_hosts_are_framed(
    address: str, at: int, text: str, cut: int
) -> None:
    found = seen(address[:at] + text + address[at + cut :])
    if found is None:
        return
    frame = urlsplit(found.frame)
    assert frame.scheme == "https"
    assert frame.netloc in found.provider.frame_hosts
    assert found.frame.isascii()
    assert not set(found.frame) & set(" \"'<>\\`;,")
    assert urlsplit(found.url).hostname in found.provider.hosts


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert seen(text) is None


def test_every_provider_frames_hosts_of_its_own() -> None:
    for name, provider in PROVIDERS.items():
        assert name == provider.name
        assert set(provider.frame_hosts) <= set(provider.hosts) | {"www.youtube-nocookie.com"}
        assert any(taken == name for _, taken, _ in TAKEN)
    hosts = frame_hosts()
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower() and "*" not in host and ":" not in host for host in hosts)

"""The search of the desk: every post and draft this person may see; and the posts that a text may link to."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from stoppress.desk.answers import refusal, wants_json
from stoppress.desk.door import desk_view
from stoppress.desk.search_shown import Result, result
from stoppress.desk.shown import title_of
from stoppress.lib import clock, limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.search import Asked, authors, linkable_posts, search_posts
from stoppress.newsroom.roles import Staff

pace = Pace(limits.SEARCHES_PER_MINUTE)


def _too_fast(request: HttpRequest, by: Staff) -> HttpResponse | None:
    wait = pace.seconds_to_wait(str(by.user_id), clock.now())
    if not wait:
        return None
    sentence = f"That was {limits.SEARCHES_PER_MINUTE} searches in a minute; wait {wait} seconds."
    answer = refusal(request, 429, sentence)
    answer["Retry-After"] = str(wait)
    return answer


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; a filter that is none narrows nothing."""
    author = request.GET.get("author", "")
    state = request.GET.get("state", "")
    return Asked(
        words=" ".join(request.GET.get("q", "").split())[: limits.SEARCH_CHARS],
        slug=request.GET.get("live", "")[: limits.SLUG_CHARS],
        state=state if state in State.values else "",
        author=int(author)
        if author.isascii() and author.isdigit() and len(author) < len(str(limits.CURSOR_MAX))
        else 0,
    )


@desk_view("GET")
def search(request: HttpRequest, by: Staff) -> HttpResponse:
    """`?q=` words, `?live=` a live blog, `?state=`, `?author=`. The script gets the results' HTML alone."""
    if slow_down := _too_fast(request, by):
        return slow_down
    asked = _asked(request)
    found = search_posts(by, asked)
    now = clock.now()
    results: list[Result] = [result(post, now) for post in found.posts]
    context: dict[str, object] = {"by": by, "asked": asked, "results": results, "more": found.more}
    if wants_json(request):
        return JsonResponse({"html": render_to_string("desk/search_results.html", context, request)})
    context |= {
        "blogs": [listed.blog for listed in queries.liveblogs_of(by)],
        "states": [(state.value, state.label) for state in State],
        "authors": authors(by),
        "limits": limits,
    }
    return render(request, "desk/search.html", context)


@desk_view("GET")
def linkable(request: HttpRequest, by: Staff, slug: str) -> HttpResponse:
    """`?q=` → `{"posts": [{title, where, href}]}`: published posts, those of this live blog first."""
    access.check_write(by)
    blog = queries.liveblog_for(by, slug)
    if slow_down := _too_fast(request, by):
        return slow_down
    words = " ".join(request.GET.get("q", "").split())[: limits.SEARCH_CHARS]
    found = linkable_posts(by, blog.slug, words)
    return JsonResponse({"posts": [_linked(post, slug) for post in found]})


def _linked(post: Post, slug: str) -> dict[str, str]:
    shown = result(post, clock.now())
    where = shown.when if post.liveblog.slug == slug else f"{shown.when} · {post.liveblog.headline}"
    return {"title": title_of(post), "where": where, "href": f"/live/{post.liveblog.slug}/posts/{post.pk}"}

"""The desk's addresses, all below /desk/. Sign-in stands beside them, at /desk/account/ (allauth)."""

from django.urls import path

from stoppress.desk.views import liveblog, liveblogs, pictures, posts, setup, token

app_name = "desk"

BLOG = "live/<slug:slug>/"
POST = f"{BLOG}posts/<str:post_id>/"

urlpatterns = [
    path("", liveblogs.index, name="liveblogs"),
    path("new/", liveblogs.create, name="create_liveblog"),
    path("setup/<str:secret>/", setup.set_up, name="setup"),
    path("token/", token.renew, name="token"),
    path("upload/", pictures.upload, name="upload"),
    path(BLOG, liveblog.show, name="liveblog"),
    path(f"{BLOG}settings/", liveblogs.settings, name="settings"),
    path(f"{BLOG}status/", liveblog.change_status, name="status"),
    path(f"{BLOG}shift/", liveblog.change_shift, name="shift"),
    path(f"{BLOG}unpin/", liveblog.unpin, name="unpin"),
    path(f"{BLOG}changes/", liveblog.changes, name="changes"),
    path(f"{BLOG}posts/", posts.create, name="new_post"),
    path(POST, posts.show, name="post"),
    path(f"{POST}content/", posts.content, name="content"),
    path(f"{POST}fragment/", posts.fragment, name="fragment"),
    path(f"{POST}publish/", posts.publish, name="publish"),
    path(f"{POST}unschedule/", posts.unschedule, name="unschedule"),
    path(f"{POST}discard/", posts.discard, name="discard"),
    path(f"{POST}withdraw/", posts.withdraw, name="withdraw"),
    path(f"{POST}pin/", posts.pin, name="pin"),
    path(f"{POST}mark/", posts.mark, name="mark"),
]

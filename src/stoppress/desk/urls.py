"""The desk's addresses, all below /desk/. Sign-in stands beside them, at /desk/account/ (allauth)."""

from django.urls import path

from stoppress.desk.views import (
    audit,
    join,
    liveblog,
    liveblogs,
    me,
    newsroom,
    pictures,
    posts,
    setup,
    team,
    title,
    token,
    unfurl,
)

app_name = "desk"

BLOG = "live/<slug:slug>/"
POST = f"{BLOG}posts/<str:post_id>/"

urlpatterns = [
    path("", liveblogs.index, name="liveblogs"),
    path("new/", liveblogs.create, name="create_liveblog"),
    path("setup/<str:secret>/", setup.set_up, name="setup"),
    path("join/<str:secret>/", join.join, name="join"),
    path("token/", token.renew, name="token"),
    path("me/", me.show, name="me"),
    path("me/sessions/end-others/", me.end_others, name="end_others"),
    path("me/sessions/<int:session_id>/end/", me.end_one, name="end_session"),
    path("tokens/", me.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", me.revoke, name="revoke_token"),
    path("team/", team.show, name="team"),
    path("team/audit/", audit.show, name="audit"),
    path("team/invite/", team.invite_person, name="invite"),
    path("team/invitations/<int:invitation_id>/take-back/", team.take_back, name="take_back"),
    path("team/rules/", team.set_rule, name="team_rules"),
    path("team/people/<int:user_id>/role/", team.give_role, name="give_role"),
    path("team/people/<int:user_id>/switch/", team.switch, name="switch"),
    path("team/people/<int:user_id>/forget-factor/", team.forget_factor, name="forget_factor"),
    path("upload/", pictures.upload, name="upload"),
    path("unfurl/", unfurl.unfurl, name="unfurl"),
    path("title/", title.show, name="title"),
    path(BLOG, liveblog.show, name="liveblog"),
    path(f"{BLOG}settings/", liveblogs.settings, name="settings"),
    path(f"{BLOG}status/", liveblog.change_status, name="status"),
    path(f"{BLOG}shift/", liveblog.change_shift, name="shift"),
    path(f"{BLOG}unpin/", liveblog.unpin, name="unpin"),
    path(f"{BLOG}changes/", liveblog.changes, name="changes"),
    path(f"{BLOG}newsroom/", newsroom.state, name="newsroom"),
    path(f"{BLOG}newsroom/events/", newsroom.events, name="newsroom_events"),
    path(f"{BLOG}newsroom/here/", newsroom.here, name="here"),
    path(f"{BLOG}newsroom/chat/", newsroom.chat, name="chat"),
    path(f"{BLOG}posts/", posts.create, name="new_post"),
    path(POST, posts.show, name="post"),
    path(f"{POST}content/", posts.content, name="content"),
    path(f"{POST}lease/", newsroom.lease, name="lease"),
    path(f"{POST}fragment/", posts.fragment, name="fragment"),
    path(f"{POST}publish/", posts.publish, name="publish"),
    path(f"{POST}unschedule/", posts.unschedule, name="unschedule"),
    path(f"{POST}discard/", posts.discard, name="discard"),
    path(f"{POST}withdraw/", posts.withdraw, name="withdraw"),
    path(f"{POST}pin/", posts.pin, name="pin"),
    path(f"{POST}mark/", posts.mark, name="mark"),
]

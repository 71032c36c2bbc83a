"""What a producer says of the ways in: channels, where they lead, who may speak. The actions judge it."""

from django import forms

from stoppress.intake.kinds import HANDLE, PLACE, WORDS, Kind
from stoppress.lib import limits
from stoppress.liveblogs.models import LiveBlog


class ChannelForm(forms.Form):
    """A channel to be."""

    kind = forms.ChoiceField(
        choices=[(kind.value, words) for kind, words in WORDS.items()], widget=forms.RadioSelect
    )
    name = forms.CharField(
        max_length=limits.NAME_CHARS,
        help_text="As the desk names it: “Newsroom Slack”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        max_length=limits.INTAKE_SECRET_CHARS,
        required=False,
        label="Slack’s signing secret",
        help_text="For Slack only: “Basic Information” of your app shows it. The other kinds get a secret from here.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    authority = forms.CharField(
        max_length=limits.INTAKE_AUTHORITY_CHARS,
        required=False,
        label="Who says that a sender is genuine",
        help_text="For e-mail only: the first word of your mail service’s Authentication-Results, such as "
        "mx.example.org. Left empty, nobody is believed and all mail becomes drafts.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SecretForm(forms.Form):
    """Slack's new signing secret."""

    secret = forms.CharField(
        max_length=limits.INTAKE_SECRET_CHARS,
        label="Slack’s new signing secret",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class RouteForm(forms.Form):
    """From a place to a live blog."""

    place = forms.CharField(
        max_length=limits.EMAIL_CHARS, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    slug = forms.ChoiceField(label="Live blog")
    direct = forms.BooleanField(
        required=False, label="Publish at once, without a look", help_text="Of known and proven senders only."
    )

    def __init__(self, data: object, *, kind: Kind, blogs: list[LiveBlog], number: int) -> None:
        super().__init__(data, auto_id=f"way-{number}-%s")  # type: ignore[arg-type]  # (a QueryDict or None)
        self.fields["place"].label = PLACE[kind]
        self.fields["slug"].choices = [(blog.slug, blog.headline) for blog in blogs]  # type: ignore[attr-defined]  # (a ChoiceField)


class SenderForm(forms.Form):
    """Who somebody is."""

    handle = forms.CharField(
        max_length=limits.EMAIL_CHARS, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        max_length=limits.EMAIL_CHARS,
        label="Signs in to the desk with",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: object, *, kind: Kind, number: int) -> None:
        super().__init__(data, auto_id=f"sender-{number}-%s")  # type: ignore[arg-type]  # (a QueryDict or None)
        self.fields["handle"].label = HANDLE[kind]

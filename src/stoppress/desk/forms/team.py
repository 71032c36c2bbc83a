"""What comes in on the people's pages: invitations, a new member's own facts, names, tokens. The actions judge it."""

from django import forms

from stoppress.desk.forms.setup import PASSWORD_CHARS_MAX, check_password
from stoppress.lib import limits
from stoppress.newsroom.roles import Role

ROLES = [
    (Role.REPORTER.value, "Reporter: writes and publishes own posts"),
    (Role.EDITOR.value, "Editor: runs live blogs, touches others' posts"),
    (Role.PRODUCER.value, "Producer: as an editor, and title settings"),
    (Role.MODERATOR.value, "Moderator: looks on, and looks after comments"),
    (Role.ADMIN.value, "Admin: everything, and people"),
]


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        max_length=limits.EMAIL_CHARS,
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=ROLES, initial=Role.REPORTER.value)


class JoinForm(forms.Form):
    """Name and password of the person who opened an invitation."""

    name = forms.CharField(
        max_length=limits.NAME_CHARS,
        help_text="As it is printed in bylines.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        max_length=PASSWORD_CHARS_MAX,
        strip=False,
        help_text=f"At least {limits.PASSWORD_CHARS_MIN} characters; a few unusual words are best.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: object, email: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # (a QueryDict or None)
        self._email = email

    def clean(self) -> dict[str, object]:
        """The password is judged beside the name and the address, which it must not repeat."""
        fields = super().clean() or {}
        check_password(self, email=self._email, name=str(fields.get("name", "")))
        return fields


class NameForm(forms.Form):
    """The byline."""

    name = forms.CharField(
        max_length=limits.NAME_CHARS,
        help_text="As it is printed in the byline of posts you write from now on.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class TokenForm(forms.Form):
    """What a token is for."""

    name = forms.CharField(
        max_length=limits.NAME_CHARS,
        help_text="What will use it: “election results script”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

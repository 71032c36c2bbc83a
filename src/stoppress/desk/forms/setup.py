"""The first editor's own account. Called by `views/setup.py` and `forms/team.py`."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from stoppress.accounts.models import User
from stoppress.lib import limits

PASSWORD_CHARS_MAX = 256  # far above the 64 that must be possible; hashing longer ones costs for nothing


class SetupForm(forms.Form):
    """Name, address and password of the person who opened the link."""

    name = forms.CharField(
        max_length=limits.NAME_CHARS,
        help_text="As it is printed in bylines.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        max_length=limits.EMAIL_CHARS,
        label="E-mail address",
        help_text="You sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        max_length=PASSWORD_CHARS_MAX,
        strip=False,
        help_text=f"At least {limits.PASSWORD_CHARS_MIN} characters; a few unusual words are best.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """The password is judged beside the name and the address, which it must not repeat."""
        fields = super().clean() or {}
        check_password(self, email=str(fields.get("email", "")), name=str(fields.get("name", "")))
        return fields


def check_password(form: forms.Form, *, email: str, name: str) -> None:
    """Put what is wrong with the form's `password` beside it."""
    if "password" not in form.cleaned_data:
        return
    try:
        validate_password(str(form.cleaned_data["password"]), user=User(email=email, name=name))
    except ValidationError as weak:
        form.add_error("password", weak)

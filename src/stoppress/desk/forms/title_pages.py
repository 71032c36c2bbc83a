"""The fields of an author's page, of a policy, and of texts for machines. The actions judge what is in them."""

from django import forms

from stoppress.lib import limits


class AuthorForm(forms.Form):
    """What readers are told of somebody who writes."""

    role = forms.CharField(
        max_length=limits.AUTHOR_ROLE_CHARS,
        required=False,
        label="Role, as readers see it",
        help_text="Such as “Europe correspondent”. It stands after the name over every post.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    biography = forms.CharField(
        max_length=limits.BIOGRAPHY_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="A few sentences. An empty line ends a paragraph.",
    )
    alt = forms.CharField(
        max_length=limits.ALT_CHARS,
        required=False,
        label="What the portrait shows",
        help_text="For readers who cannot see it: “Ana Ruiz, smiling, in a raincoat”.",
    )
    shown = forms.BooleanField(required=False, label="Readers can see this page")


class PolicyForm(forms.Form):
    """One policy."""

    text = forms.CharField(
        max_length=limits.POLICY_TEXT_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Markdown: “- ” begins a point, “## ” a sub-heading. Emptied, the page goes.",
    )


class MachineTextForm(forms.Form):
    """Texts that other programs look for at fixed addresses."""

    security_txt = forms.CharField(
        max_length=limits.MACHINE_TEXT_CHARS,
        required=False,
        label="security.txt",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Whom to tell of a weakness: lines “Contact: mailto:…” and “Expires: 2027-11-22T00:00:00Z”.",
    )
    trust_txt = forms.CharField(
        max_length=limits.MACHINE_TEXT_CHARS,
        required=False,
        label="trust.txt",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Which sites and accounts are yours, by journallist.net: lines such as “social=https://…”.",
    )

"""The fields of a title's looks. Called by `views/looks.py`; `lib.theme` judges whether they can be read."""

from dataclasses import asdict

from django import forms

from stoppress.lib import limits
from stoppress.lib.theme import FONT_NAMES, Theme
from stoppress.liveblogs.actions.change_looks import Support

_PLAIN_BAND = "#1c1b19"  # what the picker of the band's colour opens at while there is no band


class _Colour(forms.TextInput):
    input_type = "color"


def _colour(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, widget=_Colour, max_length=7)


def _typeface(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(FONT_NAMES.items()))


class LooksForm(forms.Form):
    """Colours, typefaces, and the support box. The logo comes as a file beside it."""

    accent = _colour("Accent", "What is live, key events, links.")
    paper = _colour("Page")
    ink = _colour("Text")
    accent_dark = _colour("Accent in the dark")
    paper_dark = _colour("Page in the dark")
    ink_dark = _colour("Text in the dark")
    has_masthead = forms.BooleanField(label="A band of colour at the top of the page", required=False)
    masthead = _colour(
        "Colour of the band", "The same in light and in the dark; its words become black or white."
    )
    text = _typeface("Typeface of posts and headlines")
    interface = _typeface("Typeface of times, labels and buttons")
    support_text = forms.CharField(
        label="What you ask readers for",
        required=False,
        max_length=limits.SUPPORT_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In your own words. It stands below the posts of every page; empty, there is no box.",
    )
    support_label = forms.CharField(
        label="Words of the link",
        required=False,
        max_length=limits.NAME_CHARS,
        help_text="Such as: Become a member",
    )
    support_url = forms.CharField(
        label="Where it leads", required=False, max_length=limits.URL_CHARS, widget=forms.URLInput
    )

    def clean_support_text(self) -> str:
        """One paragraph: line ends become blanks."""
        return " ".join(str(self.cleaned_data["support_text"]).split())

    @property
    def theme(self) -> Theme:
        """What was chosen."""
        told = {name: str(self.cleaned_data[name]) for name in asdict(Theme()) if name != "masthead"}
        band = str(self.cleaned_data["masthead"]) if self.cleaned_data["has_masthead"] else ""
        return Theme(**told, masthead=band)

    @property
    def support(self) -> Support:
        """What is asked for."""
        told = self.cleaned_data
        return Support(str(told["support_text"]), str(told["support_label"]), str(told["support_url"]))


def shown(theme: Theme, support: Support) -> dict[str, object]:
    """The form's first values."""
    return asdict(theme) | {
        "has_masthead": bool(theme.masthead),
        "masthead": theme.masthead or _PLAIN_BAND,
        "support_text": support.text,
        "support_label": support.label,
        "support_url": support.url,
    }

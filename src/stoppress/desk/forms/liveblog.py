"""The fields of a live blog. Called by `views/liveblogs.py`; the actions judge what is in them."""

from zoneinfo import available_timezones

from django import forms

from stoppress.lib import limits
from stoppress.liveblogs.refusals import InvalidInput


def zones() -> list[str]:
    """What the time zone field offers: places, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [*sorted(places), "UTC"]


class HeadForm(forms.Form):
    """What stands above the posts."""

    headline = forms.CharField(
        max_length=limits.HEADLINE_CHARS,
        help_text="The title line of the page: what is happening, and where.",
    )
    standfirst = forms.CharField(
        max_length=limits.STANDFIRST_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A short introduction under it. It may change as the day goes on.",
    )
    topics = forms.CharField(
        max_length=limits.TOPICS_PER_LIVEBLOG * (limits.TOPIC_CHARS + 2),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="What it is about, with commas between: Floods, Odesa. Each topic has a page for readers.",
    )
    timezone = forms.CharField(
        max_length=limits.TIMEZONE_CHARS,
        label="Time zone of the event",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text="Every time on the page is by this clock, such as Europe/Kyiv.",
    )

    def clean_standfirst(self) -> str:
        """One paragraph: line ends become blanks."""
        return " ".join(str(self.cleaned_data["standfirst"]).split())

    def clean_topics(self) -> tuple[str, ...]:
        """The names between the commas."""
        return tuple(name for part in str(self.cleaned_data["topics"]).split(",") if (name := part.strip()))


class SettingsForm(HeadForm):
    """The same, and what it is about."""

    event_name = forms.CharField(
        max_length=limits.EVENT_NAME_CHARS,
        required=False,
        label="Event",
        help_text="What it is called: Cup final, Finland – Norway.",
    )
    event_place = forms.CharField(
        max_length=limits.EVENT_PLACE_CHARS,
        required=False,
        label="Place",
        help_text="Where it is: a ground, a hall, a town.",
    )
    event_starts_at = forms.CharField(
        required=False,
        label="Begins",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text="By the event’s clock.",
    )
    planned_end_at = forms.CharField(
        required=False,
        label="Coverage is planned to end",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text="By the same clock. Nothing happens then; closing the live blog ends it.",
    )

    @property
    def head(self) -> list[forms.BoundField]:
        """What stands above the posts."""
        return [self[name] for name in HeadForm.base_fields]

    @property
    def about(self) -> list[forms.BoundField]:
        """What it is about."""
        return [self[name] for name in SettingsForm.base_fields if name not in HeadForm.base_fields]


class NewLiveBlogForm(SettingsForm):
    """A live blog to be."""

    slug = forms.CharField(
        max_length=limits.SLUG_CHARS,
        required=False,
        label="Address",
        help_text="Small letters, digits and hyphens. Left empty, it comes from the headline; it stays as it is.",
    )
    language = forms.CharField(
        max_length=limits.LANGUAGE_CHARS,
        required=False,
        widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off"}),
        help_text="What it is written in, as a tag: en, uk, ar, pt-BR. The page’s words and dates follow it; it stays.",
    )
    status = forms.ChoiceField(
        label="Who sees it",
        choices=[("draft", "Only the newsroom, until it is opened"), ("live", "Readers, at once")],
        initial="draft",
        widget=forms.RadioSelect,
    )
    key = forms.CharField(widget=forms.HiddenInput)

    @property
    def rest(self) -> list[forms.BoundField]:
        """What only a new one is asked."""
        return [self[name] for name in self.fields if name not in SettingsForm.base_fields]

    @property
    def about_is_open(self) -> bool:
        """Whether the fields about the event are shown from the start: something stands there, or is wrong."""
        return any(field.value() or field.errors for field in self.about)


def put_refusal(form: forms.Form, refused: InvalidInput) -> None:
    """The action's sentence at the field it speaks of."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))

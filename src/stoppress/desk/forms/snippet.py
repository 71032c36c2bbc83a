"""The fields of a template or snippet. Called by `views/snippets.py`; the action judges what is in them."""

from django import forms

from stoppress.lib import limits


class SnippetForm(forms.Form):
    """What is put into a post."""

    name = forms.CharField(
        max_length=limits.SNIPPET_NAME_CHARS,
        help_text="What the menu calls it. Reporters type / and its first letters.",
    )
    headline = forms.CharField(
        max_length=limits.HEADLINE_CHARS,
        required=False,
        label="Headline of the post",
        help_text="Put into the headline when that is empty.",
    )
    text = forms.CharField(
        max_length=limits.SNIPPET_CHARS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Markdown: an empty line ends a paragraph, “- ” begins a point, “## ” a sub-heading, “> ” a quote.",
    )
    summary = forms.BooleanField(required=False, label="The post is a summary")

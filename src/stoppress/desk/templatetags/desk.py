"""Tags for the desk's templates: addresses of built files, moments in words, forms' fields."""

from datetime import datetime

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stoppress.desk import moments
from stoppress.lib import clock
from stoppress.lib.assets import asset as asset_path
from stoppress.lib.languages import LANGUAGES

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file, with its content hash."""
    return asset_path(name)


@register.simple_tag
def languages() -> dict[str, str]:
    """What readers' pages speak: each language by its own name."""
    return LANGUAGES


@register.simple_tag
def moment(at: datetime, zone: str) -> SafeString:
    """A time by the event's clock; the script adds the reporter's own."""
    words = moments.clock_words(at, zone, clock.now())
    return format_html('<time datetime="{}">{}</time>', clock.rfc3339(at), words)


@register.simple_tag
def age(at: datetime) -> SafeString:
    """How long ago."""
    return format_html(
        '<time datetime="{}">{}</time>', clock.rfc3339(at), moments.age_or_date(at, clock.now())
    )


@register.simple_tag
def mail_is_sent() -> bool:
    """Whether a mail server is set up."""
    return bool(settings.MAIL_IS_SENT)


@register.filter
def city(zone: str) -> str:
    """The place in a zone's name: "Kyiv" of "Europe/Kyiv"."""
    return moments.city(zone)

"""The desk and the API as a WSGI application: what `serve` and `desk` mount."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoppress.config.settings")

_django = get_wsgi_application()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Django, told the scheme of the public address: TLS ends at a proxy, and what that forwards is not believed."""
    environ["wsgi.url_scheme"] = "https" if settings.SECURE else "http"
    answer: Iterable[bytes] = _django(environ, start_response)
    return answer

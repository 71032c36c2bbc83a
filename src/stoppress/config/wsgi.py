"""The desk and the API as a WSGI application: what `serve` and `desk` mount."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoppress.config.settings")

application = get_wsgi_application()

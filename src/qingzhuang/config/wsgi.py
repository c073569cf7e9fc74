"""The way in for a WSGI server; refuses to be served unsafely."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingzhuang.config.settings")
application = get_wsgi_application()

from qingzhuang.config.safety import refuse_unsafe  # noqa: E402  # needs the settings

refuse_unsafe()

"""What production must not be started with: a key that everybody knows, errors shown to strangers, a login of the demo."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from qingzhuang.apps.orgs.models import Account


def refuse_unsafe() -> None:
    """Raise ImproperlyConfigured, naming everything that is unsafe, where the mode is production; other modes may do as they like."""
    if settings.PRODUCTION and (unsafe := list(_unsafe())):
        raise ImproperlyConfigured("not safe for production: " + "; ".join(unsafe))


def _unsafe() -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("QINGZHUANG_DEBUG is on")
    if settings.DEFAULT_KEY in {settings.SECRET_KEY, *settings.FIELD_KEYS} or len(settings.SECRET_KEY) < 32:
        found.append("QINGZHUANG_SECRET_KEY or QINGZHUANG_FIELD_KEYS is the default or too short")
    if Account._meta.db_table in connection.introspection.table_names():
        demo = Account.objects.filter(demo=True, is_active=True).values_list("username", flat=True)
        if names := ", ".join(demo):
            found.append(f"there are logins of the demo: {names}")
    return found

"""The app that keeps the log."""

from django.apps import AppConfig


class AuditTrailConfig(AppConfig):
    """Rows, their chain, and the salts of their digests."""

    name = "qingzhuang.apps.audit_trail"
    label = "audit_trail"

    def ready(self) -> None:
        """Put the page into the navigation."""
        from qingzhuang.common.places import PLACES, Place

        PLACES.append(Place("log", "audit.log", "audit_trail.read"))

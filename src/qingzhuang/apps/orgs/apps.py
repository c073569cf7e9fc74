"""The app that keeps the organisation."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Units, people, posts, accounts and roles."""

    name = "qingzhuang.apps.orgs"
    label = "orgs"

    def ready(self) -> None:
        """Put the pages into the navigation."""
        from qingzhuang.common.places import PLACES, Place

        PLACES.append(Place("units", "orgs.units", "orgs.see_units"))

"""The app that keeps the register."""

from django.apps import AppConfig


class DemandsConfig(AppConfig):
    """Demands, their way through the gate, and their control numbers."""

    name = "qingzhuang.apps.demands"
    label = "demands"

    def ready(self) -> None:
        """Put the pages into the navigation."""
        from qingzhuang.common.places import PLACES, Place

        PLACES.append(Place("burden", "register.burden", "demands.see_burden"))
        PLACES.append(Place("my_demands", "register.mine", "demands.draft"))
        PLACES.append(Place("queue", "register.queue", "demands.review"))

"""The helpers as an app, for the sake of their template tags."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Holds template tags alone, and no table."""

    name = "qingzhuang.common"
    label = "common"

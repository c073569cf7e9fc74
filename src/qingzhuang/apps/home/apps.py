"""The app with the first page."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """No table of its own."""

    name = "qingzhuang.apps.home"
    label = "home"

"""The app that knows the rules in force."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The packs come from the settings; no table yet of its own."""

    name = "qingzhuang.apps.policies"
    label = "policies"

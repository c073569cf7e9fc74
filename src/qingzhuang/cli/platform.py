"""What the verbs of the web platform share: its settings found and its database made ready."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

SETTINGS = "qingzhuang.config.settings"


def set_up(*, mode: str | None = None) -> None:
    """Load the platform, in `mode` where one is given; a usage error where its packages or settings are missing."""
    if find_spec("django") is None:
        raise click.UsageError(
            "网页平台要另装：pip install 'qingzhuang[web]'。The web platform is an extra: pip install 'qingzhuang[web]'."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if mode:
        os.environ["QINGZHUANG_MODE"] = mode
    import django
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        django.setup()
    except (EnvError, ImproperlyConfigured) as error:
        raise click.UsageError(
            f"设置不对：{error}。The settings are wrong; docs/reference/settings.md lists them."
        ) from error


def make_ready() -> None:
    """Make the data folder and bring the database up to date; refuse what is unsafe in production."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command

    from qingzhuang.config.safety import refuse_unsafe

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    try:
        refuse_unsafe()
    except ImproperlyConfigured as error:
        raise click.UsageError(f"不能这样用于正式环境：{error}。Not safe for production.") from error

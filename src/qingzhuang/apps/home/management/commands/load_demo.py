"""`qingzhuang manage load_demo`: the fictional county on the platform."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, now

from qingzhuang.apps.home.actions import PASSWORD, load_demo
from qingzhuang.common.errors import Refused
from qingzhuang.common.language import words


class Command(BaseCommand):
    """Load the demo county once, and print a login for each role."""

    help = "load the fictional county into an empty platform"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print."""
        if settings.PRODUCTION:
            raise CommandError(words()("home.demo_not_in_production"))
        try:
            logins = load_demo(on=localdate(), at=now())
        except Refused as refused:
            raise CommandError(words()(f"errors.{refused.code}")) from refused
        self.stdout.write(words()("home.demo_logins", password=PASSWORD))
        for login in logins:
            role = words()(f"orgs.role_{login.role}")
            self.stdout.write(f"  {login.username:<10} {role} · {login.unit}")

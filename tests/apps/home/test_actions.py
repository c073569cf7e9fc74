"""The demo county on the platform: whole, once, and never over what somebody uses."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.apps.conftest import AT

from qingzhuang.apps.audit_trail.models import Entry
from qingzhuang.apps.demands.enums import NUMBERED, State
from qingzhuang.apps.demands.models import Demand
from qingzhuang.apps.home.actions import PASSWORD, load_demo
from qingzhuang.apps.orgs.enums import Level, Role
from qingzhuang.apps.orgs.models import Holding, Unit
from qingzhuang.common.errors import Refused

ON = date(2026, 3, 25)


def test_the_demo_county_is_loaded_once_and_every_login_works(db: None) -> None:
    logins = load_demo(on=ON, at=AT)
    assert [login.role for login in logins] == list(Role)
    counted = {level: Unit.objects.filter(level=level).count() for level in Level}
    assert counted[Level.COUNTY] == 1
    assert (counted[Level.DEPARTMENT], counted[Level.TOWN], counted[Level.VILLAGE]) == (40, 9, 120)
    assert Holding.objects.on(ON).count() == 596
    assert Demand.objects.count() == 1200
    assert not Demand.objects.filter(state__in=NUMBERED, number=None).exists()
    assert Demand.objects.filter(state=State.SUBMITTED).exists()
    entries = Entry.objects.count()
    assert load_demo(on=ON, at=AT) == logins
    assert Entry.objects.count() == entries
    for login in logins:
        client = Client()
        client.post(reverse("account_login"), {"login": login.username, "password": PASSWORD})
        assert client.get(reverse("home")).status_code == 200, login
    cadre = Client()
    cadre.post(reverse("account_login"), {"login": logins[0].username, "password": PASSWORD})
    assert "小时" in cadre.get(reverse("burden")).content.decode()


def test_nothing_is_loaded_over_what_somebody_uses(county: Unit) -> None:
    with pytest.raises(Refused, match="not-empty"):
        load_demo(on=ON, at=AT)


def test_production_loads_no_demo(db: None, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境"):
        call_command("load_demo")
    assert not Unit.objects.exists()

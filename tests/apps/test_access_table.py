"""Every address as every role, beside the table that is kept of it."""

from __future__ import annotations

import os

from django.test import Client
from tests.apps.access_table import PAGE, table
from tests.apps.conftest import SignIn

from qingzhuang.apps.demands.models import Demand
from qingzhuang.apps.orgs.enums import Level, Role
from qingzhuang.apps.orgs.models import Unit
from qingzhuang.words import catalogue

AT_LEVEL = {Role.CADRE: Level.VILLAGE, Role.ISSUER: Level.DEPARTMENT}


def test_every_address_answers_every_role_as_the_table_says(
    active: Demand, sign_in: SignIn, county: Unit, village: Unit, department: Unit
) -> None:
    units = {Level.VILLAGE: village, Level.DEPARTMENT: department}
    clients = {"未登录 · stranger": Client()}
    for role in Role:
        name = f"{catalogue('orgs', 'zh-Hans')[f'role_{role}']} · {catalogue('orgs', 'en')[f'role_{role}']}"
        unit = units.get(AT_LEVEL.get(role, Level.COUNTY), county)
        clients[name] = sign_in(role, unit)

    def address(name: str, route: str) -> str:
        pk = county.pk if name == "unit" else active.pk
        return route.replace("<int:pk>", str(pk)).replace("<str:number>", str(active.number))

    found = table(clients, address)
    if os.environ.get("WRITE_ACCESS_TABLE"):
        PAGE.write_text(found, encoding="utf-8")
    assert found == PAGE.read_text(encoding="utf-8"), "python -m tests.apps.access_table writes it anew"

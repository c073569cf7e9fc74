"""Access: by role, by unit, by day; a permission that nobody has and a thing without a unit are faults, not a no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.apps.conftest import AT, SINCE, account_of

from qingzhuang.apps.orgs import access
from qingzhuang.apps.orgs.access import Reach, may
from qingzhuang.apps.orgs.actions import create_account, end_grant, grant_role
from qingzhuang.apps.orgs.enums import Role
from qingzhuang.apps.orgs.models import Account, Unit

ON = date(2026, 3, 25)


@pytest.mark.parametrize(
    ("reach", "reached"),
    [(Reach.UNIT, {"T1"}), (Reach.SUBTREE, {"T1", "V1"}), (Reach.EVERYTHING, {"C", "T1", "V1", "D1"})],
)
def test_how_far_a_role_reaches(
    monkeypatch: pytest.MonkeyPatch,
    county: Unit,
    town: Unit,
    village: Unit,
    department: Unit,
    reach: Reach,
    reached: set[str],
) -> None:
    monkeypatch.setattr(access, "PERMISSIONS", {"a.b": {Role.CADRE: reach}})
    account = account_of(Role.CADRE, town)
    units = Unit.objects.all()
    assert {unit.code for unit in units if may(account, "a.b", unit, on=ON)} == reached
    assert may(account, "a.b", on=ON)
    assert not may(account_of(Role.AUDITOR, county), "a.b", on=ON)


def test_a_role_holds_from_its_day_until_its_last(town: Unit) -> None:
    account = create_account(username="a", password=None, by=None, at=AT)
    grant = grant_role(account=account, role=Role.ADMINISTRATOR, unit=town, since=SINCE, by=None, at=AT)
    end_grant(grant=grant, on=ON, by=None, at=AT)
    held = [may(account, "orgs.change_units", town, on=SINCE + timedelta(days=days)) for days in (-1, 0)]
    assert held == [False, True]
    assert may(account, "orgs.change_units", town, on=ON - timedelta(days=1))
    assert not may(account, "orgs.change_units", town, on=ON)


def test_a_closed_account_may_nothing(town: Unit) -> None:
    account = account_of(Role.ADMINISTRATOR, town)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account.refresh_from_db()
    assert not may(account, "orgs.see_units", on=ON)


def test_a_fault_of_the_program_is_no_answer(town: Unit) -> None:
    account = account_of(Role.CADRE, town)
    with pytest.raises(KeyError):
        may(account, "orgs.fly", on=ON)
    with pytest.raises(TypeError):
        may(account, "orgs.see_units", object(), on=ON)

"""Fill an empty platform with the fictional county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import polars as pl
from django.db import transaction
from django.utils.timezone import make_aware

from qingzhuang.apps.demands.actions import (
    AskDraft,
    Draft,
    PastDemand,
    draft_demand,
    import_register,
    submit_demand,
    take_step,
)
from qingzhuang.apps.demands.enums import State
from qingzhuang.apps.orgs.actions import (
    add_person,
    create_account,
    create_post,
    create_unit,
    fill_post,
    grant_role,
    vacate_post,
)
from qingzhuang.apps.orgs.enums import Level, Role
from qingzhuang.apps.orgs.models import Account, Unit
from qingzhuang.apps.orgs.queries import units_on
from qingzhuang.common.errors import Refused
from qingzhuang.demo import MadeDemand, make_county, make_demands
from qingzhuang.domain.channels.inventory import Inventory
from qingzhuang.domain.demands.stages import Outcome, StageName

PASSWORD = "qingzhuang-demo"  # noqa: S105  # of logins that production refuses to start with
SINCE = date(2015, 1, 1)
LOGINS = {
    Role.CADRE: ("cunganbu", Level.VILLAGE, 0),
    Role.ISSUER: ("bumen", Level.DEPARTMENT, 15),
    Role.BURDEN_OFFICE: ("jianfuban", Level.COUNTY, 0),
    Role.ASSESSMENT_OFFICE: ("kaoheban", Level.COUNTY, 0),
    Role.COMMITTEE: ("xianwei", Level.COUNTY, 0),
    Role.DISCIPLINE: ("jiwei", Level.COUNTY, 0),
    Role.ASSESSMENT_TEAM: ("kaohezu", Level.COUNTY, 0),
    Role.INSPECTOR: ("ducha", Level.COUNTY, 0),
    Role.ASSESSOR: ("pinggu", Level.COUNTY, 0),
    Role.AUDITOR: ("shenji", Level.COUNTY, 0),
    Role.ADMINISTRATOR: ("guanli", Level.COUNTY, 0),
}
"""The login of each role, and the unit it is for: of which level, and which of them in the order of the tree."""

FRONT_LINE = ("村", "干事")
"""Posts whose titles begin or end so are front-line."""


@dataclass(frozen=True)
class Login:
    """A login of the demo."""

    role: Role
    username: str
    unit: str


@transaction.atomic
def load_demo(*, on: date, at: datetime) -> list[Login]:
    """Fill an empty platform with the demo county as it stands on `on`; return its logins, one for each role.

    Where the demo is there already, nothing is changed. Raises Refused (`not-empty`) over a platform that somebody uses."""
    if not Account.objects.filter(demo=True).exists():
        if Unit.objects.exists() or Account.objects.exists():
            raise Refused("not-empty")
        inventory = make_county(on=on).inventory
        units = _units(inventory, at)
        _people(inventory, units, at)
        _accounts(on, at)
        _demands(units, on, at)
    return demo_logins()


def demo_logins() -> list[Login]:
    """Return the logins of the demo, in the order of the roles."""
    units = {
        account.username: account.grants.get().unit.name
        for account in Account.objects.filter(demo=True, is_active=True)
    }
    return [Login(role, name, units[name]) for role, (name, *_) in LOGINS.items() if name in units]


def _units(inventory: Inventory, at: datetime) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for number, row in enumerate(inventory.units.iter_rows(named=True), 1):
        parent = made.get(row["parent"] or "")
        made[row["unit"]] = create_unit(
            code=f"U{number:04d}",
            name=row["unit"],
            level=Level(row["level"]),
            parent=parent,
            since=SINCE,
            by=None,
            at=at,
        )
    return made


def _people(inventory: Inventory, units: dict[str, Unit], at: datetime) -> None:
    """Give each person a post; who has left leaves it vacant. Nobody in the demo county has a name."""
    for row in inventory.people.filter(pl.col("unit").is_not_null()).iter_rows(named=True):
        title = row["post"] or "工作人员"
        front_line = title.startswith(FRONT_LINE[0]) or title.endswith(FRONT_LINE[1])
        post = create_post(unit=units[row["unit"]], title=title, front_line=front_line, since=SINCE, by=None, at=at)
        person = add_person(code=row["person_id"], name=row["person_id"], by=None, at=at)
        fill_post(post=post, person=person, since=SINCE, by=None, at=at)
        if row["left_on"]:
            vacate_post(post=post, on=row["left_on"], by=None, at=at)


def _demands(units: dict[str, Unit], on: date, at: datetime) -> None:
    """Put what the departments asked in the last three years into the register; what waits comes from the demo's department."""
    county = next(unit for unit in units.values() if unit.level == Level.COUNTY)
    counted = {level: sum(unit.level == level for unit in units.values()) for level in Level}
    department = Account.objects.get(username=LOGINS[Role.ISSUER][0])
    issuer = department.grants.get().unit
    past = []
    for made in make_demands(on=on):
        draft = _draft(made, county, counted)
        if made.state != State.SUBMITTED:
            drafted_at = make_aware(datetime.combine(made.drafted, time(9)))
            past.append(PastDemand(units[made.issuer], draft, drafted_at, State(made.state)))
            continue
        demand = draft_demand(issuer=issuer, draft=draft, by=department, at=at)
        submit_demand(demand=demand, by=department, at=at)
        for stage in (StageName.DEPARTMENT_REVIEW, StageName.COUNTERSIGNING):
            take_step(demand=demand, stage=stage, outcome=Outcome.PASSED, by=department, at=at)
    import_register(past=past, by=None, at=at)


def _draft(made: MadeDemand, county: Unit, counted: dict[Level, int]) -> Draft:
    delivering = sum(counted[Level(level)] for level in made.levels)
    asks = tuple(
        AskDraft(one.kind, one.text, one.hours_each, one.per_year, one.items, delivering, one.medium)
        for one in made.asks
    )
    return Draft(
        kind=made.kind,
        title=made.title,
        text=made.text,
        basis=made.basis,
        starts=made.drafted,
        due=made.due,
        expires=made.expires,
        asks=asks,
        targets=tuple((county, level) for level in made.levels),
    )


def _accounts(on: date, at: datetime) -> None:
    for role, (username, level, number) in LOGINS.items():
        unit = units_on(on).filter(level=level)[number]
        account = create_account(username=username, password=PASSWORD, demo=True, by=None, at=at)
        grant_role(account=account, role=role, unit=unit, since=SINCE, by=None, at=at)

"""A small county, and accounts with one role each, for the tests of the platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest
import pytest_django
from django.apps import apps
from django.db import connection
from django.test import Client

from qingzhuang.apps.demands.actions import AskDraft, Draft, draft_demand, submit_demand, take_step
from qingzhuang.apps.demands.models import Demand
from qingzhuang.apps.orgs.actions import create_account, create_unit, grant_role
from qingzhuang.apps.orgs.enums import Level, Role
from qingzhuang.apps.orgs.models import Account, Unit
from qingzhuang.domain.demands import AskKind, Kind
from qingzhuang.domain.demands.stages import Outcome, StageName

AT = datetime(2026, 3, 25, 8, tzinfo=UTC)
SINCE = date(2020, 1, 1)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the embedded database be a file, as it is in use: one in memory knows no second connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


SignIn = Callable[[Role, Unit], Client]


def _guard(name: str) -> None:
    module = import_module("qingzhuang.apps.audit_trail.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        getattr(module, name)(apps, editor)


@pytest.fixture
def _log_guarded_again(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        _guard("add_triggers")


@pytest.fixture
def committed(_log_guarded_again: None, transactional_db: None) -> Iterator[None]:
    """Let the test commit; ask for it first. All tables are emptied behind it, the log too, which else refuses."""
    yield
    _guard("drop_triggers")


@pytest.fixture
def county(db: None) -> Unit:
    return create_unit(code="C", name="清河县", level=Level.COUNTY, parent=None, since=SINCE, by=None, at=AT)


@pytest.fixture
def town(county: Unit) -> Unit:
    return create_unit(code="T1", name="云台镇", level=Level.TOWN, parent=county, since=SINCE, by=None, at=AT)


@pytest.fixture
def village(town: Unit) -> Unit:
    return create_unit(code="V1", name="石桥村", level=Level.VILLAGE, parent=town, since=SINCE, by=None, at=AT)


@pytest.fixture
def department(county: Unit) -> Unit:
    return create_unit(code="D1", name="水利局", level=Level.DEPARTMENT, parent=county, since=SINCE, by=None, at=AT)


def account_of(role: Role, unit: Unit) -> Account:
    """Return a new account that is `role` for `unit`."""
    name = f"{role}-{unit.code}-{Account.objects.count()}"
    account = create_account(username=name, password=None, by=None, at=AT)
    grant_role(account=account, role=role, unit=unit, since=SINCE, by=None, at=AT)
    return account


@pytest.fixture
def sign_in() -> SignIn:
    """Sign in as a role of a unit."""

    def signed(role: Role, unit: Unit) -> Client:
        client = Client()
        client.force_login(account_of(role, unit), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed


QUARTERLY = AskDraft(
    AskKind.FIELD, "填报河道巡查情况表", hours_each=Decimal("0.5"), per_year=Decimal(4), items=2, units=3
)
WAY = tuple(StageName)
"""The stages as the built-in rules have them."""


@dataclass(frozen=True)
class Office:
    """Who draft, review and decide."""

    issuer: Account
    burden: Account
    committee: Account

    def for_stage(self, stage: StageName) -> Account:
        if stage in {StageName.PRIOR_REVIEW, StageName.NUMBERING}:
            return self.burden
        return self.committee if stage in {StageName.OFFICE_REVIEW, StageName.SIGNING} else self.issuer


@pytest.fixture
def office(county: Unit, department: Unit) -> Office:
    return Office(
        account_of(Role.ISSUER, department),
        account_of(Role.BURDEN_OFFICE, county),
        account_of(Role.COMMITTEE, county),
    )


@pytest.fixture
def draft(county: Unit) -> Draft:
    return Draft(
        Kind.REPORT,
        "关于报送河道巡查情况的通知",
        text="请各村每季度报送一次河道巡查情况。",
        basis=("县委县政府年度计划",),
        starts=date(2026, 3, 1),
        due=date(2026, 6, 30),
        expires=date(2027, 1, 1),
        asks=(QUARTERLY,),
        targets=((county, Level.VILLAGE),),
    )


@pytest.fixture
def demand(department: Unit, draft: Draft, office: Office) -> Demand:
    return draft_demand(issuer=department, draft=draft, by=office.issuer, at=AT)


def pass_until(demand: Demand, office: Office, last: StageName) -> Demand:
    """Submit `demand` and pass every stage up to `last`."""
    submit_demand(demand=demand, by=office.issuer, at=AT)
    for stage in WAY[1 : WAY.index(last) + 1]:
        demand = take_step(demand=demand, stage=stage, outcome=Outcome.PASSED, by=office.for_stage(stage), at=AT)
    return demand


@pytest.fixture
def active(demand: Demand, office: Office) -> Demand:
    return pass_until(demand, office, StageName.NUMBERING)

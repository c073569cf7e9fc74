"""A small county, and accounts with one role each, for the tests of the platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module

import pytest
import pytest_django
from django.apps import apps
from django.db import connection
from django.test import Client

from qingzhuang.apps.orgs.actions import create_account, create_unit, grant_role
from qingzhuang.apps.orgs.enums import Level, Role
from qingzhuang.apps.orgs.models import Account, Unit

AT = datetime(2026, 3, 25, 8, tzinfo=UTC)
SINCE = date(2020, 1, 1)

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
    """Return an account that is `role` for `unit`."""
    account = create_account(username=f"{role}-{unit.code}", password=None, by=None, at=AT)
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

"""What production does not start with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings
from tests.apps.conftest import AT

from qingzhuang.apps.orgs.actions import create_account
from qingzhuang.config.safety import refuse_unsafe

SAFE = "x" * 40


@pytest.fixture
def production(settings: Settings, db: None) -> Settings:
    settings.PRODUCTION, settings.DEBUG = True, False
    settings.SECRET_KEY, settings.FIELD_KEYS = SAFE, [SAFE]
    return settings


def test_a_safe_installation_starts(production: Settings) -> None:
    refuse_unsafe()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", True, "QINGZHUANG_DEBUG"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("FIELD_KEYS", [SAFE, "known to everyone, and so good for a demo alone"], "FIELD_KEYS"),
    ],
)
def test_an_unsafe_setting_is_named(production: Settings, name: str, value: object, said: str) -> None:
    setattr(production, name, value)
    with pytest.raises(ImproperlyConfigured, match=said):
        refuse_unsafe()


def test_a_login_of_the_demo_is_named(production: Settings) -> None:
    create_account(username="shenji", password=None, demo=True, by=None, at=AT)
    with pytest.raises(ImproperlyConfigured, match="shenji"):
        refuse_unsafe()


def test_other_modes_may_do_as_they_like(settings: Settings, db: None) -> None:
    create_account(username="shenji", password=None, demo=True, by=None, at=AT)
    refuse_unsafe()


def test_production_has_no_default_for_a_key(tmp_path: Path) -> None:
    environment = {"QINGZHUANG_MODE": "production", "QINGZHUANG_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "qingzhuang.cli", "serve"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)
    assert done.returncode == 2
    assert "QINGZHUANG_SECRET_KEY" in done.stderr
    assert not (tmp_path / "data").exists()

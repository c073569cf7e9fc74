"""The command as a whole."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.cli.conftest import Command

from qingzhuang.cli import VERBS


def test_help_names_every_verb(qingzhuang: Command) -> None:
    ran = qingzhuang("--help")
    assert ran.code == 0
    assert all(verb in ran.out for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(qingzhuang: Command, verb: str) -> None:
    ran = qingzhuang(verb, "--help")
    assert (ran.code, "Usage" in ran.out) == (0, True)


def test_unknown_verb_and_missing_file_are_usage_errors(qingzhuang: Command) -> None:
    assert qingzhuang("enlighten").code == 2
    assert qingzhuang("lighten", "nowhere.xlsx", "--out", "x").code == 2


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, qingzhuang.cli; print(sorted({'polars', 'numba', 'numpy', 'rich'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"

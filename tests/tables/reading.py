"""Shorthand for tests that read an inventory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingzhuang.domain.channels.inventory import Note
from qingzhuang.tables.errors import BadInput, Problem
from qingzhuang.tables.inventory import InventoryRead, read_inventory

TODAY = date(2026, 3, 25)


def read(path: Path) -> InventoryRead:
    return read_inventory(path, on=TODAY)


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as caught:
        read(path)
    assert caught.value.total == len(caught.value.marked)
    return caught.value.problems


def problem(path: Path) -> Problem:
    (only,) = problems(path)
    return only


def notes(result: InventoryRead, code: str) -> list[Note]:
    return [note for note in result.notes if note.code == code]

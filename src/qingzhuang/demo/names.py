"""The words of the fictional county: lists of `names.toml`, and what each unit's groups are about."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@cache
def _file() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def by_department(key: str) -> dict[str, list[str]]:
    """Return a table of lists, one for each department that has one."""
    table: dict[str, list[str]] = dict(_file()[key])  # type: ignore[arg-type]  # a table of lists
    return table


def names(key: str) -> tuple[str, ...]:
    """Return one list of names; of a table its keys."""
    return tuple(_file()[key])


@dataclass(frozen=True)
class Matters:
    """What groups can be about: `words`, and for each unit the words it has groups for, first ones first, as indices.

    `order[unit, :many[unit]]` are the indices of a unit's words.
    """

    words: tuple[str, ...]
    order: NDArray[np.int64]
    many: NDArray[np.int64]


def matters(units: tuple[str, ...], *, common: str, general: str, own: str | None = None) -> Matters:
    """List for each of `units` what it may have groups for.

    A department has its `own` matters and after them the `common` ones, any other unit the `general` ones (keys of `names.toml`).
    """
    departments = set(names("departments"))
    lists = [
        (*(by_department(own).get(unit, ()) if own else ()), *names(common)) if unit in departments else names(general)
        for unit in units
    ]
    words = tuple(dict.fromkeys(word for each in lists for word in each))
    index = {word: place for place, word in enumerate(words)}
    many = np.array([len(each) for each in lists])
    order = np.zeros((len(units), many.max()), np.int64)
    for row, each in enumerate(lists):
        order[row, : len(each)] = [index[word] for word in each]
    return Matters(words, order, many)

"""What channels are called and what they say they are for: name, platform, category, purpose and task."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingzhuang.demo.block import rank_within
from qingzhuang.demo.kinds import WITH_TASK, Kind
from qingzhuang.demo.names import Matters, matters, names
from qingzhuang.demo.places import FIRST_DEPARTMENT, FIRST_TOWN, layout
from qingzhuang.demo.rows import Rows
from qingzhuang.demo.shapes import Bools, Ints, Standing

GROUP_CATEGORIES = ("领导班子群", "机关群", "乡村振兴群", "工作群", "通知群", "专班群", "临时群", "应急群")
_LEADING_BODY, _OFFICE, _REVIVAL, _WORK, _NOTICE, _TASK_FORCE, _TEMPORARY, _EMERGENCY = range(8)
_TAILS = ("领导班子群", "机关工作群", "工作群", "工作群", "通知群", "专班群", "临时工作群", "应急群")
_STANDING_PURPOSES = ("", "班子议事", "机关事务", "乡村振兴")
_STANDING_THEMES = ("", "", "", "乡村振兴")
_DUPLICATE_TAILS = ("联络群", "信息群", "交流群")
_CONTAINED_TAILS = ("骨干群", "迎检材料群")
GROUP_PLATFORMS = ("wechat", "qq", "dingtalk", "wecom")

APP_CATEGORIES = ("政务APP", "政务小程序", "政务公众号")
APP_PLATFORMS = ("app", "mini-program", "public-account")
BRANDS = names("brands")
FUNCTIONS = names("functions")


@dataclass(frozen=True)
class Labels:
    """Name, platform, category, purpose and task of each channel; `category_code` counts in the categories of groups or apps."""

    name: pl.Series
    platform: pl.Series
    category: pl.Series
    category_code: Ints
    purpose: pl.Series
    task: pl.Series


def label_groups(rows: Rows, units: pl.Series, rng: np.random.Generator) -> Labels:
    """Name groups as one does: unit, matter, what it is; what was made from another has its matter.

    `units` are the names of the units of all counties.
    """
    code = _group_categories(rows, rng)
    theme = _themes(rows, code)
    with_task = np.isin(rows.kind, WITH_TASK) & ((code == _TASK_FORCE) | (rows.kind != Kind.FINISHED))
    themes, purposes = pl.Series(_all_themes().names), pl.Series(_all_themes().purposes)
    short = _short_units(rows, units)
    table = pl.DataFrame({"unit": short, "theme": themes.gather(theme), "tail": _tails(rows, code)})
    task = pl.select(pl.when(pl.lit(pl.Series(with_task))).then(pl.lit(table["unit"] + table["theme"]))).to_series()
    return Labels(
        name=table.select(pl.concat_str("unit", "theme", "tail")).to_series(),
        platform=pl.Series(GROUP_PLATFORMS).gather(rng.choice(4, len(rows), p=[0.74, 0.12, 0.07, 0.07])),
        category=pl.Series(GROUP_CATEGORIES).gather(code),
        category_code=code,
        purpose=purposes.gather(theme),
        task=task,
    )


def label_apps(rows: Rows, units: pl.Series, rng: np.random.Generator) -> Labels:
    """Name apps by unit and brand; a duplicate has the functions of its hub in another order."""
    code = rng.choice(3, len(rows), p=[0.5, 0.3, 0.2])
    brand = pl.Series(BRANDS).gather((rng.integers(0, len(BRANDS), len(rows)) + rows.ordinal) % len(BRANDS))
    tail = pl.Series(("APP", "小程序", "公众号")).gather(code)
    table = pl.DataFrame({"unit": _short_units(rows, units), "brand": brand, "tail": tail})
    return Labels(
        name=table.select(pl.concat_str("unit", "brand", "tail")).to_series(),
        platform=pl.Series(APP_PLATFORMS).gather(code),
        category=pl.Series(APP_CATEGORIES).gather(code),
        category_code=code,
        purpose=_functions(rows, rng),
        task=pl.Series([None], dtype=pl.String()).new_from_index(0, len(rows)),
    )


def _short_units(rows: Rows, units: pl.Series) -> pl.Series:
    """Return the units as they are called within their county."""
    names = pl.Series(layout().names).gather(rows.slot)
    return pl.select(
        pl.when(pl.lit(pl.Series(rows.slot == 0))).then(pl.lit(units.gather(rows.unit))).otherwise(pl.lit(names))
    ).to_series()


def _group_categories(rows: Rows, rng: np.random.Generator) -> Ints:
    count = len(rows)
    by_kind = {
        Kind.EMERGENCY: np.full(count, _EMERGENCY),
        Kind.HUB_BY_TASK: np.full(count, _TASK_FORCE),
        Kind.TEMPORARY: rng.choice([_TASK_FORCE, _TEMPORARY], count, p=[0.7, 0.3]),
        Kind.FINISHED: rng.choice([_TASK_FORCE, _TEMPORARY], count, p=[0.8, 0.2]),
        Kind.ZOMBIE: rng.choice([_WORK, _NOTICE, _REVIVAL], count, p=[0.6, 0.35, 0.05]),
        Kind.PLAIN: rng.choice([_WORK, _NOTICE], count, p=[0.8, 0.2]),
        Kind.DUPLICATE: rng.choice([_WORK, _NOTICE], count, p=[0.6, 0.4]),
        Kind.CONTAINED: rng.choice([_WORK, _NOTICE], count, p=[0.7, 0.3]),
    }
    code = np.full(count, _WORK)
    for kind, drawn in by_kind.items():
        code = np.where(rows.kind == kind, drawn, code)
    for what, category in zip(list(Standing)[1:], (_LEADING_BODY, _OFFICE, _REVIVAL), strict=True):
        code[rows.standing == what] = category
    return code


@dataclass(frozen=True)
class _Themes:
    """What groups are about: all words, and those of each unit for ordinary groups, tasks and emergencies, counted in all words."""

    names: tuple[str, ...]
    purposes: tuple[str, ...]
    lines: Matters
    tasks: Matters
    emergencies: Matters
    first: tuple[int, int, int]


@cache
def _all_themes() -> _Themes:
    units = layout().names
    lines = matters(units, own="department_lines", common="office_lines", general="lines")
    tasks = matters(units, common="office_tasks", general="tasks")
    emergencies = matters(units, own="emergencies", common="no_lines", general="no_lines")
    parts = (lines.words, tasks.words, emergencies.words)
    first = np.cumsum([len(_STANDING_THEMES), *map(len, parts)])
    return _Themes(
        (*_STANDING_THEMES, *chain(*parts)),
        (*_STANDING_PURPOSES, *chain(*parts)),
        lines,
        tasks,
        emergencies,
        (int(first[0]), int(first[1]), int(first[2])),
    )


def _themes(rows: Rows, code: Ints) -> Ints:
    """Return what each group is about; a unit has one group of its own for a matter, until it has had all."""
    every = _all_themes()
    theme = rows.standing.copy()
    task = np.isin(rows.kind, WITH_TASK)
    emergency = rows.kind == Kind.EMERGENCY
    own = (rows.parent < 0) & (rows.standing == Standing.NOT) & (code != _REVIVAL)
    theme[code == _REVIVAL] = Standing.REVIVAL
    marked = (own & ~task & ~emergency, own & task, own & emergency)
    for which, words, first in zip(marked, (every.lines, every.tasks, every.emergencies), every.first, strict=True):
        unit, slot = rows.unit[which], rows.slot[which]
        department = (slot >= FIRST_DEPARTMENT) & (slot < FIRST_TOWN)  # its own matters come first
        turn = rank_within(unit) + np.where(department, 0, unit * 7)
        theme[which] = first + words.order[slot, turn % words.many[slot]]
    return np.where(rows.parent >= 0, theme[rows.parent], theme)


def _tails(rows: Rows, code: Ints) -> pl.Series:
    tails = pl.Series([*_TAILS, *_DUPLICATE_TAILS, *_CONTAINED_TAILS])
    index = np.where(rows.kind == Kind.DUPLICATE, len(_TAILS) + rows.ordinal % len(_DUPLICATE_TAILS), code)
    first = len(_TAILS) + len(_DUPLICATE_TAILS)
    index = np.where(rows.kind == Kind.CONTAINED, first + rows.ordinal % len(_CONTAINED_TAILS), index)
    return tails.gather(index)


def _functions(rows: Rows, rng: np.random.Generator) -> pl.Series:
    """Draw two to four functions for each app; three different steps from a random one name them."""
    count = len(rows)
    steps = np.sort(rng.permuted(np.tile(np.arange(1, len(FUNCTIONS)), (count, 1)), axis=1)[:, :3], axis=1)
    first = rng.integers(0, len(FUNCTIONS), (count, 1))
    picked = (first + np.c_[np.zeros(count, np.int64), steps]) % len(FUNCTIONS)
    many = rng.integers(2, 5, count)
    origin = np.where(rows.parent >= 0, rows.parent, np.arange(count))
    words: NDArray[np.str_] = np.array(FUNCTIONS)
    lists = [words[picked[row][: many[row]]].tolist() for row in origin.tolist()]
    reverse: Bools = rows.kind == Kind.DUPLICATE
    return pl.Series(
        ["、".join(names[::-1] if back else names) for names, back in zip(lists, reverse.tolist(), strict=True)],
        dtype=pl.String(),
    )

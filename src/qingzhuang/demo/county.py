"""A fictional county with its groups, apps and people, and the truth that was planted in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from qingzhuang.demo.block import draw_block
from qingzhuang.demo.days import draw_days
from qingzhuang.demo.kinds import APPS, GROUPS, Kind, Mix
from qingzhuang.demo.labels import label_apps, label_groups
from qingzhuang.demo.papers import make_papers
from qingzhuang.demo.places import LEFT_PER_COUNTY, UNITS, layout
from qingzhuang.demo.planted import Planted, channel_table, membership_table
from qingzhuang.demo.rows import Rows, flatten, join, people_per_county
from qingzhuang.demo.truth import Mayor, Truth
from qingzhuang.demo.units import UnitTable, unit_table
from qingzhuang.domain.channels.inventory import CHANNELS, MEMBERSHIPS, PEOPLE, Inventory
from qingzhuang.domain.channels.inventory import UNITS as UNIT_COLUMNS

PER_COUNTY = 680
"""A county has no more groups than this; more groups are more counties, with as many more towns and people."""
GROUPS_PER_APP = 16
MAYOR_IN, FULL = 52, 320
"""The mayor is in 52 groups, in a county of fewer than 320 groups in proportion fewer."""


@dataclass(frozen=True)
class County:
    """What is handed in, and what should be found in it."""

    inventory: Inventory
    truth: Truth


def make_county(
    *, channels: int = 640, seed: int = 1, on: date, progress: Callable[[int, int], None] | None = None
) -> County:
    """Make a fictional county of `channels` groups, and an app for every sixteen, as it stands on the day `on`.

    The same arguments give the same county. More than `PER_COUNTY` groups make several counties under prefectures. `progress` is
    told how many counties are drawn, of how many. Raises ValueError for fewer than one channel or a negative seed.
    """
    if channels < 1 or seed < 0:
        raise ValueError(f"channels {channels}, seed {seed}")
    counties = -(-channels // PER_COUNTY)
    groups, apps = _draw(channels, counties, seed, progress)
    rng = np.random.default_rng([seed, 2])
    table = unit_table(counties)
    units = pl.Series(table.names)
    people = _ids("P", counties * people_per_county(), 5)
    planted_groups = _planted("G", GROUPS, groups, units, on, rng)
    planted_apps = _planted("A", APPS, apps, units, on, rng)
    both = (planted_groups, planted_apps)
    inventory = Inventory(
        channels=pl.concat([channel_table(each, units, people, on, rng) for each in both]),
        memberships=pl.concat([membership_table(each, people) for each in both]),
        people=_people(people, units, counties, on, rng),
        units=_units(table),
        given=_GIVEN,
    )
    return County(inventory, _truth(planted_groups, planted_apps, people, seed, on))


_NOT_GIVEN = {"channels.head_count", "channels.last_work_message", "people.name"}
_GIVEN = frozenset(
    f"{table}.{column}"
    for table, schema in {
        "channels": CHANNELS,
        "memberships": MEMBERSHIPS,
        "people": PEOPLE,
        "units": UNIT_COLUMNS,
    }.items()
    for column in schema
) - frozenset(_NOT_GIVEN)


def _draw(channels: int, counties: int, seed: int, progress: Callable[[int, int], None] | None) -> tuple[Rows, Rows]:
    groups, apps = [], []
    for county in range(counties):
        many = _share(channels, county, counties)
        mayor_in = min(MAYOR_IN, MAYOR_IN * many // FULL)
        rng = np.random.default_rng([seed, 1, county])
        groups.append(flatten(draw_block(GROUPS, many, rng, mayor_in=mayor_in), county))
        apps.append(flatten(draw_block(APPS, _share(channels // GROUPS_PER_APP, county, counties), rng), county))
        if progress:
            progress(county + 1, counties)
    return join(groups), join(apps)


def _share(whole: int, part: int, parts: int) -> int:
    return whole * (part + 1) // parts - whole * part // parts


def _ids(letter: str, count: int, width: int) -> pl.Series:
    number = pl.int_range(1, count + 1, eager=True).cast(pl.String()).str.zfill(max(width, len(str(count))))
    return letter + number


def _planted(letter: str, mix: Mix, rows: Rows, units: pl.Series, on: date, rng: np.random.Generator) -> Planted:
    labels = (label_groups if mix is GROUPS else label_apps)(rows, units, rng)
    days = draw_days(rows, rng)
    papers = make_papers(mix, rows, labels, days, on, rng)
    return Planted(_ids(letter, len(rows), 4), rows, labels, days, papers)


def _people(ids: pl.Series, units: pl.Series, counties: int, on: date, rng: np.random.Generator) -> pl.DataFrame:
    plan = layout()
    unit = (np.arange(counties)[:, None] * UNITS + plan.person_unit).ravel()
    left = np.tile(np.arange(people_per_county()) >= plan.active, counties)
    left_on = np.datetime64(on, "D") - rng.integers(20, 900, counties * LEFT_PER_COUNTY)
    days = np.full(len(left), np.datetime64("NaT"), "datetime64[D]")
    days[left] = left_on
    return pl.DataFrame(
        {
            "person_id": ids,
            "name": pl.Series([None], dtype=pl.String()).new_from_index(0, len(ids)),
            "unit": units.gather(unit),
            "post": pl.Series(plan.posts).gather(np.tile(np.arange(people_per_county()), counties)),
            "left_on": pl.Series(days),
        },
        schema=PEOPLE,
    )


def _units(table: UnitTable) -> pl.DataFrame:
    return pl.DataFrame({"unit": table.names, "parent": table.parents, "level": table.levels}, schema=UNIT_COLUMNS)


def _truth(groups: Planted, apps: Planted, people: pl.Series, seed: int, on: date) -> Truth:
    both = (groups, apps)
    finished, empty = Kind.FINISHED, Kind.EMPTY
    return Truth(
        as_of=on,
        seed=seed,
        zombie=sum((each.named(each.zombie) for each in both), ()),
        finished=sum((each.named(each.rows.kind == finished) for each in both), ()),
        empty=sum((each.named(each.rows.kind == empty) for each in both), ()),
        duplicate=groups.duplicates() + apps.duplicates(),
        contained=groups.contained() + apps.contained(),
        ownerless=sum((each.named(each.papers.ownerless) for each in both), ()),
        unapproved=sum((each.named(each.papers.unapproved) for each in both), ()),
        secrecy_mismatch=groups.named(groups.papers.mismatched),
        should_go=groups.named(groups.goes),
        apps_should_go=apps.named(apps.goes),
        must_stay={**groups.must_stay(), **apps.must_stay()},
        mayor=_mayor(groups, people),
    )


def _mayor(groups: Planted, people: pl.Series) -> Mayor:
    slot = layout().mayor
    row = np.searchsorted(groups.rows.start, np.flatnonzero(groups.rows.person == slot), side="right") - 1
    return Mayor(people[slot], before=len(row), after=int((~groups.goes[row]).sum()))

"""The groups, or the apps, of one county: which there are, who is in which, how much is said, and that the planted truth is true.

A draw is settled when no two live channels save by a merge but those planted to; one that cannot be settled is drawn again,
so that the truth holds by construction and not by luck.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qingzhuang.demo.kinds import HUBS, Kind, Mix
from qingzhuang.demo.members import draw_members
from qingzhuang.demo.names import names
from qingzhuang.demo.places import COUNTY, DEPARTMENTS, FIRST_DEPARTMENT, FIRST_TOWN, FIRST_VILLAGE, UNITS
from qingzhuang.demo.settle import settled
from qingzhuang.demo.shapes import Block, Ints, Standing

_MANY_ATTEMPTS = 500
_TIERS = ((FIRST_DEPARTMENT, FIRST_TOWN), (FIRST_TOWN, FIRST_VILLAGE), (FIRST_VILLAGE, UNITS))


def draw_block(mix: Mix, channels: int, rng: np.random.Generator, *, mayor_in: int = 0) -> Block:
    """Draw `channels` channels of one county in no order; the mayor is in `mayor_in` of them, as far as there are so many."""
    frame = _frame(mix, channels, rng)
    for _ in range(_MANY_ATTEMPTS):
        drawn = draw_members(mix, frame, rng, mayor_in=mayor_in)
        monthly = settled(drawn)
        if monthly is not None:
            return _shuffled(replace(drawn, monthly=monthly), rng)
    raise AssertionError("no draw of this county could be settled")


def _frame(mix: Mix, channels: int, rng: np.random.Generator) -> Block:
    """Decide kinds, parents and units; members and messages are still empty."""
    quotas = mix.quotas(channels)
    kind = np.repeat(np.array(sorted(quotas)), [quotas[each] for each in sorted(quotas)])
    parent = np.full(channels, -1)
    parent[kind == Kind.DUPLICATE] = _shared_out(np.flatnonzero(np.isin(kind, HUBS)), quotas.get(Kind.DUPLICATE, 0))
    parent[kind == Kind.CONTAINED] = _shared_out(np.flatnonzero(kind == Kind.CONTAINER), quotas.get(Kind.CONTAINED, 0))
    unit, standing = _units(mix, kind, rng)
    unit = np.where(parent >= 0, unit[parent], unit)
    none = np.zeros(channels, np.int64)
    ordinal = np.where(parent >= 0, rank_within(parent), 0)
    return Block(kind, parent, ordinal, unit, standing, none, np.zeros((channels, 0), np.bool_))


def _shared_out(parents: Ints, children: int) -> Ints:
    return parents[np.arange(children) % len(parents)] if children else np.zeros(0, np.int64)


def rank_within(group: Ints) -> Ints:
    """Number the rows of each group from 0, in their order."""
    order = np.argsort(group, kind="stable")
    changes = np.flatnonzero(np.diff(group[order])) + 1
    lengths = np.diff(np.r_[0, changes, len(group)])
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(np.r_[0, changes], lengths)
    return rank


def _units(mix: Mix, kind: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Give every channel a unit: quiet live ones to departments and towns in turn, so that their members differ; others to any."""
    count = len(kind)
    turns = [_in_turn(low, high, count, rng) for low, high in _TIERS]
    unit = np.choose(np.searchsorted([0.4, 0.75], rng.random(count)), turns)
    spread = np.isin(kind, (*HUBS, Kind.CONTAINER, Kind.TEMPORARY)) | (not mix.standing)
    unit[spread] = _in_turn(FIRST_DEPARTMENT, FIRST_VILLAGE, int(spread.sum()), rng)
    leads = FIRST_DEPARTMENT + np.flatnonzero(np.isin(DEPARTMENTS, names("emergencies")))
    emergency = kind == Kind.EMERGENCY
    unit[emergency] = rng.permutation(leads)[np.arange(int(emergency.sum())) % len(leads)]
    standing = np.zeros(count, np.int64)
    if mix.standing:
        towns = np.arange(FIRST_TOWN, FIRST_VILLAGE)
        offices = np.arange(FIRST_DEPARTMENT, FIRST_TOWN, 2)
        seats = np.r_[COUNTY, towns, towns, COUNTY, towns, offices]
        what = np.repeat(
            [Standing.LEADING_BODY, Standing.OFFICE, Standing.REVIVAL, Standing.OFFICE],
            [1 + len(towns), len(towns), 1 + len(towns), len(offices)],
        )
        rows = np.flatnonzero(kind == Kind.PLAIN)[: len(seats)]
        unit[rows], standing[rows] = seats[: len(rows)], what[: len(rows)]
    return unit, standing


def _in_turn(low: int, high: int, count: int, rng: np.random.Generator) -> Ints:
    """Return `count` units from `low` to below `high`, each as often as any other, in a random order."""
    turn = low + rng.permutation(high - low)
    return turn[np.arange(count) % len(turn)]


def _shuffled(block: Block, rng: np.random.Generator) -> Block:
    order = rng.permutation(len(block))
    where = np.empty(len(block), np.int64)
    where[order] = np.arange(len(block))
    parent = block.parent[order]
    return Block(
        kind=block.kind[order],
        parent=np.where(parent >= 0, where[parent], -1),
        ordinal=block.ordinal[order],
        unit=block.unit[order],
        standing=block.standing[order],
        monthly=block.monthly[order],
        members=block.members[order],
    )

"""Who is in which channel of one county.

Members are drawn without replacement, near people before far ones (the n smallest of exponential keys divided by weights: Efraimidis and
Spirakis 2006). Duplicates and contained channels are made from their parent's members.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from qingzhuang.demo.kinds import DEAD, HUBS, Kind, Mix, Size
from qingzhuang.demo.places import (
    FIRST_DEPARTMENT,
    FIRST_TOWN,
    FIRST_VILLAGE,
    LEADER,
    OTHER_DEPARTMENT,
    OTHER_TOWN,
    OTHER_VILLAGE,
    OWN,
    OWN_TOWN,
    OWN_VILLAGE,
    layout,
)
from qingzhuang.demo.settle import CARRYING, EXPOSING
from qingzhuang.demo.shapes import Block, Bools, Floats, Ints, Standing

LARGE = 40
"""A group of more members than this spans the county: no town has so many people of its own."""

MAYOR_KEEPS = 10
"""Of the groups that the mayor is in, as many stay (of 52; fewer of fewer)."""

MOST = 40
"""Nobody but the mayor is in more groups than this, as far as leaving dead ones goes."""

_WEIGHTS = {  # in a channel of the unit's own, and in one across units
    OWN: (9, 9),
    OWN_TOWN: (5, 2),
    OWN_VILLAGE: (4, 2),
    LEADER: (0.5, 0.8),
    OTHER_DEPARTMENT: (0.28, 0.6),
    OTHER_TOWN: (0.14, 0.65),
    OTHER_VILLAGE: (0.1, 0.6),
}
_FAR = np.float32(1e30)


def draw_members(mix: Mix, frame: Block, rng: np.random.Generator, *, mayor_in: int) -> Block:
    """Draw members and messages for `frame`; the mayor comes in at the end, in `mayor_in` channels where so many take one."""
    sizes = _log_normal(mix.members, frame.kind, rng)
    sizes = np.where(frame.standing == Standing.LEADING_BODY, np.minimum(sizes, 14), sizes)
    sizes = np.where(frame.standing != Standing.NOT, np.minimum(sizes, LARGE), sizes)
    unit = _seated(mix, frame, sizes, rng)
    monthly = _log_normal(mix.messages, frame.kind, rng)
    across = (sizes > LARGE) | ~np.isin(frame.kind, (Kind.PLAIN, Kind.ZOMBIE, Kind.FINISHED))
    own = frame.parent < 0
    members = np.zeros((len(frame), layout().active), np.bool_)
    keys = rng.standard_exponential((int(own.sum()), members.shape[1]), np.float32)
    members[own] = _smallest(keys * _distance()[across[own].astype(int), unit[own]], sizes[own])
    drawn = replace(frame, unit=unit, monthly=monthly, members=members)
    _make_duplicates(drawn, rng)
    _make_contained(drawn, rng)
    if mix.standing:
        _spare(drawn, rng)
    _seat_mayor(drawn, mayor_in)
    return drawn


def _seated(mix: Mix, frame: Block, sizes: Ints, rng: np.random.Generator) -> Ints:
    """Return the units again, a large group of a town or village moved to a department."""
    if not mix.standing:
        return frame.unit
    large = (sizes > LARGE) & (frame.unit >= FIRST_TOWN)
    unit = np.where(large, rng.integers(FIRST_DEPARTMENT, FIRST_TOWN, len(frame)), frame.unit)
    return np.where(frame.parent >= 0, unit[frame.parent], unit)


@cache
def _distance() -> Floats:
    """Return how far a person is from a unit, as one over the weight: (own, across) × unit × person; the mayor is out of reach."""
    plan = layout()
    weight = np.array([_WEIGHTS[code] for code in range(len(_WEIGHTS))], np.float32).T
    distance = (1 / (weight[:, plan.relation] * plan.pull)).astype(np.float32)
    distance[..., plan.mayor] = _FAR
    return distance


def _log_normal(sizes: Mapping[Kind, Size], kind: Ints, rng: np.random.Generator) -> Ints:
    table = np.zeros((len(Kind), 4))
    for each, size in sizes.items():
        table[each] = size.median, size.sigma, size.least, size.most
    median, sigma, least, most = table[kind].T
    drawn = np.round(median * np.exp(sigma * rng.standard_normal(len(kind))))
    clipped: Ints = np.clip(drawn, least, most).astype(np.int64)
    return clipped


def _smallest(keys: Floats, counts: Ints) -> Bools:
    """Mark in each row the `counts` smallest keys."""
    limit = np.sort(keys, axis=1)[np.arange(len(keys)), np.maximum(counts - 1, 0)]
    return (keys <= limit[:, None]) & (counts > 0)[:, None]


def _ranks(drawn: Block, parents: Ints, rng: np.random.Generator) -> Ints:
    """Put the members of each of `parents` in a random order: their ranks, those of others come after."""
    keys = rng.random((len(parents), drawn.members.shape[1]), np.float32)
    keys[~drawn.members[parents]] += 1
    ranks = np.empty(keys.shape, np.int64)
    np.put_along_axis(ranks, np.argsort(keys, axis=1), np.arange(keys.shape[1])[None, :], axis=1)
    return ranks


def _outsiders(drawn: Block, parents: Ints, counts: Ints, rng: np.random.Generator) -> Bools:
    keys = rng.random((len(parents), drawn.members.shape[1]), np.float32)
    keys[drawn.members[parents]] += 1
    keys[:, layout().mayor] += 1
    return _smallest(keys, counts)


def _make_duplicates(drawn: Block, rng: np.random.Generator) -> None:
    """Give each duplicate its hub's members less a few, and, where the hub stays whatever it costs, plus a few.

    Duplicates of a hub that stays because that is cheapest lack different people each and have nobody of their own: so none
    would serve as well.
    """
    rows = np.flatnonzero(drawn.kind == Kind.DUPLICATE)
    if not len(rows):
        return
    hubs, of_row = np.unique(drawn.parent[rows], return_inverse=True)
    rank = _ranks(drawn, hubs, rng)[of_row]
    size = drawn.members[drawn.parent[rows]].sum(axis=1)
    by_cost = drawn.kind[drawn.parent[rows]] == Kind.HUB_BY_COST
    most = np.maximum(size // 10, 1)
    lacks = rng.integers(by_cost, most + 1)
    extra = np.where(by_cost, 0, rng.integers(0, np.maximum(size // 20, 1) + 1))
    start = (drawn.ordinal[rows] * most)[:, None]
    gone = (rank >= start) & (rank < start + lacks[:, None])
    drawn.members[rows] = drawn.members[drawn.parent[rows]] & ~gone | _outsiders(drawn, drawn.parent[rows], extra, rng)


def _make_contained(drawn: Block, rng: np.random.Generator) -> None:
    """Give each contained channel two thirds of its container's members, from the other end than its sibling.

    So each saves by going into the container, and not into its sibling. Some have one person more, where that still saves.
    """
    rows = np.flatnonzero(drawn.kind == Kind.CONTAINED)
    if not len(rows):
        return
    containers, of_row = np.unique(drawn.parent[rows], return_inverse=True)
    rank = _ranks(drawn, containers, rng)[of_row]
    size = drawn.members[drawn.parent[rows]].sum(axis=1)
    part = np.floor(size * rng.uniform(0.64, 0.7, len(rows))).astype(np.int64)
    first = drawn.ordinal[rows] == 0
    start = np.where(first, 0, size - part)[:, None]
    inside = (rank >= start) & (rank < start + part[:, None])
    week = drawn.monthly * 7 / 30
    saving = CARRYING * part - (week[rows] + EXPOSING) * (size - part) - (week[drawn.parent[rows]] + EXPOSING)
    extra = ((saving > 60) & (rng.random(len(rows)) < 0.6)).astype(np.int64)
    drawn.members[rows] = inside | _outsiders(drawn, drawn.parent[rows], extra, rng)


def _spare(drawn: Block, rng: np.random.Generator) -> None:
    """Take whoever is in more than `MOST` groups out of some dead ones, so that nobody is burdened like the mayor."""
    dead = np.flatnonzero(np.isin(drawn.kind, DEAD))
    over = drawn.members.sum(axis=0) - MOST
    for person in np.flatnonzero(over > 0):
        rows = dead[drawn.members[dead, person]]
        drawn.members[rng.permutation(rows)[: over[person]], person] = False


def _seat_mayor(drawn: Block, mayor_in: int) -> None:
    """Put the mayor in the town's standing groups, in hubs with all their duplicates, and for the rest in dead groups, the town's first."""
    mayor = layout().mayor
    keeps = MAYOR_KEEPS * mayor_in // 52
    near = np.where(drawn.unit == FIRST_TOWN, 0, np.where(drawn.unit < FIRST_TOWN, 1, 2))
    near = np.where(drawn.unit >= FIRST_VILLAGE, 3, near)
    chosen = list(np.flatnonzero((drawn.standing != Standing.NOT) & (near == 0))[:keeps])
    left = mayor_in - len(chosen)
    hubs = np.flatnonzero(np.isin(drawn.kind, HUBS))
    for hub in hubs[np.argsort(near[hubs], kind="stable")][: keeps - len(chosen)]:
        family = [hub, *np.flatnonzero(drawn.parent == hub)]
        if len(family) <= left:
            chosen += family
            left -= len(family)
    dead = np.flatnonzero(np.isin(drawn.kind, DEAD) & (drawn.kind != Kind.EMPTY))
    chosen += list(dead[np.argsort(near[dead], kind="stable")][:left])
    drawn.members[chosen, mayor] = True

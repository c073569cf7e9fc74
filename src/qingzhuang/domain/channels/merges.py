"""Which channel may be merged into which, and what it costs (合并方案的候选).

With members A, weekly messages m and the rules' costs a (carrying a channel) and e (exposing a person), keeping j
costs (m_j + a)·|A_j| and merging i into j costs m_i·|A_i ∪ A_j| + (m_j + a)·|A_i − A_j| + e·(|A_i − A_j| + |A_j −
A_i|), all in messages a week.

No candidate that any best plan could use is left out: a merge that nobody demands is of use only where it costs less
than keeping, that is where (m_i + e)·|A_j − A_i| + (m_j + e)·|A_i − A_j| < a·|A_i ∩ A_j|, and such pairs pass
`ChannelRules.saving_jaccard`; for a channel that must go, every channel that shares the part of its members that the
rules want is one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import polars as pl

from qingzhuang.domain.channels.census import Bools, Census, Floats, Ints
from qingzhuang.domain.channels.inventory import Secrecy
from qingzhuang.domain.channels.rules import ChannelRules

RESTRICTED = list(Secrecy).index(Secrecy.RESTRICTED)
ROWS_AT_ONCE = 20_000_000


@dataclass(frozen=True)
class Standing:
    """What is settled of each channel before anything is optimised; masks over channels (n,).

    `live`: neither zombie nor finished nor empty. `frozen`: declared restricted on a public platform, so nothing is
    done with it. `must_keep`, `must_go`: by the county's lists, or by findings that the rules say must go. `busy`:
    it has a current task."""

    live: Bools
    frozen: Bools
    must_keep: Bools
    must_go: Bools
    busy: Bools

    @property
    def stays_anyway(self) -> Bools:
        """Channels kept whatever the optimum."""
        return self.must_keep | self.frozen

    @property
    def movable(self) -> Bools:
        """Live channels that may be merged into another."""
        return self.live & ~self.stays_anyway

    @property
    def open_to_others(self) -> Bools:
        """Channels that others may be merged into: kept or live, and not to go themselves."""
        return (self.live | self.must_keep) & ~self.frozen & ~self.must_go


@dataclass(frozen=True)
class Merges:
    """Merges of row `source` into row `target`, arrays (k,), in their order: `shared` members, `cost` in messages a week."""

    source: Ints
    target: Ints
    shared: Ints
    cost: Floats

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.source)

    def take(self, chosen: Bools) -> Merges:
        """Return those that `chosen` (k,) marks."""
        return Merges(self.source[chosen], self.target[chosen], self.shared[chosen], self.cost[chosen])


def keeping_cost(census: Census, rules: ChannelRules) -> Floats:
    """Return what keeping each channel costs, (n,), in messages a week."""
    return (census.weekly + float(rules.carry)) * census.size


def candidate_merges(census: Census, rules: ChannelRules, standing: Standing, pairs: pl.DataFrame) -> Merges:
    """Return every permitted merge that a best plan could use: those that save, from `pairs`, and all of the channels that must go."""
    there = np.concatenate([pairs["a"].to_numpy(), pairs["b"].to_numpy()])
    back = np.concatenate([pairs["b"].to_numpy(), pairs["a"].to_numpy()])
    shared = np.concatenate([pairs["shared"].to_numpy()] * 2)
    free = ~standing.must_go[there]
    chosen = _priced(census, rules, there[free], back[free], shared[free])
    saving = permitted(census, rules, standing, chosen) & (chosen.cost < keeping_cost(census, rules)[chosen.source])
    demanded = _merges_of_those_that_must_go(census, rules, standing)
    return _in_order(chosen.take(saving), demanded.take(permitted(census, rules, standing, demanded)))


def permitted(census: Census, rules: ChannelRules, standing: Standing, merges: Merges) -> Bools:
    """Tell for each of `merges` whether the rules permit it, (k,).

    Content never moves to lower secrecy, nobody is added to a restricted channel, a channel with a current task goes
    only to one of its category and unit line, the two have in common what the rules want, and no more outsiders are
    added than they allow."""
    i, j = merges.source, merges.target
    added = census.size[i] - merges.shared
    line, category = census.on_line(i, j), census.same("category_key", i, j)
    ways = {"category": category, "unit-line": line, "purpose": census.same("purpose_key", i, j)}
    related = np.zeros(len(merges), np.bool_)
    for kind, of_kind in (("app", census.is_app[i]), ("group", ~census.is_app[i])):
        for way in rules.merge_needs[kind]:
            related |= of_kind & ways[way]
    outsiders = rules.max_outsider_share
    allowed: Bools = (
        standing.movable[i]
        & standing.open_to_others[j]
        & census.known[i]
        & census.known[j]
        & (census.is_app[i] == census.is_app[j])
        & (census.level[i] <= census.level[j])
        & ((census.level[j] != RESTRICTED) | (added == 0))
        & (~standing.busy[i] | (line & category))
        & related
        & (added <= rules.max_outsiders)
        & (added * outsiders.denominator <= outsiders.numerator * census.size[i])
    )
    return allowed


def _priced(census: Census, rules: ChannelRules, source: Ints, target: Ints, shared: Ints) -> Merges:
    carry, expose = float(rules.carry), float(rules.expose)
    added, shown = census.size[source] - shared, census.size[target] - shared
    union = census.size[source] + shown
    weekly_in, weekly_at = census.weekly[source], census.weekly[target]
    cost = weekly_in * union + (weekly_at + carry) * added + expose * (added + shown)
    return Merges(source, target, shared, cost)


def _merges_of_those_that_must_go(census: Census, rules: ChannelRules, standing: Standing) -> Merges:
    """Join the members of the channels that must go with those of the channels that others may be merged into, a bounded part at a time."""
    goes, stays = standing.movable & standing.must_go, standing.open_to_others
    memberships = pl.DataFrame({"row": census.sets, "member": census.members})
    going, staying = memberships.filter(goes[census.sets]), memberships.filter(stays[census.sets])
    met = going.join(staying.group_by("member").len("met"), on="member").group_by("row").agg(pl.sum("met")).sort("row")
    if met.is_empty():
        nothing = np.zeros(0, np.int64)
        return Merges(nothing, nothing, nothing, np.zeros(0))
    wanted: Fraction = 1 - rules.max_outsider_share
    size = pl.DataFrame({"row": np.arange(len(census.size)), "size": census.size})
    parts = met.with_columns(part=pl.col("met").cum_sum() // ROWS_AT_ONCE)
    found = []
    for _, part in parts.group_by("part", maintain_order=True):
        shared = (
            going.join(part.select("row"), on="row", how="semi")
            .join(staying, on="member", suffix="_target")
            .group_by("row", "row_target")
            .len("shared")
            .join(size, on="row")
            .filter(pl.col("shared").cast(pl.Int64) * wanted.denominator >= pl.col("size") * wanted.numerator)
        )
        found.append(shared.select("row", "row_target", pl.col("shared").cast(pl.Int64)))
    rows = pl.concat(found)
    return _priced(census, rules, *(rows[name].to_numpy() for name in ("row", "row_target", "shared")))


def _in_order(*parts: Merges) -> Merges:
    source, target, shared, cost = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("source", "target", "shared", "cost")
    )
    order = np.lexsort((target, source))
    return Merges(source[order], target[order], shared[order], cost[order])

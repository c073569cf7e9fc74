"""The plan (整合方案): for each channel keep, dissolve, or merge into a kept one, at the least burden that still
reaches everyone.

Live channels are kept or merged, never dissolved; the others are dissolved or, if they must be kept, kept. The
choice among the permitted merges is a facility location problem (`engines.cover`): every live channel is served by
itself, if it is kept, or by the kept channel that it is merged into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from qingzhuang.domain.channels.census import DAYS_COUNTED, Bools, Census, Floats, Ints
from qingzhuang.domain.channels.findings import alike, holds
from qingzhuang.domain.channels.merges import Merges, Standing, candidate_merges, keeping_cost
from qingzhuang.domain.channels.result import Action, Bound, Code, ReasonCode, Step
from qingzhuang.domain.channels.rules import ChannelRules
from qingzhuang.engines.cover import facility_location

DISSOLVED = -1
DEAD = (Code.ZOMBIE, Code.FINISHED, Code.EMPTY)


@dataclass(frozen=True)
class Plan:
    """`into` (n,): the row that each channel's members are in afterwards, its own if it is kept, -1 if it is dissolved.

    `stuck` are the rows of channels that must go and have no permitted target. `merges` are the merges done, one for
    each merged channel."""

    into: Ints
    stuck: Ints
    merges: Merges
    bound: Bound
    solved: Mapping[str, int]


def standing_of(census: Census, rules: ChannelRules, state: pl.DataFrame) -> Standing:
    """Say what is settled of each channel by its findings and the county's lists."""
    frozen = holds(state, Code.SECRECY_MISMATCH)
    must_keep = census.row_of(rules.must_keep)
    by_findings = holds(state, *rules.must_go_codes) if rules.must_go_codes else np.zeros(len(census.ids), np.bool_)
    current = (pl.col("task_end") >= census.as_of) | pl.col("task_end").is_null()
    busy = census.table.select(pl.col("task").is_not_null() & current).to_series().to_numpy()
    live = ~holds(state, *DEAD)
    must_go = (by_findings & ~must_keep) | census.row_of(rules.must_go)
    return Standing(live, frozen, must_keep, must_go, busy & live)


def make_plan(
    census: Census,
    rules: ChannelRules,
    standing: Standing,
    pairs: pl.DataFrame,
    *,
    time_limit: float,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Choose the plan of least burden; `pairs` are those of `pairs.sharing_pairs`, `time_limit` is in seconds."""
    merges = candidate_merges(census, rules, standing, pairs)
    stuck = np.flatnonzero(standing.live & standing.must_go & ~_has_target(census, merges))
    nodes = np.flatnonzero(standing.live | standing.stays_anyway)
    node_of = np.full(len(census.ids), -1, np.int64)
    node_of[nodes] = np.arange(len(nodes))
    opening = _exact(keeping_cost(census, rules))
    must_open = standing.stays_anyway.copy()
    must_open[stuck] = True
    own = np.arange(len(nodes))
    answer = facility_location(
        opening[nodes],
        np.concatenate([own, node_of[merges.source]]),
        np.concatenate([own, node_of[merges.target]]),
        np.concatenate([np.zeros(len(nodes)), _exact(merges.cost)]),
        clients=len(nodes),
        must_open=must_open[nodes],
        must_close=(standing.must_go & ~must_open)[nodes],
        time_limit=time_limit,
        progress=progress,
    )
    into = np.full(len(census.ids), DISSOLVED, np.int64)
    into[nodes] = np.where(answer.choice, nodes, nodes[answer.assignment])
    _keep_the_larger(census, standing, merges, opening, into)
    done = merges.take(into[merges.source] == merges.target)
    bound = Bound(answer.cost / DAYS_COUNTED, answer.bound / DAYS_COUNTED, answer.gap)
    return Plan(into, stuck, done, bound, Counter(answer.components["how"].to_list()))


def actions_of(
    census: Census, rules: ChannelRules, standing: Standing, state: pl.DataFrame, plan: Plan
) -> list[Action]:
    """Return one action for each channel in the census's order, with who has to be added where and the reasons."""
    duplicate, contained = _kinship(census, rules, plan.merges)
    merge_at = {row: at for at, row in enumerate(plan.merges.source.tolist())}
    faults = {code: holds(state, code) for code in (*DEAD, *rules.must_go_codes)}
    targets, stuck = set(plan.merges.target.tolist()), set(plan.stuck.tolist())
    actions = []
    for row, into in enumerate(plan.into.tolist()):
        name = census.ids[row]
        demanded = _demanded(rules, faults, standing, name, row)
        if into == DISSOLVED:
            dead = [ReasonCode(code) for code in DEAD if faults[code][row]]
            actions.append(Action(name, Step.DISSOLVE, reasons=(*dead, *demanded)))
        elif into != row:
            at = merge_at[row]
            kin = [ReasonCode.DUPLICATE] * bool(duplicate[at]) + [ReasonCode.CONTAINED] * bool(contained[at])
            adds = np.setdiff1d(census.members_of(row), census.members_of(into), assume_unique=True)
            exposes = int(census.size[row] + census.size[into] - 2 * plan.merges.shared[at])
            people = tuple(census.person_ids[member] for member in adds)
            reasons = tuple(dict.fromkeys((*demanded, *kin))) or (ReasonCode.CHEAPER_MERGED,)
            actions.append(Action(name, Step.MERGE, census.ids[into], people, exposes, reasons))
        else:
            stays = _why_kept(census, standing, row, is_target=row in targets, is_stuck=row in stuck)
            actions.append(Action(name, Step.KEEP, reasons=(*stays, *(demanded if row in stuck else ()))))
    return actions


def _keep_the_larger(census: Census, standing: Standing, merges: Merges, keeping: Floats, into: Ints) -> None:
    """Among plans of the same cost take the one that keeps the larger, busier channel: fewer people find themselves moved.

    What a merge saves is the same whichever of the two goes, so a pair is always a tie. Changes `into` in place.
    """
    cost_of = dict(
        zip(zip(merges.source.tolist(), merges.target.tolist(), strict=True), _exact(merges.cost), strict=True)
    )
    families: dict[int, list[int]] = {}
    for row in merges.source[into[merges.source] == merges.target].tolist():
        families.setdefault(int(into[row]), []).append(row)
    for head, rest in families.items():
        if standing.stays_anyway[head]:
            continue
        spent = keeping[head] + sum(cost_of[row, head] for row in rest)
        for other in sorted(rest, key=lambda row: (-census.size[row], -census.weekly[row], row)):
            if (census.size[other], census.weekly[other]) <= (census.size[head], census.weekly[head]):
                break
            moved = [row for row in (head, *rest) if row != other]
            costs = [cost_of.get((row, other)) for row in moved]
            if None not in costs and keeping[other] + sum(filter(None, costs)) == spent:
                into[[*moved, other]] = other
                break


def _exact(cost: Floats) -> Floats:
    """Return costs in thirtieths of a message a week: whole numbers where messages and rules are, so that a proof is exact."""
    exact: Floats = np.round(cost * DAYS_COUNTED, 6)
    return exact


def _has_target(census: Census, merges: Merges) -> Bools:
    has = np.zeros(len(census.ids), np.bool_)
    has[merges.source] = True
    return has


def _kinship(census: Census, rules: ChannelRules, merges: Merges) -> tuple[Bools, ...]:
    return alike(census, rules, pl.DataFrame({"a": merges.source, "b": merges.target, "shared": merges.shared}))


def _demanded(
    rules: ChannelRules, faults: Mapping[Code, Bools], standing: Standing, name: str, row: int
) -> list[ReasonCode]:
    if not standing.must_go[row]:
        return []
    listed = [ReasonCode.MUST_GO] if name in rules.must_go else []
    return listed + [ReasonCode(code) for code in sorted(rules.must_go_codes) if faults[code][row]]


def _why_kept(
    census: Census, standing: Standing, row: int, *, is_target: bool, is_stuck: bool
) -> tuple[ReasonCode, ...]:
    reasons = {
        ReasonCode.NO_TARGET: is_stuck,
        ReasonCode.SECRECY_MISMATCH: standing.frozen[row],
        ReasonCode.MUST_KEEP: standing.must_keep[row],
        ReasonCode.CURRENT_TASK: standing.busy[row],
        ReasonCode.TARGET: is_target,
        ReasonCode.MEMBERS_UNKNOWN: not census.known[row],
    }
    return tuple(code for code, so in reasons.items() if so) or (ReasonCode.CHEAPEST_KEPT,)

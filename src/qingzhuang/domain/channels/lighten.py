"""Lighten (轻装): from a county's inventory of channels to the plan of least burden in which nobody loses a message that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl

from qingzhuang.domain.channels import figures as count
from qingzhuang.domain.channels.census import Census, take_census
from qingzhuang.domain.channels.findings import (
    AT_LEAST_IDLE,
    findings_of_pairs,
    findings_of_state,
    state_of,
    switched_off,
)
from qingzhuang.domain.channels.inventory import Inventory, LastHeard, Note
from qingzhuang.domain.channels.pairs import like_purpose_pairs, sharing_pairs
from qingzhuang.domain.channels.plan import Plan, actions_of, make_plan, standing_of
from qingzhuang.domain.channels.result import Finding, Lightening
from qingzhuang.domain.channels.rules import ChannelRules

StageProgress = Callable[[str, int, int], None]
STAGES = ("overlap", "findings", "plan", "count")


def lighten(
    inventory: Inventory,
    rules: ChannelRules,
    *,
    on: date,
    time_limit: float = 60.0,
    progress: StageProgress | None = None,
) -> Lightening:
    """Judge every channel of `inventory` by `rules` as they stand on `on`, and plan what is kept, dissolved and merged.

    `time_limit` is in seconds, for the optimisation; what is not proven by then shows in the gap. `progress` is
    called with a stage of `STAGES`, how much of it is done, and how much there is."""
    say = progress or (lambda _stage, _done, _total: None)
    census = take_census(inventory, rules, on)
    pairs = sharing_pairs(census, rules, lambda done, total: say("overlap", done, total))
    say("findings", 0, 1)
    state = state_of(inventory, census, rules)
    found = _in_order(census, rules, state, pairs)
    standing = standing_of(census, rules, state)
    say("findings", 1, 1)
    plan = make_plan(
        census, rules, standing, pairs, time_limit=time_limit, progress=lambda done, total: say("plan", done, total)
    )
    say("count", 0, 1)
    before, after = count.carried_before(census), count.carried_after(census, plan.into)
    people = len(census.person_ids)
    answer = Lightening(
        as_of=on,
        members_are=inventory.members_are,
        findings=tuple(found),
        actions=tuple(actions_of(census, rules, standing, state, plan)),
        before=count.figures(before, people),
        after=count.figures(after, people),
        bound=plan.bound,
        unresolved=tuple(census.ids[row] for row in plan.stuck),
        by_unit=count.by_group(census, before, after, "unit"),
        by_platform=count.by_group(census, before, after, "platform"),
        posts=count.most_burdened(census, inventory, before, after),
        spread=count.spread(before, after, people),
        switched_off=switched_off(inventory),
        solved=plan.solved,
        notes=tuple(_notes(census, rules, plan)),
    )
    say("count", 1, 1)
    return answer


def _in_order(census: Census, rules: ChannelRules, state: pl.DataFrame, pairs: pl.DataFrame) -> list[Finding]:
    found = [*findings_of_state(state, census, rules)]
    found += findings_of_pairs(census, rules, pairs, like_purpose_pairs(census, rules))
    return sorted(found, key=lambda finding: (finding.channel_id, finding.code))


def _notes(census: Census, rules: ChannelRules, plan: Plan) -> Iterator[Note]:
    """Yield what was assumed or left out, so that nothing is guessed in silence."""
    table = census.table
    counts = {
        "messages-missing": table["messages_30d"].null_count(),
        "secrecy-blank": table["secrecy"].null_count(),
        "members-left-out": census.left_out,
        "members-unknown": int((~census.known).sum()),
        "contradictory-activity": _contradictory(census, rules),
    }
    for code, number in counts.items():
        if number:
            yield Note(
                code,
                {"count": number, "level": rules.blank_secrecy.value} if code == "secrecy-blank" else {"count": number},
            )
    ids = set(census.ids)
    for code, listed in (("must-keep-unknown", rules.must_keep), ("must-go-unknown", rules.must_go)):
        if unknown := sorted(listed - ids):
            yield Note(code, {"count": len(unknown), "channel_ids": unknown})
    if table.select("category_key", "unit", "purpose_key").null_count().min_horizontal().item() == table.height:
        yield Note("nothing-in-common-known", {})
    if plan.bound.gap > 0 and "heuristic" in plan.solved:
        yield Note("time-limit", {"count": plan.solved["heuristic"]})


def _contradictory(census: Census, rules: ChannelRules) -> int:
    """Count channels said to be long silent that are also said to have had messages in the last thirty days: they are taken as live."""
    days = rules.zombie_days or AT_LEAST_IDLE[LastHeard.LONGER]
    idle = (pl.lit(census.as_of) - pl.col("last_active")).dt.total_days() >= days
    return census.table.filter(idle & (pl.col("messages_30d") > 0)).height

"""A made-up plan of any size, to see that the four files are written in time and that their lists are capped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from tests.documents import county

from qingzhuang.documents.lighten import Report
from qingzhuang.domain.channels.inventory import CHANNELS, Inventory
from qingzhuang.domain.channels.result import Action, Code, Finding, ReasonCode, Step

MEMBERS = 27
STEPS = (
    (Step.KEEP, (ReasonCode.CHEAPEST_KEPT,)),
    (Step.MERGE, (ReasonCode.DUPLICATE, ReasonCode.FORBIDDEN)),
    (Step.DISSOLVE, (ReasonCode.ZOMBIE,)),
    (Step.KEEP, (ReasonCode.NO_TARGET, ReasonCode.FORBIDDEN)),
)
CODES = (Code.UNAPPROVED, Code.DUPLICATE, Code.ZOMBIE, Code.SECRECY_MISMATCH)


def report(channels: int) -> Report:
    """Return a plan for `channels` channels of 27 members each, in two hundred units; each fourth is merged into its neighbour."""
    small = county.report()
    ids = [f"g{number:07}" for number in range(channels)]
    units = [f"第 {number % 200} 号单位" for number in range(channels)]
    result = replace(
        small.result,
        actions=tuple(_action(number, ids) for number in range(channels)),
        findings=tuple(_finding(number, ids) for number in range(channels)),
        unresolved=tuple(ids[3::4]),
        by_unit=_by_unit(units),
    )
    return replace(small, result=result, inventory=_inventory(ids, units), doubtful=small.doubtful * 40)


def _action(number: int, ids: list[str]) -> Action:
    step, reasons = STEPS[number % 4]
    if step is not Step.MERGE:
        return Action(ids[number], step, reasons=reasons)
    return Action(ids[number], step, ids[number - 1], (f"p{number}", f"p{number + 1}", f"p{number + 2}"), 7, reasons)


def _finding(number: int, ids: list[str]) -> Finding:
    code = CODES[number % 4]
    evidence = {
        **county.EVIDENCE[code],
        "with": ids[number - 1 : number + 1],
        "category": "学习群",
        "allowed": "机关群",
    }
    return Finding(ids[number], code, county.RULES[code], evidence)


def _inventory(ids: list[str], units: list[str]) -> Inventory:
    empty = [None] * len(ids)
    columns: dict[str, list[object]] = {name: list(empty) for name in CHANNELS}
    columns |= {"channel_id": list(ids), "unit": list(units), "owner": [county.OWNER] * len(ids)}
    columns["name"] = [f"第 {number} 个群" for number in range(len(ids))]
    columns["platform"] = ["wechat"] * len(ids)
    members = np.arange(len(ids) * MEMBERS)
    memberships = pl.DataFrame({"channel": members // MEMBERS, "person": members % (len(ids) * 3)}).select(
        channel_id=pl.Series(ids).gather(members // MEMBERS), person_id=pl.format("p{}", "person")
    )
    return Inventory(pl.DataFrame(columns, schema=CHANNELS), memberships, county.inventory().people)


def _by_unit(units: list[str]) -> pl.DataFrame:
    counted = pl.DataFrame({"unit": units}).group_by("unit").len("channels_before")
    return counted.with_columns(
        channels_after=pl.col("channels_before") // 2,
        memberships_before=pl.col("channels_before") * MEMBERS,
        memberships_after=pl.col("channels_before") * 9,
    )

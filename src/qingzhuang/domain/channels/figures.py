"""Before and after: what the phones carry, counted exactly from who is in which channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from qingzhuang.domain.channels.census import Bools, Census, Floats, Ints
from qingzhuang.domain.channels.inventory import Inventory, MembersAre
from qingzhuang.domain.channels.result import Figures

POSTS_SHOWN = 20


@dataclass(frozen=True)
class Carried:
    """Who is in what: `sets`, `members` as in the census, `open` (n,) marks the channels that there are, `weekly`
    (n,) what each sends.

    `heads` (n,) counts members of channels of whom only the number is known.
    """

    sets: Ints
    members: Ints
    open: Bools
    weekly: Floats
    heads: Ints


def carried_before(census: Census) -> Carried:
    """Return what is carried today."""
    heads = np.where(census.known, 0, census.size)
    return Carried(census.sets, census.members, np.ones(len(census.ids), np.bool_), census.weekly, heads)


def carried_after(census: Census, into: Ints) -> Carried:
    """Return what is carried when every channel's members are in row `into` (n,), or in none where that is -1."""
    before = carried_before(census)
    people = max(len(census.person_ids), 1)
    target = into[census.sets]
    codes = np.unique((target * people + census.members)[target >= 0])
    stays = into == np.arange(len(into))
    moved = into >= 0
    weekly: Floats = np.bincount(into[moved], weights=census.weekly[moved], minlength=len(into)).astype(np.float64)
    return Carried(codes // people, codes % people, stays, weekly, np.where(stays, before.heads, 0))


def figures(carried: Carried, people: int) -> Figures:
    """Count `carried`; `people` is how many persons there are numbers for.

    Quantiles run over those who are in any channel.
    """
    channels = np.bincount(carried.members, minlength=people)
    each = channels[channels > 0]
    size = np.bincount(carried.sets, minlength=len(carried.open)) + carried.heads
    messages = float(carried.weekly @ np.where(carried.heads > 0, 0, size))
    median, p95 = np.percentile(each, [50, 95]) if len(each) else (0.0, 0.0)
    return Figures(
        channels=int(carried.open.sum()),
        memberships=int(size.sum()),
        people=len(each),
        median=float(median),
        p95=float(p95),
        max=int(each.max(initial=0)),
        messages_per_person_week=messages / len(each) if len(each) else 0.0,
    )


def spread(before: Carried, after: Carried, people: int) -> pl.DataFrame:
    """Return how many people carry how many channels: `channels`, `people_before`, `people_after`."""
    counts = [np.bincount(np.bincount(carried.members, minlength=people)) for carried in (before, after)]
    length = max(len(count) for count in counts)
    table = pl.DataFrame(
        {
            "channels": np.arange(length),
            "people_before": np.pad(counts[0], (0, length - len(counts[0]))),
            "people_after": np.pad(counts[1], (0, length - len(counts[1]))),
        }
    )
    return table.filter(pl.col("people_before") + pl.col("people_after") > 0)


def by_group(census: Census, before: Carried, after: Carried, column: str) -> pl.DataFrame:
    """Return channels and memberships before and after by `column` of the channels (`unit`, `platform`), largest first."""
    size = {
        name: np.bincount(carried.sets, minlength=len(carried.open)) + carried.heads
        for name, carried in (("before", before), ("after", after))
    }
    return (
        census.table.select(column)
        .with_columns(
            channels_before=before.open.astype(np.int64),
            channels_after=after.open.astype(np.int64),
            memberships_before=size["before"],
            memberships_after=size["after"],
        )
        .group_by(column)
        .sum()
        .sort(["memberships_before", "channels_before", column], descending=[True, True, False], nulls_last=True)
    )


def most_burdened(census: Census, inventory: Inventory, before: Carried, after: Carried) -> pl.DataFrame:
    """Return the twenty posts that carry most: unit, post, channels and weekly messages before and after; no person is named."""
    people = len(census.person_ids)
    counts = {}
    for name, carried in (("before", before), ("after", after)):
        counts[name] = np.bincount(carried.members, minlength=people)
        sent = np.bincount(carried.members, weights=carried.weekly[carried.sets], minlength=people)
        counts[f"messages_{name}"] = sent
    held = inventory.people.unique("person_id", keep="first").select("person_id", "unit", "post")
    if inventory.members_are is MembersAre.POSTS:
        held = held.join(pl.DataFrame({"person_id": census.person_ids}), on="person_id", how="right")
        held = held.with_columns(post=pl.coalesce("post", "person_id"))
    return (
        pl.DataFrame({"person_id": census.person_ids, **counts}, schema_overrides={"person_id": pl.String})
        .sort(["before", "messages_before", "person_id"], descending=[True, True, False])
        .head(POSTS_SHOWN)
        .join(held, on="person_id", how="left", maintain_order="left")
        .select("unit", "post", "before", "after", "messages_before", "messages_after")
    )

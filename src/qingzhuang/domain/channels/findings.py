"""What the rules have against each channel, with the evidence that each finding rests on.

A finding that needs a column that was not handed in is switched off and said to be; a blank cell is never read as a
fault, except where the blank is the fault (no owner, no approval)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import polars as pl

from qingzhuang.domain.channels.census import Bools, Census
from qingzhuang.domain.channels.inventory import Inventory, LastHeard, MembersAre, Secrecy
from qingzhuang.domain.channels.pairs import is_contained, is_duplicate
from qingzhuang.domain.channels.result import Code, Finding, SwitchedOff
from qingzhuang.domain.channels.rules import ChannelRules
from qingzhuang.domain.channels.text import fold_category

PARTNERS_NAMED = 20
AT_LEAST_IDLE = {LastHeard.WEEK: 0, LastHeard.MONTH: 7, LastHeard.QUARTER: 31, LastHeard.LONGER: 92}

NEEDS: Mapping[Code, tuple[tuple[str, ...], ...]] = {
    Code.ZOMBIE: (("channels.last_active",), ("channels.last_work_message",)),
    Code.FINISHED: (("channels.task_end",), ("channels.sunset",)),
    Code.FORBIDDEN: (("channels.category",),),
    Code.UNAPPROVED: (("channels.approval",),),
    Code.OWNERLESS: (("channels.owner",),),
    Code.DUPLICATE: (("memberships.person_id",),),
    Code.OVERLAPPING: (("memberships.person_id", "channels.purpose"),),
    Code.CONTAINED: (("memberships.person_id",),),
    Code.EMPTY: (("memberships.person_id",), ("channels.head_count",)),
    Code.SINGLE: (("memberships.person_id",), ("channels.head_count",)),
    Code.SECRECY_MISMATCH: (("channels.secrecy", "channels.platform"),),
}
"""For each finding the columns it needs, any one group of them."""


def switched_off(inventory: Inventory) -> tuple[SwitchedOff, ...]:
    """Return the findings that cannot be made of what was handed in, and what each would need."""
    given = inventory.given | ({"memberships.person_id"} if inventory.members_are is MembersAre.POSTS else set())
    return tuple(
        SwitchedOff(code, ways[0])
        for code, ways in NEEDS.items()
        if not any(given.issuperset(columns) for columns in ways)
    )


def state_of(inventory: Inventory, census: Census, rules: ChannelRules) -> pl.DataFrame:
    """Return what the rules say of each channel by itself: one row a channel in the census's order, one column a code.

    A column holds the finding's evidence as a struct, null where the rule has nothing against the channel.
    """
    off = {one.code for one in switched_off(inventory)}
    left = inventory.people.filter(pl.col("left_on") <= census.as_of)
    gone = [*left["person_id"], *_unambiguous_names(inventory, left)]
    table = census.table.with_columns(
        size=census.size,
        is_known=census.known,
        limit=_zombie_limits(census.table, rules),
        idle=_idle_days(census.as_of),
        owner_gone=pl.col("owner").is_null() | pl.col("owner").is_in(gone),
        is_temporary=_is_temporary(census.as_of) if rules.temporary_allowed else pl.lit(value=False),
    )
    evidence = {
        Code.ZOMBIE: _when(
            (pl.col("idle") >= pl.col("limit")) & (pl.col("messages_30d").fill_null(0) == 0),
            days="idle",
            limit="limit",
        ),
        Code.FINISHED: _when(_ended(census.as_of), day=_end_day().dt.to_string("iso"), task="task"),
        Code.FORBIDDEN: _forbidden(rules),
        Code.UNAPPROVED: _when(pl.col("approval").is_null(), platform="platform"),
        Code.OWNERLESS: _when(pl.col("owner_gone"), has_left=pl.col("owner").is_not_null()),
        Code.EMPTY: _when((pl.col("size") == 0) & _heads_known(), members="size"),
        Code.SINGLE: _when((pl.col("size") == 1) & _heads_known(), members="size"),
        Code.SECRECY_MISMATCH: _when(
            (pl.col("secrecy") == Secrecy.RESTRICTED.value) & pl.col("platform").is_in(list(rules.public_platforms)),
            platform="platform",
        ),
    }
    nothing = pl.lit(None, dtype=pl.Struct({"none": pl.Int8}))
    return table.select(
        (nothing if code in off or code not in rules.rules else expression).alias(code.value)
        for code, expression in evidence.items()
    )


def holds(state: pl.DataFrame, *codes: Code) -> Bools:
    """Return the mask of the channels against which any of `codes` stands in `state`."""
    return state.select(pl.any_horizontal(pl.col(code.value).is_not_null() for code in codes)).to_series().to_numpy()


def findings_of_state(state: pl.DataFrame, census: Census, rules: ChannelRules) -> Iterator[Finding]:
    """Yield the findings that `state` holds, with plain values as evidence."""
    for name in state.columns:
        rows = state.select(evidence=name).with_row_index("row").drop_nulls("evidence")
        for row, evidence in rows.iter_rows():
            yield Finding(census.ids[row], Code(name), rules.rules[Code(name)], evidence)


def findings_of_pairs(
    census: Census, rules: ChannelRules, pairs: pl.DataFrame, like_purpose: pl.DataFrame
) -> Iterator[Finding]:
    """Yield duplicate and contained channels from `pairs`, and overlapping ones from `like_purpose`.

    A duplicate and an overlapping pair is said of both channels, containment of the smaller one alone.
    """
    duplicate, contained = alike(census, rules, pairs)
    yield from _of_each(census, rules, Code.DUPLICATE, _both_ways(pairs.filter(duplicate)))
    inner = _both_ways(pairs.filter(contained)).filter(
        pl.struct("row", "other").map_batches(
            lambda pair: _is_smaller(census, pair.struct["row"], pair.struct["other"]), return_dtype=pl.Boolean
        )
    )
    yield from _of_each(census, rules, Code.CONTAINED, inner)
    below = ~np.logical_or(*alike(census, rules, like_purpose))
    yield from _of_each(census, rules, Code.OVERLAPPING, _both_ways(like_purpose.filter(below)))


def alike(census: Census, rules: ChannelRules, pairs: pl.DataFrame) -> tuple[Bools, Bools]:
    """Return for each of `pairs` whether it is a duplicate, and whether one contains the other without being one."""
    a, b, shared = (pairs[name].to_numpy() for name in ("a", "b", "shared"))
    like = census.same("purpose_key", a, b)
    for kind, rows in (("app", census.is_app[a]), ("group", ~census.is_app[a])):
        like |= rows & (kind not in rules.alike_needs_purpose)
    duplicate = like & is_duplicate(shared, census.size[a], census.size[b], rules.jaccard)
    contained = like & ~duplicate & is_contained(shared, census.size[a], census.size[b], rules.containment)
    return duplicate, contained


def _is_smaller(census: Census, row: pl.Series, other: pl.Series) -> pl.Series:
    size, other_size = census.size[row.to_numpy()], census.size[other.to_numpy()]
    return pl.Series((size < other_size) | ((size == other_size) & (row.to_numpy() > other.to_numpy())))


def _both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    there = pairs.select(row="a", other="b", shared="shared")
    return pl.concat([there, pairs.select(row="b", other="a", shared="shared")])


def _of_each(census: Census, rules: ChannelRules, code: Code, pairs: pl.DataFrame) -> Iterator[Finding]:
    """Yield one finding of `code` for each `row` of `pairs`: its closest partner first, at most `PARTNERS_NAMED` named."""
    if code not in rules.rules or pairs.is_empty():
        return
    size = pl.Series(census.size)
    smaller = pl.min_horizontal("size", "other_size")
    least = pl.col("size") + pl.col("other_size") - pl.col("shared") if code is Code.DUPLICATE else smaller
    ranked = (
        pairs.with_columns(size=size.gather(pairs["row"]), other_size=size.gather(pairs["other"]))
        .with_columns(share=pl.col("shared") / least)
        .sort(["row", "share", "other"], descending=[False, True, False])
        .group_by("row", maintain_order=True)
        .agg(pl.col("other").head(PARTNERS_NAMED), pl.len().alias("count"), pl.first("shared", "share"))
    )
    partners, share = {
        Code.DUPLICATE: ("with", "jaccard"),
        Code.CONTAINED: ("in", "containment"),
        Code.OVERLAPPING: ("with", "containment"),
    }[code]
    for row, others, count, shared, part in ranked.iter_rows():
        names = [census.ids[other] for other in others]
        percent = int(100 * part + 1e-9)
        evidence = {partners: names, "count": count, "shared": shared, share: part, "percent": percent}
        yield Finding(census.ids[row], code, rules.rules[code], evidence)


def _when(condition: pl.Expr, **evidence: str | pl.Expr) -> pl.Expr:
    """Return the evidence as a struct where `condition` holds, else null; a name stands for the column of that name."""
    values = [(pl.col(value) if isinstance(value, str) else value).alias(name) for name, value in evidence.items()]
    return pl.when(condition).then(pl.struct(values))


def _zombie_limits(table: pl.DataFrame, rules: ChannelRules) -> pl.Series:
    limits = [
        rules.zombie_days_by_category.get(category, rules.zombie_days) if category else rules.zombie_days
        for category in table["category_key"]
    ]
    return pl.Series(limits, dtype=pl.Int64)


def _idle_days(on: date) -> pl.Expr:
    """Days without a work message, at least: from the day it came, else from the word for it, else from a month of silence."""
    heard = (
        pl.col("last_work_message")
        .cast(pl.String)
        .replace_strict(
            {heard.value: days for heard, days in AT_LEAST_IDLE.items()}, default=None, return_dtype=pl.Int64
        )
    )
    silent = pl.when(pl.col("messages_30d") == 0).then(pl.lit(30, dtype=pl.Int64))
    return pl.coalesce((pl.lit(on) - pl.col("last_active")).dt.total_days(), heard, silent)


def _ended(on: date) -> pl.Expr:
    return (pl.col("task_end") < on).fill_null(value=False) | (pl.col("sunset") < on).fill_null(value=False)


def _end_day() -> pl.Expr:
    return pl.min_horizontal("task_end", "sunset")


def _is_temporary(on: date) -> pl.Expr:
    """A temporary group for a current task: it names the task and its end day, and that day has not passed."""
    return pl.col("task").is_not_null() & (pl.col("task_end") >= on).fill_null(value=False) & ~_ended(on)


def _forbidden(rules: ChannelRules) -> pl.Expr:
    if rules.allowed_categories is None:
        return pl.lit(None, dtype=pl.Struct({"category": pl.String}))
    allowed = [fold_category(name) for name in rules.allowed_categories]
    listed = pl.col("category_key").is_in(allowed)
    outside = (pl.col("kind") == "group") & pl.col("category_key").is_not_null() & ~listed & ~pl.col("is_temporary")
    return _when(outside, category="category", allowed=pl.lit("、".join(rules.allowed_categories)))


def _heads_known() -> pl.Expr:
    return pl.col("is_known") | pl.col("head_count").is_not_null()


def _unambiguous_names(inventory: Inventory, left: pl.DataFrame) -> list[str]:
    """Return the names of those who left that nobody who is still there bears."""
    still = inventory.people.join(left, on="person_id", how="anti")["name"].drop_nulls()
    return [name for name in left["name"].drop_nulls() if name not in set(still)]

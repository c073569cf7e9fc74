"""The inventory in numbers: every channel a row, every member a number, who has left counted out.

Rows are in the order of the channel ids as text, so that the same inventory gives the same plan however its rows
were ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from qingzhuang.domain.channels.inventory import APP_PLATFORMS, Inventory, MembersAre
from qingzhuang.domain.channels.rules import ChannelRules
from qingzhuang.domain.channels.text import fold_category, fold_functions

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DAYS_IN_WEEK, DAYS_COUNTED = 7, 30


@dataclass(frozen=True)
class Census:
    """Arrays over channels (n,) and memberships (k,).

    `table` is the inventory's channels in order of id, with `kind` (group, app), `category_key` and `purpose_key`
    (folded, null where blank). `sets`, `members` are the memberships in post: row of the channel, number of the
    person; `person_ids` gives the person of a number. `size` counts members in post, or heads where no member is
    known (`known` is false). `weekly` is messages a week, `level` the rank of secrecy. `enter`, `leave` are the
    interval of a channel's unit in the unit tree (-1 where it has no unit)."""

    as_of: date
    table: pl.DataFrame
    ids: list[str]
    person_ids: list[str]
    sets: Ints
    members: Ints
    size: Ints
    known: Bools
    weekly: Floats
    level: Ints
    is_app: Bools
    enter: Ints
    leave: Ints
    left_out: int

    def row_of(self, channel_ids: frozenset[str]) -> Bools:
        """Return the mask (n,) of the channels whose ids are in `channel_ids`."""
        return np.asarray(self.table["channel_id"].is_in(list(channel_ids)).to_numpy(), np.bool_)

    def members_of(self, row: int) -> Ints:
        """Return the numbers of the members in post of channel `row`, ascending."""
        start, end = np.searchsorted(self.sets, [row, row + 1])
        return self.members[start:end]

    def on_line(self, left: Ints, right: Ints) -> Bools:
        """Tell for rows `left` and `right` (k,) whether their units are one, or one is above the other (条线)."""
        enter_l, enter_r, leave_l, leave_r = self.enter[left], self.enter[right], self.leave[left], self.leave[right]
        above = (enter_l <= enter_r) & (leave_r <= leave_l)
        below = (enter_r <= enter_l) & (leave_l <= leave_r)
        return (enter_l >= 0) & (enter_r >= 0) & (above | below)

    def same(self, column: str, left: Ints, right: Ints) -> Bools:
        """Tell for rows `left` and `right` (k,) whether text `column` says the same in both; a blank says nothing."""
        codes = self.table[column].rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()
        return np.asarray((codes[left] == codes[right]) & (codes[left] >= 0), np.bool_)


def take_census(inventory: Inventory, rules: ChannelRules, on: date) -> Census:
    """Count `inventory` as it stands on `on`: a person who left on or before that day is a member no longer."""
    is_app = pl.col("platform").is_in(list(APP_PLATFORMS)).fill_null(value=False)
    table = inventory.channels.sort("channel_id").with_columns(
        kind=pl.when(is_app).then(pl.lit("app")).otherwise(pl.lit("group")),
        category_key=_folded("category", fold_category),
        purpose_key=_folded("purpose", fold_functions),
    )
    rows = table.select("channel_id", row=pl.int_range(pl.len(), dtype=pl.Int64))
    left = inventory.people.filter(pl.col("left_on") <= on).select("person_id").unique()
    present = inventory.memberships.join(left, on="person_id", how="anti") if len(left) else inventory.memberships
    persons = present.select(pl.col("person_id").unique().sort()).with_row_index("member")
    coded = (
        present.join(rows, on="channel_id")
        .join(persons, on="person_id")
        .select("row", pl.col("member").cast(pl.Int64))
        .sort("row", "member")
    )
    sets, members = coded["row"].to_numpy(), coded["member"].to_numpy()
    counted = np.bincount(sets, minlength=len(table)).astype(np.int64)
    heads = table["head_count"].fill_null(0).to_numpy()
    known = (counted > 0) | ((heads == 0) & (inventory.members_are is MembersAre.PERSONS))
    enter, leave = _unit_intervals(table, inventory.units)
    return Census(
        as_of=on,
        table=table,
        ids=table["channel_id"].to_list(),
        person_ids=persons["person_id"].to_list(),
        sets=sets,
        members=members,
        size=np.where(known, counted, heads),
        known=known,
        weekly=table["messages_30d"].fill_null(0.0).to_numpy() * DAYS_IN_WEEK / DAYS_COUNTED,
        level=table["secrecy"].fill_null(rules.blank_secrecy.value).to_physical().cast(pl.Int64).to_numpy(),
        is_app=(table["kind"] == "app").to_numpy(),
        enter=enter,
        leave=leave,
        left_out=len(inventory.memberships) - len(present),
    )


def _folded(column: str, folding: Callable[[str], str]) -> pl.Expr:
    """Return the expression that folds each distinct text of `column` once; what folds to nothing is null."""

    def fold_series(texts: pl.Series) -> pl.Series:
        distinct = texts.unique().drop_nulls()
        folded = pl.Series([folding(text) or None for text in distinct], dtype=pl.String)
        return texts.replace_strict(distinct, folded, default=None, return_dtype=pl.String) if len(distinct) else texts

    return pl.col(column).map_batches(fold_series, return_dtype=pl.String)


def _unit_intervals(table: pl.DataFrame, units: pl.DataFrame) -> tuple[Ints, Ints]:
    """Number the unit tree depth first: unit u is above unit v exactly when u's interval holds v's."""
    parents = {unit: parent for unit, parent in units.select("unit", "parent").iter_rows() if unit is not None}
    names = {*parents, *(parent for parent in parents.values() if parent), *table["unit"].drop_nulls()}
    children: dict[str | None, list[str]] = {}
    for name in sorted(names):
        children.setdefault(parents.get(name) or None, []).append(name)
    enter, leave = {}, {}
    clock, stack = 0, [(root, False) for root in reversed(children.get(None, []))]
    while stack:
        name, done = stack.pop()
        if done:
            leave[name] = clock
            continue
        clock += 1
        enter[name] = clock
        stack.append((name, True))
        stack.extend((child, False) for child in reversed(children.get(name, [])))
    at = table["unit"].to_list()
    return (
        np.array([enter.get(unit, -1) if unit else -1 for unit in at], np.int64),
        np.array([leave.get(unit, -1) if unit else -1 for unit in at], np.int64),
    )

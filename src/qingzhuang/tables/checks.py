"""What the rows of a table must be to one another: ids once, memberships of known channels, units in a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from qingzhuang.domain.channels.inventory import Note
from qingzhuang.tables.errors import Problem, Problems
from qingzhuang.tables.rows import LISTED, PART, ROW, Stack, place_data


def unique_rows(
    stack: Stack, frame: pl.DataFrame, key: str, contents: Sequence[str], problems: Problems, notes: list[Note]
) -> pl.DataFrame:
    """Return `frame` with each `key` once.

    A key that comes again with the same contents is counted once, with a note; with different contents it is a problem of
    each later row, which names the row it contradicts and the columns that differ.
    """
    again = ~frame[key].is_first_distinct() & frame[key].is_not_null()
    if not again.any():
        return frame
    first = frame.filter(~again)
    both = frame.filter(again).join(first, on=key, how="left", suffix="__first", maintain_order="left")
    differs = pl.any_horizontal(
        pl.lit(value=False), *(pl.col(name).ne_missing(pl.col(f"{name}__first")) for name in contents)
    )
    both = both.with_columns(differs=differs)
    _say_same(stack, both.filter(~pl.col("differs")), notes)
    clashing = both.filter("differs")
    room = max(0, problems.room())
    problems.add_counted(
        (_clash(stack, row, key, contents) for row in clashing.head(room).iter_rows(named=True)), clashing.height
    )
    return first


def _clash(stack: Stack, row: dict[str, object], key: str, contents: Sequence[str]) -> Problem:
    part = stack.parts[int(str(row[f"{PART}__first"]))]
    differing = [
        stack.parts[int(str(row[PART]))].header(name) or name for name in contents if row[name] != row[f"{name}__first"]
    ]
    return stack.problem(
        "duplicate-id",
        key,
        row,
        row[key],
        first_row=row[f"{ROW}__first"],
        first_sheet=part.place.sheet or part.place.file,
        first_file=part.place.file,
        columns=differing,
    )


def _say_same(stack: Stack, same: pl.DataFrame, notes: list[Note]) -> None:
    for (number,), rows in same.group_by(PART, maintain_order=True):
        place = place_data(stack.parts[int(str(number))].place)
        notes.append(Note("same-row-twice", {**place, "rows": rows[ROW].head(LISTED).to_list(), "count": rows.height}))


def known_channels(
    stack: Stack, frame: pl.DataFrame, channels: pl.Series, problems: Problems, *, code: str = "unknown-channel"
) -> pl.DataFrame:
    """Return the memberships of known channels; each other one is a problem."""
    unknown = frame["channel_id"].unique().drop_nulls()
    unknown = unknown.filter(~unknown.is_in(channels.implode()))
    if not len(unknown):
        return frame
    bad = frame["channel_id"].is_in(unknown.implode()).fill_null(value=False)
    stack.report(problems, code, "channel_id", frame.filter(bad).with_columns(value=pl.col("channel_id")))
    return frame.filter(~bad)


def one_parent(stack: Stack, units: pl.DataFrame, problems: Problems) -> None:
    """Note each unit with two parents, and each ring of units that are one another's parents."""
    rows = units.filter(pl.col("parent").is_not_null()).to_dicts()
    parents: dict[str, str] = {}
    place: dict[str, dict[str, object]] = {}
    for row in rows:
        unit, parent = str(row["unit"]), str(row["parent"])
        if parents.setdefault(unit, parent) != parent:
            first = place[unit]
            problems.add(
                stack.problem(
                    "two-parents", "parent", row, parent, unit=unit, other=parents[unit], first_row=first[ROW]
                )
            )
        place.setdefault(unit, row)
    for ring in rings(parents):
        unit = min(ring, key=lambda member: (str(place[member][PART]).zfill(6), int(str(place[member][ROW]))))
        turned = ring[ring.index(unit) :] + ring[: ring.index(unit)]
        problems.add(stack.problem("parent-cycle", "parent", place[unit], parents[unit], units=[*turned, unit]))


def rings(parents: Mapping[str, str]) -> list[list[str]]:
    """Return the rings in a map from child to parent, each once, child before parent."""
    done: set[str] = set()
    found = []
    for start in parents:
        path: dict[str, None] = {}
        unit = start
        while unit in parents and unit not in done and unit not in path:
            path[unit] = None
            unit = parents[unit]
        if unit in path:
            steps = list(path)
            found.append(steps[steps.index(unit) :])
        done.update(path)
    return found

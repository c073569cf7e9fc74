"""The rows of one table: merged cells filled down, totals and remarks left out, each row with the place that it came from.

What is left out or filled down is said in a note, with sheet and row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from qingzhuang.domain.channels.inventory import Note
from qingzhuang.tables.cells import LOST_NUMBER
from qingzhuang.tables.errors import Problem, Problems
from qingzhuang.tables.grid import Grid, Place
from qingzhuang.tables.headers import COMPULSORY
from qingzhuang.tables.layout import Layout

ROW = "__row"
PART = "__part"
LISTED = 200
"""How many rows a note lists; it always counts all."""

_SAID = 20
"""How much of a row that was left out is said: enough to know it, and nobody's name from behind a colon."""

_TOTAL_WORDS = r"(合\s*计|小\s*计|总\s*计|共\s*计|合\s*計|小\s*計|總\s*計|共\s*計)"
_TOTAL_FIRST = rf"^\S{{0,8}}{_TOTAL_WORDS}\s*([:：]|\d|$)"
_TOTAL_CELL = rf"^({_TOTAL_WORDS}|(?i:total|subtotal|grand total))\s*[:：]?$"
_REMARK_WORDS = (
    r"(备\s*注|備\s*註|附\s*注|说\s*明|說\s*明|填\s*表\s*说\s*明|填\s*报\s*说\s*明|填\s*表\s*人|填\s*报\s*人|制\s*表\s*人|审\s*核\s*人|复\s*核\s*人|"
    r"审\s*批\s*人|经\s*办\s*人|联\s*系\s*人|联系电话|填表日期|填报日期|填表时间|填报时间|制表日期|制表单位|填报单位|单位负责人|主要负责人|"
    r"分管领导|单位[（(]盖章[)）])"
)
_REMARK_FIRST = rf"^({_REMARK_WORDS}\s*$|({_REMARK_WORDS}|(?i:notes?|remarks?))\s*\d*\s*[:：]|注\s*\d*\s*[:：.、])"
_LOST_PHONE = rf"({LOST_NUMBER})|(^1\d{{5}}0{{5}}$)"


@dataclass(frozen=True)
class Part:
    """What one sheet or file gave a table: text columns by field, with `ROW`, the row as the user sees it."""

    place: Place
    layout: Layout
    frame: pl.DataFrame

    def header(self, name: str) -> str | None:
        """Return the header of field `name` as written."""
        column = self.layout.fields.get(name)
        return None if column is None else self.layout.headers[column]


@dataclass
class Stack:
    """All parts of one table under one another; `PART` says which part a row is from."""

    parts: list[Part] = field(default_factory=list)

    def frame(self) -> pl.DataFrame:
        """Return the rows of all parts; a field that a part lacks is null there."""
        frames = [
            part.frame.with_columns(pl.lit(number, dtype=pl.UInt16).alias(PART))
            for number, part in enumerate(self.parts)
        ]
        return pl.concat(frames, how="diagonal", rechunk=False) if frames else pl.DataFrame()

    def problem(self, code: str, name: str, row: dict[str, object], value: object, **data: object) -> Problem:
        """Return a problem of field `name` in `row`, which carries `ROW` and `PART`."""
        part = self.parts[int(str(row[PART]))]
        column = part.layout.fields.get(name)
        place = part.place
        number = None if column is None else column + 1
        text = None if value is None else str(value)
        data["header_row"] = part.layout.header_row + 1
        return Problem(code, place.file, place.sheet, int(str(row[ROW])), part.header(name), text, data, number)

    def report(self, problems: Problems, code: str, name: str, bad: pl.DataFrame, **data: object) -> None:
        """Add one problem for each row of `bad`, which has `ROW`, `PART` and, as `value`, what stands in field `name`."""
        first = bad.select(ROW, PART, "value").head(max(0, problems.room()))
        problems.add_counted(
            (self.problem(code, name, row, row["value"], **data) for row in first.iter_rows(named=True)), bad.height
        )


def extract(grid: Grid, layout: Layout, notes: list[Note]) -> Part:
    """Return the rows below the header of `grid`, and say in `notes` what was passed over."""
    start = layout.first_row
    fields = {name: grid.columns[column].slice(start) for name, column in layout.fields.items()}
    offset = start + (2 if grid.clean else 1)
    numbers = pl.arange(offset, offset + grid.height - start, dtype=pl.UInt32, eager=True)
    frame = pl.DataFrame({ROW: numbers, **fields})
    _say_columns(grid, layout, notes)
    blank = frame.select(blank=pl.all_horizontal(pl.col(list(fields)).is_null()))["blank"]
    if not grid.clean:
        left_out = _left_out(grid, layout, frame)
        _say_left_out(grid, layout, left_out & ~_empty(grid, start), notes)
        frame = _fill_down(grid, layout, frame, left_out | blank, notes)
        blank = blank | left_out
    if blank.any():
        frame = frame.filter(~blank)
    return Part(grid.place, layout, frame)


def place_data(place: Place) -> dict[str, object]:
    """Return where something is, for a note."""
    return {"file": place.file, "sheet": place.sheet, "where": place.where}


def _say_columns(grid: Grid, layout: Layout, notes: list[Note]) -> None:
    place = place_data(grid.place)
    for code, columns in (
        ("unknown-column", layout.unknown),
        ("repeated-column", layout.repeated),
        ("phone-ignored", layout.phones),
    ):
        notes.extend(Note(code, {**place, "column": layout.headers[column]}) for column in columns)
    for column in layout.phones:
        cells = grid.columns[column].slice(layout.first_row)
        lost = cells.str.contains(_LOST_PHONE).fill_null(value=False)
        if lost.any():
            rows = (lost.arg_true() + layout.first_row + (2 if grid.clean else 1)).to_list()
            data = {**place, "column": layout.headers[column], "rows": rows[:LISTED], "count": len(rows)}
            notes.append(Note("phone-lost", data))


def _left_out(grid: Grid, layout: Layout, frame: pl.DataFrame) -> pl.Series:
    """Return which rows are totals, remarks, or the header printed once more."""
    start = layout.first_row
    cells = pl.DataFrame([column.slice(start).alias(f"c{number}") for number, column in enumerate(grid.columns)])
    first = pl.coalesce(pl.all())
    marked = cells.select(x=first.str.contains(_TOTAL_FIRST) | first.str.contains(_REMARK_FIRST))["x"].fill_null(
        value=False
    )
    without_id = (
        frame[COMPULSORY[layout.kind][0][0]].is_null() if COMPULSORY[layout.kind][0][0] in layout.fields else marked
    )
    for name in {"name", "unit", "category", "nickname"} & set(layout.fields):
        marked |= without_id & frame[name].str.contains(_TOTAL_CELL).fill_null(value=False)
    again = pl.Series([True]).new_from_index(0, frame.height)
    for name, column in layout.fields.items():
        again &= (frame[name] == _header_cell(grid, layout, column)).fill_null(value=False)
    marked |= again
    wide = [
        top - start for (top, left), (bottom, right) in grid.merges if top >= start and right > left and top == bottom
    ]
    if wide:
        alone = cells[wide].select(x=pl.sum_horizontal(pl.all().is_not_null()) == 1)["x"]
        marked = marked.scatter(pl.Series(wide).filter(alone), values=True) if alone.any() else marked
    return marked


def _header_cell(grid: Grid, layout: Layout, column: int) -> str:
    lowest = grid.columns[column][layout.first_row - 1] if layout.first_row else None
    return lowest or layout.headers[column]


def _empty(grid: Grid, start: int) -> pl.Series:
    cells = pl.DataFrame([column.slice(start).alias(f"c{number}") for number, column in enumerate(grid.columns)])
    return cells.select(x=pl.all_horizontal(pl.all().is_null()))["x"]


def _say_left_out(grid: Grid, layout: Layout, left_out: pl.Series, notes: list[Note]) -> None:
    places = left_out.arg_true()
    if not len(places):
        return
    texts = []
    for place in places.head(LISTED):
        row = (column[layout.first_row + place] for column in grid.columns)
        texts.append(re.split("[:：]", next((text for text in row if text), ""))[0][:_SAID])
    rows = [layout.first_row + place + 1 for place in places.head(LISTED)]
    notes.append(Note("rows-left-out", {**place_data(grid.place), "rows": rows, "texts": texts, "count": len(places)}))


def _fill_down(grid: Grid, layout: Layout, frame: pl.DataFrame, skip: pl.Series, notes: list[Note]) -> pl.DataFrame:
    """Carry what stands in merged cells down over the rows that they span."""
    start = layout.first_row
    names = {column: name for name, column in layout.fields.items()}
    spans: dict[str, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in grid.merges:
        if top >= start and bottom > top and left in names and left == right:
            spans.setdefault(names[left], []).append((top - start, bottom - start))
    for name, ranges in spans.items():
        frame, count = _fill_column(frame, name, ranges, skip)
        if count:
            notes.append(
                Note(
                    "filled-down",
                    {**place_data(grid.place), "column": layout.headers[layout.fields[name]], "count": count},
                )
            )
    return frame


def _fill_column(
    frame: pl.DataFrame, name: str, ranges: Sequence[tuple[int, int]], skip: pl.Series
) -> tuple[pl.DataFrame, int]:
    cells = frame[name].to_list()
    skipped = skip.to_list()
    count = 0
    for top, bottom in ranges:
        for row in range(top + 1, min(bottom + 1, len(cells))):
            if cells[row] is None and not skipped[row]:
                cells[row] = cells[top]
                count += cells[top] is not None
    return frame.with_columns(pl.Series(name, cells, dtype=pl.String)), count

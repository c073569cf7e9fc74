"""The demo county as files: a workbook, or Parquet files where a workbook would be too large, with the truth beside."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from unicodedata import east_asian_width

import polars as pl
from xlsxwriter import Workbook

from qingzhuang.demo.county import County
from qingzhuang.domain.channels.inventory import APP_PLATFORMS, Inventory

WORKBOOK, TRUTH = "county.xlsx", "truth.json"
TABLES = ("channels", "memberships", "people", "units")
LARGEST_WORKBOOK = 30_000
"""A county of more groups than this is written as Parquet files."""
SHEET_ROWS = 1_048_576 - 1
"""Rows of a sheet under its header; what is more goes on in `memberships_2` and so on."""

_HEADER = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#2F5D62", "bottom": 1}
_DAY = {"num_format": "yyyy-mm-dd", "align": "left"}
_WIDEST, _LOOKED_AT = 48, 2000


def write_county(county: County, folder: Path) -> Path:
    """Write `county` into `folder`, made if it is missing; return what to lighten: the workbook, or the folder of Parquet files.

    Everything is written beside and then moved in, so an interrupted run leaves nothing half-written. An earlier demo in `folder`
    is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    as_workbook = _groups(county.inventory) <= LARGEST_WORKBOOK
    beside = Path(tempfile.mkdtemp(prefix=".demo-", dir=folder))
    try:
        if as_workbook:
            _write_workbook(county.inventory, beside / WORKBOOK, made_on=county.truth.as_of)
        else:
            for name, table in _tables(county.inventory):
                table.write_parquet(beside / f"{name}.parquet")
        text = json.dumps(county.truth.as_json(), ensure_ascii=False, indent=1)
        (beside / TRUTH).write_text(text + "\n", encoding="utf-8")
        _move_in(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder / WORKBOOK if as_workbook else folder


def _groups(inventory: Inventory) -> int:
    return int((~inventory.channels["platform"].is_in(sorted(APP_PLATFORMS))).sum())


def _tables(inventory: Inventory) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each table with the columns that are handed in."""
    for name in TABLES:
        table: pl.DataFrame = getattr(inventory, name)
        yield name, table.select(column for column in table.columns if inventory.has(f"{name}.{column}"))


def _move_in(beside: Path, folder: Path) -> None:
    """Move the finished files into `folder` and take away what an earlier demo of the other form left there."""
    new = sorted(beside.iterdir())
    for path in new:
        path.replace(folder / path.name)
    written = {path.name for path in new}
    for name in {WORKBOOK, *(f"{table}.parquet" for table in TABLES)} - written:
        (folder / name).unlink(missing_ok=True)


def _write_workbook(inventory: Inventory, path: Path, *, made_on: date) -> None:
    made = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001  # a workbook's dates have no zone
    with Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"title": "虚构县工作群清单（演示数据）", "created": made})
        for name, table in _tables(inventory):
            for part, start in enumerate(range(0, max(table.height, 1), SHEET_ROWS), 1):
                _write_sheet(book, name if part == 1 else f"{name}_{part}", table.slice(start, SHEET_ROWS))


def _write_sheet(book: Workbook, name: str, table: pl.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    header, day = book.add_format(_HEADER), book.add_format(_DAY)
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(table[column]))
        sheet.write_string(0, at, column, header)
    write = {pl.Date: lambda row, at, value: sheet.write_datetime(row, at, value, day), pl.Float64: sheet.write_number}
    writers = [write.get(type(dtype), sheet.write_string) for dtype in table.dtypes]
    for row, values in enumerate(table.iter_rows(), 1):
        for at, value in enumerate(values):
            if value is not None:
                writers[at](row, at, value)
    sheet.autofilter(0, 0, table.height, table.width - 1)


def _width(column: pl.Series) -> int:
    """Return how wide a column must be for its header and its first values; a Chinese character takes two."""
    texts = [column.name + "  ", *column.head(_LOOKED_AT).drop_nulls().cast(pl.String()).to_list()]
    return min(_WIDEST, 2 + max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text) for text in texts))

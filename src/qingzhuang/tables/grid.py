"""A sheet or file as a grid of text cells, before anything is known about what it means.

Row `i` of the grid is row `i + 1` as the user sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import polars as pl

from qingzhuang.tables.cells import to_text

HEAD_ROWS = 40
"""How far down a header is looked for."""

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, from 0."""


@dataclass(frozen=True)
class Place:
    """Which file and sheet something stands in; `sheet` is None for CSV and Parquet."""

    path: Path
    file: str
    sheet: str | None = None

    @property
    def where(self) -> str:
        """Return the place in the form in which it is said."""
        return self.file if self.sheet is None else f"{self.file} · {self.sheet}"


@dataclass(frozen=True)
class Grid:
    """The text of every cell, column by column; `clean` means that it cannot hold titles, totals or remarks (Parquet)."""

    place: Place
    columns: Sequence[pl.Series]
    merges: Sequence[Merge] = ()
    clean: bool = False
    head: Sequence[Sequence[str | None]] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Return how many rows there are."""
        return len(self.columns[0]) if self.columns else 0


def grid_of_rows(place: Place, rows: Sequence[Sequence[object]], merges: Iterable[Merge] = ()) -> Grid:
    """Return rows of Python cells as a grid; rows may differ in length."""
    if not rows:
        return Grid(place, ())
    even = len(set(map(len, rows))) == 1
    columns = [to_text(column) for column in (zip(*rows, strict=True) if even else zip_longest(*rows, fillvalue=""))]
    return grid_of_columns(place, columns, merges)


def grid_of_columns(
    place: Place, columns: Sequence[pl.Series], merges: Iterable[Merge] = (), *, clean: bool = False
) -> Grid:
    """Return text columns as a grid."""
    head = [list(row) for row in zip(*(column.head(HEAD_ROWS).to_list() for column in columns), strict=True)]
    height, width = (len(columns[0]) if columns else 0), len(columns)
    inside = [
        ((top, left), (min(bottom, height - 1), min(right, width - 1)))
        for (top, left), (bottom, right) in merges
        if top < height and left < width
    ]
    return Grid(place, columns, tuple(inside), clean, head)

"""The looks of an Excel workbook, and sheets of titles, lines and small tables that are ready to print.

Text is written as text: a cell that starts with = + - @ is never a formula, and stays none when it is edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from qingzhuang.documents.lighten.values import clean, text_width

EXCEL_ROWS = 1_048_576
LONGEST_TEXT = 32_000
RISKY = ("=", "+", "-", "@", "\t", "\r")
A4 = 9
TITLE_HEIGHT = 26
LINE_HEIGHT, MOST_LINES = 15, 24
Cell = str | int | float | None


class Tint(StrEnum):
    """The ground of a row."""

    PLAIN = "#FFFFFF"
    KEEP = "#EEF5EF"
    MERGE = "#E3EEFA"
    DISSOLVE = "#FBF0DA"
    URGENT = "#FBE4E2"


class Style(StrEnum):
    """What a cell is, apart from its ground."""

    TEXT = "text"
    WRAPPED = "wrapped"
    FIGURE = "figure"
    HEADER = "header"
    TITLE = "title"
    NOTE = "note"


BASE = {"font_size": 11, "valign": "top"}
CELL = {**BASE, "border": 1, "border_color": "#D0D5DB"}
LOOKS: dict[Style, dict[str, Any]] = {
    Style.TEXT: CELL,
    Style.WRAPPED: {**CELL, "text_wrap": True},
    Style.FIGURE: {**CELL, "num_format": "#,##0.##", "align": "right"},
    Style.HEADER: {
        **CELL,
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "bg_color": "#1F4E79",
        "font_color": "#FFFFFF",
    },
    Style.TITLE: {**BASE, "bold": True, "font_size": 14, "valign": "vcenter"},
    Style.NOTE: {**BASE},
}


@dataclass(frozen=True)
class Column:
    """A column: its header, its width in Latin letters (a Chinese one takes two), and what its cells are."""

    header: str
    width: int
    style: Style = Style.WRAPPED


def shown(text: str) -> str:
    """Return `text` as a cell can hold it."""
    return (text if text.isprintable() else clean(text).replace("\r", ""))[:LONGEST_TEXT]


def lines_of(cells: Sequence[Cell], columns: Sequence[Column]) -> int:
    """Return how many lines the wrapped cells of a row need; programs that trust the file do not work it out themselves."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        if column.style is Style.WRAPPED and isinstance(cell, str) and 2 * len(cell) > column.width:
            lines = max(lines, -(-(text_width(cell) + 2) // column.width))
    return min(lines, MOST_LINES)


class Book:
    """An Excel workbook; `rows` is how many rows a sheet holds."""

    def __init__(self, path: Path, footer: str, rows: int = EXCEL_ROWS) -> None:
        """Open `path` for writing; `footer` is the print footer, with &P and &N for the page and the pages."""
        self._book = xlsxwriter.Workbook(str(path))
        self._footer = footer
        self.rows = rows
        self.look = cache(self._look)

    def __enter__(self) -> Self:
        """Return the book."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the file out, unless something went wrong on the way."""
        if error is None:
            self._book.close()

    def sheet(self, name: str, kind: type[Worksheet] | None = None) -> Any:
        """Add a sheet set up to be printed on A4, with page numbers."""
        sheet = self._book.add_worksheet(name[:31], kind)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&C{self._footer}")
        return sheet

    def _look(self, style: Style, tint: Tint = Tint.PLAIN, quoted: bool = False) -> Any:
        look = dict(LOOKS[style])
        if tint is not Tint.PLAIN:
            look["bg_color"] = tint.value
        if quoted:
            look["quote_prefix"] = True
        return self._book.add_format(look)

    def write(self, sheet: Any, row: int, column: int, value: Cell, style: Style, tint: Tint = Tint.PLAIN) -> None:
        """Write one cell: a figure as a number, anything else as harmless text."""
        if isinstance(value, str):
            text = shown(value)
            sheet.write_string(row, column, text, self.look(style, tint, text.startswith(RISKY)))
        elif value is None:
            sheet.write_blank(row, column, None, self.look(style, tint))
        else:
            sheet.write_number(row, column, value, self.look(style, tint))


class FreeSheet:
    """A sheet of titles, lines and small tables under one another."""

    def __init__(self, book: Book, name: str, widths: Sequence[int]) -> None:
        """Begin the sheet with columns of `widths`."""
        self._book, self._sheet, self._row, self._widths = book, book.sheet(name), 0, widths
        for index, width in enumerate(widths):
            self._sheet.set_column(index, index, width)

    def title(self, text: str) -> None:
        """Write a title, with an empty row above it unless it is the first."""
        self._row += 1 if self._row else 0
        self._sheet.set_row(self._row, TITLE_HEIGHT)
        self._line(text, Style.TITLE)

    def lines(self, texts: Iterable[str]) -> None:
        """Write one line each."""
        for text in texts:
            self._line(text, Style.NOTE)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[Cell]], style: Style = Style.WRAPPED) -> None:
        """Write headers and `rows`, the first column wrapped and the others in `style`; such tables are small."""
        columns = [
            Column(header, self._widths[index], style if index else Style.WRAPPED)
            for index, header in enumerate(headers)
        ]
        self._sheet.set_row(self._row, TITLE_HEIGHT)
        for index, column in enumerate(columns):
            self._book.write(self._sheet, self._row, index, column.header, Style.HEADER)
        self._row += 1
        for row in rows:
            if (lines := lines_of(row, columns)) > 1:
                self._sheet.set_row(self._row, LINE_HEIGHT * lines)
            for index, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self._book.write(self._sheet, self._row, index, cell, column.style)
            self._row += 1

    def _line(self, text: str, style: Style) -> None:
        self._book.write(self._sheet, self._row, 0, text, style)
        self._row += 1

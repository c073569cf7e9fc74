"""Tables of any length in Excel: rows go straight into the file, on as many sheets as they need.

xlsxwriter sets up each sheet (header, widths, filter, print); its rows are written by this module as they come, which
takes less than half the time and keeps none in memory (ECMA-376 part 1, 18.3.1: `row`, `c`, `is`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from qingzhuang.documents.lighten.sheets import (
    LINE_HEIGHT,
    RISKY,
    Book,
    Cell,
    Column,
    Style,
    Tint,
    lines_of,
    shown,
)

TintedRow = tuple[Sequence[Cell], Tint]
# text that Excel would read as an escaped character
ESCAPED = re.compile(r"_(x[0-9a-fA-F]{4}_)")
HEADER_HEIGHT = 32


class StreamedSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose first row is xlsxwriter's and whose other rows are lines of XML that come when the file is written."""

    rows: Iterator[str] = iter(())

    def _write_rows(self) -> None:
        self.dim_rowmax = 0
        super()._write_rows()
        self.fh.writelines(self.rows)


def write_long_table(
    book: Book, name: str, columns: Sequence[Column], rows: Iterable[TintedRow], *, count: int, frozen: int = 0
) -> Any:
    """Add a table of `count` rows, `name_2`, `name_3` … where a sheet is full; returns its last sheet.

    Each sheet has the header, a filter and frozen panes. `rows` are asked for when the book is closed.
    """
    as_xml = _row_writer(book, columns)
    source = iter(rows)
    held = book.rows - 1
    for number in range(max(1, -(-count // held))):
        here = min(held, count - number * held)
        sheet = _framed(book, name if number == 0 else f"{name}_{number + 1}", columns, here, frozen)
        sheet.rows = (as_xml(row, at) for at, row in enumerate(islice(source, here), start=2))
    return sheet


def _framed(book: Book, name: str, columns: Sequence[Column], count: int, frozen: int) -> Any:
    """Add a sheet with header, widths, filter and frozen panes for `count` rows."""
    sheet = book.sheet(name, StreamedSheet)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)
    sheet.set_row(0, HEADER_HEIGHT)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        book.write(sheet, 0, index, column.header, Style.HEADER)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.dim_rowmax = count
    return sheet


def _row_writer(book: Book, columns: Sequence[Column]) -> Callable[[TintedRow, int], str]:
    """Return what makes a row's XML from its cells and its number, which counts from 1."""
    letters = [xl_col_to_name(index) for index in range(len(columns))]
    looks = {
        (style, tint, quoted): book.look(style, tint, quoted)._get_xf_index()  # noqa: SLF001
        for style in {column.style for column in columns}
        for tint in Tint
        for quoted in (False, True)
    }
    styles = [column.style for column in columns]

    def as_xml(row: TintedRow, at: int) -> str:
        cells, tint = row
        lines = lines_of(cells, columns)
        height = f' ht="{LINE_HEIGHT * lines}" customHeight="1"' if lines > 1 else ""
        parts = [f'<row r="{at}"{height}>']
        for letter, style, cell in zip(letters, styles, cells, strict=True):
            if isinstance(cell, str):
                text = shown(cell)
                look = looks[style, tint, text.startswith(RISKY)]
                parts.append(
                    f'<c r="{letter}{at}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'
                )
            elif cell is None:
                parts.append(f'<c r="{letter}{at}" s="{looks[style, tint, False]}"/>')
            else:
                parts.append(f'<c r="{letter}{at}" s="{looks[style, tint, False]}"><v>{cell!r}</v></c>')
        parts.append("</row>")
        return "".join(parts)

    return as_xml


def escaped(text: str) -> str:
    """Return `text` as it stands in a sheet's XML."""
    if "_x" in text:
        text = ESCAPED.sub(r"_x005F_\1", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text

"""The input given back with what is wrong in it coloured and commented.

Where all problems stand in one .xlsx or .xlsm, it is that workbook (without macros). Otherwise it is a new one with the rows in question,
a sheet for each place. What begins with = + - or @ is written as text, so that nothing runs when it is opened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from qingzhuang.tables.describe import said
from qingzhuang.tables.errors import BadInput, Problem, Problems
from qingzhuang.tables.folder import input_files, read_grids
from qingzhuang.tables.grid import Grid
from qingzhuang.words import Words

_COLOUR = PatternFill("solid", fgColor="FFFFC7CE")
_GIVEN_BACK = frozenset({".xlsx", ".xlsm"})
_UNSAFE = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_AUTHOR = "qingzhuang"

_At = tuple[int | None, int | None]
"""Row and column, from 1; None for a problem of the sheet or row as a whole."""


def write_marked(bad: BadInput, path: Path, words: Words | None = None) -> None:
    """Write the workbook to `path`, whole or not at all; comments are in the language of `words`, 简体中文 if none is given."""
    words = words or Words()
    book = _given_back(bad, words) or _rows_in_question(bad, words)
    beside = path.with_name(f".{path.name}.part")
    try:
        book.save(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
        book.close()


def _given_back(bad: BadInput, words: Words) -> openpyxl.Workbook | None:
    """Return the given workbook, marked; None where there is not just one, or openpyxl cannot read it."""
    source = _only_file(bad)
    if source is None or source.suffix.lower() not in _GIVEN_BACK:
        return None
    try:
        book = openpyxl.load_workbook(source)
    except Exception:  # whatever openpyxl makes of a damaged file, the rows in question can still be given
        return None
    for sheet in book.worksheets:
        _make_harmless(sheet)
    for name, problems in _by_sheet(bad.marked).items():
        sheet = book[name[1]] if name[1] in book.sheetnames else book.worksheets[0]
        for (row, column), found in _by_cell(problems).items():
            _mark(sheet, row or 1, column or 1, found, words)
    return book


def _only_file(bad: BadInput) -> Path | None:
    """Return the one file that all problems are in, None where there are several."""
    names = {problem.file for problem in bad.marked}
    if bad.source is None or len(names) != 1:
        return None
    source = bad.source / names.pop() if bad.source.is_dir() else bad.source
    return source if source.is_file() else None


def _make_harmless(sheet: Worksheet) -> None:
    """Keep text that looks like a formula text, also when someone edits the cell."""
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "s" and isinstance(cell.value, str) and cell.value.startswith(_UNSAFE):
                cell.quotePrefix = True


def _rows_in_question(bad: BadInput, words: Words) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    grids = _read_again(bad)
    for (file, name), problems in _by_sheet(bad.marked).items():
        sheet = book.create_sheet(_free_name(book, name or Path(file).stem))
        _write_rows(sheet, grids.get((file, name)), problems, words)
    return book


def _read_again(bad: BadInput) -> Mapping[tuple[str, str | None], Grid]:
    """Return the sheets that the problems stand in."""
    if bad.source is None:
        return {}
    names = {problem.file for problem in bad.marked}
    ignored = Problems()
    files = [file for file in input_files(bad.source, ignored) if file.name in names]
    grids = (grid for found in read_grids(files, ignored, None) for grid in found)
    return {(grid.place.file, grid.place.sheet): grid for grid in grids}


def _write_rows(sheet: Worksheet, grid: Grid | None, problems: Sequence[Problem], words: Words) -> None:
    """Write the header and the rows that have problems, each after its number, and mark what is wrong."""
    first = problems[0]
    _write(sheet, 1, 1, first.file if first.sheet is None else f"{first.file} · {first.sheet}")
    header = next((problem.data["header_row"] for problem in problems if "header_row" in problem.data), 1)
    if grid is not None:
        _write_row(sheet, 1, _cells_of(grid, int(str(header))))
    lines: dict[int, int] = {}
    for (row, column), found in _by_cell(problems).items():
        if row is None or grid is None:
            _mark(sheet, 1, 1, found, words)
            continue
        if row not in lines:
            lines[row] = len(lines) + 2
            sheet.cell(lines[row], 1, row)
            _write_row(sheet, lines[row], _cells_of(grid, row))
        _mark(sheet, lines[row], 1 if column is None else column + 1, found, words)


def _cells_of(grid: Grid, row: int) -> list[str | None]:
    """Return the text of row `row` as the user counts; a Parquet file's header counts as row 1."""
    if grid.clean:
        return list(grid.head[0]) if row == 1 else [column[row - 2] for column in grid.columns]
    return [column[row - 1] for column in grid.columns] if 0 < row <= grid.height else []


def _write_row(sheet: Worksheet, line: int, texts: Iterable[str | None]) -> None:
    for column, text in enumerate(texts, 2):
        if text is not None:
            _write(sheet, line, column, text)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write `text` as text, whatever it begins with."""
    cell = sheet.cell(row, column, _NOT_IN_CELLS.sub("", text)[:32_767])
    cell.data_type = "s"
    if text.startswith(_UNSAFE):
        cell.quotePrefix = True


def _mark(sheet: Worksheet, row: int, column: int, problems: Sequence[Problem], words: Words) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        cell = _visible_cell(sheet, row, column)
    before = [cell.comment.text] if cell.comment else []
    cell.fill = _COLOUR
    text = "\n".join([*before, *(said(problem, words) for problem in problems)])
    cell.comment = Comment(_NOT_IN_CELLS.sub("", text), _AUTHOR, height=120, width=320)


def _visible_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return the cell that is seen where one is merged into another; ranges that overlap are taken apart."""
    covering = [area for area in sheet.merged_cells.ranges if sheet.cell(row, column).coordinate in area]
    for area in covering:
        cell = sheet.cell(area.min_row, area.min_col)
        if isinstance(cell, Cell):
            return cell
    for area in covering:
        sheet.unmerge_cells(area.coord)
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _by_sheet(problems: Iterable[Problem]) -> Mapping[tuple[str, str | None], list[Problem]]:
    found: dict[tuple[str, str | None], list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.file, problem.sheet].append(problem)
    return found


def _by_cell(problems: Iterable[Problem]) -> Mapping[_At, list[Problem]]:
    found: dict[_At, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.row, problem.column_number].append(problem)
    return found


def _free_name(book: openpyxl.Workbook, name: str) -> str:
    """Return a sheet name that Excel allows and `book` does not have yet."""
    base = _NOT_IN_NAMES.sub("_", name)[:28] or "1"
    taken = {title.casefold() for title in book.sheetnames}
    numbered = (base if number == 1 else f"{base}_{number}" for number in range(1, len(taken) + 2))
    return next(free for free in numbered if free.casefold() not in taken)

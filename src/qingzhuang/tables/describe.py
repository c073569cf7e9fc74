"""One plain sentence for each problem: which cell of which sheet, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qingzhuang.domain.channels.inventory import Note
from qingzhuang.tables.errors import Problem
from qingzhuang.words import Words

_LONGEST = 60
_MOST = 12


def describe(problem: Problem, words: Words) -> str:
    """Return what is wrong, with its place: 「花名册.xlsx · Sheet1」第 5 行「群编号」…"""
    return words("input.at", place=_place(problem, words), said=said(problem, words))


def said(problem: Problem, words: Words) -> str:
    """Return what is wrong and what to do, without the place."""
    name = problem.code.replace("-", "_")
    values = {key: _text(value, words) for key, value in problem.data.items()}
    value = _text(problem.value, words) if problem.value is not None else ""
    column = problem.column or _text(problem.data.get("column", ""), words)
    return words(f"input.{name}", **{**values, "value": value, "column": column, "file": problem.file})


def describe_note(note: Note, words: Words) -> str:
    """Return what `note`, one that reading has made, says."""
    values: dict[str, object] = {
        key: value if key == "count" else _text(value, words) for key, value in note.data.items()
    }
    return words(f"input.note_{note.code.replace('-', '_')}", **values)


def _place(problem: Problem, words: Words) -> str:
    where = problem.file if problem.sheet is None else f"{problem.file} · {problem.sheet}"
    if problem.row is None:
        return words("input.in_sheet", where=where)
    if problem.column is None:
        return words("input.in_row", where=where, row=problem.row)
    cell = _letters(problem.column_number) + str(problem.row) if problem.column_number else ""
    return words("input.in_cell", where=where, row=problem.row, column=problem.column, cell=cell)


def _letters(number: int) -> str:
    """Return the letters that Excel gives the column of this number."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(value: object, words: Words) -> str:
    if isinstance(value, str) or not isinstance(value, Iterable) or isinstance(value, Mapping):
        text = " ".join(str(value).split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    parts = [_text(part, words) for part in value]
    shown = words("input.comma").join(parts[:_MOST])
    return words("input.more", shown=shown) if len(parts) > _MOST else shown

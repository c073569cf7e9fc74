"""From cells to text, and from text to what it means: ids, dates, numbers, codes.

Every cell is first the text that a person would read in it (a date as ISO, 12.0 as 12, blank as null), whatever file it came from; so
one set of rules reads them all. A text that has two readings or none comes back as null with its place in `bad`; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from qingzhuang.tables.lexicon import NO_END, NOTHING, code_of

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_EXACT_FLOAT = 1e15
"""A number from here on has lost digits: Excel keeps fifteen."""

LOST_NUMBER = r"^[+-]?\d(\.\d+)?[eE]\+?\d{1,2}$"
"""What scientific notation leaves of a long number."""

_DATE = r"^(\d{4})\s*[-/.\\年]\s*(\d{1,2})\s*[-/.\\月]\s*(\d{1,2})\s*(?:日|号|號)?(?:[T\s]+\d{1,2}[:：时]\d{1,2}.*)?$"
_COMPACT_DATE = r"^(\d{4})(\d{2})(\d{2})$"
_SERIAL_DATE = r"^([2-7]\d{4})(?:\.\d+)?$"
_EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
_UNITS_OF_NUMBERS = r"\s*(条|个|人|名|次|户)$"
_THOUSANDS = r"^[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?$"


@dataclass(frozen=True)
class Parsed:
    """Values as long as what was read, and which of them could not be (True: there was text, and it says nothing clear)."""

    values: pl.Series
    bad: pl.Series


def to_text(cells: Sequence[object]) -> pl.Series:
    """Return Python cells, as calamine or csv gives them, as trimmed text; blank is null."""
    if set(map(type, cells)) <= {str}:
        return trimmed(pl.Series(cells, dtype=pl.String))
    return trimmed(pl.Series([cell if type(cell) is str else cell_text(cell) for cell in cells], dtype=pl.String))


def cell_text(cell: object) -> str | None:
    """Return one cell as the text that a person would read in it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT_FLOAT else repr(cell)
    if isinstance(cell, dt.datetime):
        return str(cell if cell.time() != dt.time.min else cell.date())
    return None if cell is None else str(cell)


def series_text(series: pl.Series) -> pl.Series:
    """Return a typed column, as Parquet gives it, as trimmed text; blank is null."""
    kind = series.dtype
    if kind == pl.String:
        return trimmed(series)
    if isinstance(kind, pl.List):
        return trimmed(series.cast(pl.List(pl.String)).list.join("、"))
    if kind.is_integer() or isinstance(kind, (pl.Categorical, pl.Enum, pl.Date)):
        return trimmed(series.cast(pl.String))
    return to_text(series.to_list())


def trimmed(text: pl.Series) -> pl.Series:
    """Return `text` without white space around it (full-width too); what is blank is null."""
    stripped = text.str.strip_chars()
    if stripped.str.len_bytes().min() == 0:
        return _select(pl.when(pl.col("x") == "").then(None).otherwise(pl.col("x")), stripped)
    return stripped


def narrow(text: pl.Series) -> pl.Series:
    """Return `text` with full-width digits, letters and signs made half-width."""
    if not text.str.contains("[\uff01-\uff5e\u3000]").any():
        return text
    return text.map_elements(lambda cell: cell.translate(_WIDE), return_dtype=pl.String)


def without_nothing(text: pl.Series) -> pl.Series:
    """Return `text` with 无, / and their kin as null."""
    if not text.is_in(list(NOTHING)).any():
        return text
    return _select(pl.when(pl.col("x").is_in(list(NOTHING))).then(None).otherwise(pl.col("x")), text)


def dates(text: pl.Series) -> Parsed:
    """Read dates: ISO, 2019年3月25日, 2019.3.25, 2019/3/25, 20190325, Excel's day numbers; 长期 and its kin are blank."""
    plain = narrow(text)
    blank = pl.col("x").is_null() | pl.col("x").is_in(list(NOTHING | NO_END))
    parsed = pl.coalesce(_ymd(_DATE), _ymd(_COMPACT_DATE), _serial_day())
    frame = pl.DataFrame({"x": plain}).select(
        value=pl.when(blank).then(None).otherwise(parsed), bad=~blank & parsed.is_null()
    )
    return Parsed(frame["value"], frame["bad"])


def numbers(text: pl.Series) -> Parsed:
    """Read numbers, also those stored as text, with full-width digits, thousands separators or a measure word."""
    plain = without_nothing(narrow(text))
    bare = pl.col("x").str.replace(_UNITS_OF_NUMBERS, "")
    bare = pl.when(bare.str.contains(_THOUSANDS)).then(bare.str.replace_all("[,，]", "")).otherwise(bare)
    value = bare.cast(pl.Float64, strict=False)
    value = pl.when(value.is_finite()).then(value).otherwise(None)
    frame = pl.DataFrame({"x": plain}).select(value=value, bad=pl.col("x").is_not_null() & value.is_null())
    return Parsed(frame["value"], frame["bad"])


def whole_numbers(text: pl.Series) -> Parsed:
    """Read whole numbers; 3.5 is not one."""
    read = numbers(text)
    whole = (read.values == read.values.round()).fill_null(value=True)
    return Parsed(read.values.set(~whole, None).cast(pl.Int64, strict=False), read.bad | ~whole)


def codes(text: pl.Series, words: Mapping[str, tuple[str, ...]], dtype: pl.DataType) -> Parsed:
    """Read words of a closed list as their codes."""
    found = {cell: code_of(words, cell) for cell in text.drop_nulls().unique().to_list()}
    known = {cell: code for cell, code in found.items() if code is not None}
    blank = [cell for cell in found if cell not in known and cell in NOTHING]
    values = text.replace_strict(known, default=None, return_dtype=pl.String)
    bad = text.is_not_null() & values.is_null() & ~text.is_in(blank).fill_null(value=False)
    return Parsed(values.cast(dtype), bad)


def open_codes(text: pl.Series, words: Mapping[str, tuple[str, ...]]) -> pl.Series:
    """Return known words of an open list as their codes, the others as written."""
    found = {cell: code_of(words, cell) or cell for cell in text.drop_nulls().unique().to_list()}
    return text.replace_strict(found, default=None, return_dtype=pl.String)


def _ymd(pattern: str) -> pl.Expr:
    parts = [pl.col("x").str.extract(pattern, group).str.zfill(4 if group == 1 else 2) for group in (1, 2, 3)]
    return pl.concat_str(parts, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _serial_day() -> pl.Expr:
    days = pl.col("x").str.extract(_SERIAL_DATE, 1).cast(pl.Int32, strict=False)
    return pl.lit(_EXCEL_DAY_ZERO) + pl.duration(days=days)


def _select(expression: pl.Expr, x: pl.Series) -> pl.Series:
    return pl.DataFrame({"x": x}).select(y=expression)["y"].rename(x.name)

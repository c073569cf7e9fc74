"""From cells to text, and from text to days, numbers and codes; a text of two readings or none is bad, never guessed."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.tables import cells
from qingzhuang.tables.lexicon import SECRECY

DAY = dt.date(2019, 3, 25)


def text(*values: object) -> pl.Series:
    return cells.to_text(values)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (" 甲　", "甲"), ("", None), ("\n\t", None), (12.0, "12"), (1.5, "1.5"), (7, "7"), (True, "TRUE"), (DAY, "2019-03-25"),
        (dt.datetime.fromisoformat("2019-03-25"), "2019-03-25"), (dt.datetime.fromisoformat("2019-03-25 08:00"), "2019-03-25 08:00:00"),
        (13812345678.0, "13812345678"), (5.22628199001011e17, "5.22628199001011e+17"), (None, None),
    ],
)  # fmt: skip
def test_to_text(cell: object, said: str | None) -> None:
    assert text(cell).to_list() == [said]
    assert text(cell, "x").to_list() == [said, "x"]


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (pl.Series([1, None]), ["1", None]),
        (pl.Series([1.0, 2.5]), ["1", "2.5"]),
        (pl.Series([DAY]), ["2019-03-25"]),
        (pl.Series([["甲", "乙"], []]), ["甲、乙", None]),
        (pl.Series([" a "], dtype=pl.Categorical), ["a"]),
        (pl.Series([True]), ["TRUE"]),
    ],
)
def test_series_text(series: pl.Series, said: list[str | None]) -> None:
    assert cells.series_text(series).to_list() == said


@given(st.dates(dt.date(1900, 3, 1), dt.date(2099, 12, 31)))
def test_dates_in_every_spelling(day: dt.date) -> None:
    y, m, d = day.year, day.month, day.day
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    spellings = [
        day.isoformat(), f"{y}年{m}月{d}日", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}/{m:02}/{d:02} 08:30", f"{y}-{m}-{d}T00:00:00",
        f"{y}{m:02}{d:02}", f"{y}年{m}月{d}日".translate(wide), f"{y} 年 {m} 月 {d} 号",
    ]  # fmt: skip
    read = cells.dates(text(*spellings))
    assert read.values.to_list() == [day] * len(spellings)
    assert not read.bad.any()


@given(st.dates(dt.date(1955, 1, 1), dt.date(2099, 12, 31)))
def test_dates_as_excel_counts_them(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert cells.dates(text(float(serial), serial + 0.5)).values.to_list() == [day, day]


@pytest.mark.parametrize("cell", ["长期", "永久有效", "无", "/", "", "待定"])
def test_dates_that_are_none(cell: str) -> None:
    read = cells.dates(text(cell))
    assert (read.values.to_list(), read.bad.to_list()) == ([None], [False])


@pytest.mark.parametrize(
    "cell", ["2019", "2019.3", "19-3-25", "2019-13-01", "3/25/2019", "2019-3-25至2020-1-1", "春节后", 12.0]
)
def test_dates_that_cannot_be_read(cell: object) -> None:
    read = cells.dates(text(cell))
    assert (read.values.to_list(), read.bad.to_list()) == ([None], [True])


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12),
        ("１２．５", 12.5),
        ("1,234,567", 1234567),
        ("1，200", 1200),
        ("30人", 30),
        ("5 条", 5),
        (3.5, 3.5),
        ("-2", -2),
        ("无", None),
    ],
)
def test_numbers(cell: object, number: float | None) -> None:
    read = cells.numbers(text(cell))
    assert (read.values.to_list(), read.bad.to_list()) == ([number], [False])


@pytest.mark.parametrize("cell", ["约30", "30+", "12,5", "nan", "inf", "多", "3-5"])
def test_numbers_that_cannot_be_read(cell: str) -> None:
    assert cells.numbers(text(cell)).bad.to_list() == [True]


def test_whole_numbers() -> None:
    read = cells.whole_numbers(text("3", "3.0", "3.5", "x", ""))
    assert read.values.to_list() == [3, 3, None, None, None]
    assert read.bad.to_list() == [False, False, True, True, False]


def test_codes() -> None:
    read = cells.codes(text("内部", "PUBLIC", "机密", "/", "", "随便"), SECRECY, pl.String())
    assert read.values.to_list() == ["internal", "public", "restricted", None, None, None]
    assert read.bad.to_list() == [False] * 5 + [True]


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x1c\x1d\x1e\x1f"), max_size=5))
)  # spaces to Python, not to Unicode
def test_narrow_and_trimmed_keep_every_row(values: list[str]) -> None:
    series = cells.to_text(values)
    assert len(cells.narrow(series)) == len(values)
    assert all(value is None or value.strip() for value in series)

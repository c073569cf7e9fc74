"""What a demand costs: each line a product, the total their sum, and every number that stands in said to do so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.demands import Ask, AskKind, Demand, Kind, Level, Medium, Target
from qingzhuang.domain.demands.burden import BadBurdenRules, Landing, burden
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import RuleBook, open_book
from qingzhuang.tables.packs import load_packs


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return open_book(load_packs([], lists=LISTS), date(2024, 6, 1))


def with_value(book: RuleBook, name: str, value: Any) -> RuleBook:
    return replace(book, values={**book.values, name: replace(book.values[name], value=value)})


PHOTOS = Ask(AskKind.EVIDENCE, "走访照片", Fraction(12), 3, Medium.PHOTO)


def test_burden_counts_units_times_items_and_hours(book: RuleBook) -> None:
    cost = burden(Demand(Kind.REPORT, targets=(Target(Level.VILLAGE, "各村", 236),), asks=(PHOTOS,)), book)
    (line,) = cost.lines
    assert (line.units, line.times, line.items, line.hours_each) == (236, 12, 3, Fraction(1, 10))
    assert cost.hours == line.hours == Fraction(236 * 12 * 3, 10)
    assert not line.assumed


def test_burden_default_number_of_units_is_flagged(book: RuleBook) -> None:
    targets = (Target(Level.TOWN, "各乡镇", 18), Target(Level.VILLAGE, "各村"))
    (line,) = burden(Demand(Kind.REPORT, targets=targets, asks=(PHOTOS,)), book).lines
    villages = book.value("units_of_level")["village"]
    assert line.landings == (Landing(Level.TOWN, 18, False), Landing(Level.VILLAGE, villages, True))
    assert line.units == 18 + villages
    assert line.assumed


def test_burden_ask_of_some_levels_lands_on_them(book: RuleBook) -> None:
    targets = (Target(Level.TOWN, "各乡镇", 18), Target(Level.VILLAGE, "各村", 236))
    asks = (replace(PHOTOS, levels=(Level.VILLAGE,)), replace(PHOTOS, levels=(Level.COUNTY,)), PHOTOS)
    lines = burden(Demand(Kind.REPORT, targets=targets, asks=asks), book).lines
    assert [line.units for line in lines] == [236, 254, 254]


def test_burden_of_nobody_named_is_that_of_one_unit(book: RuleBook) -> None:
    (line,) = burden(Demand(Kind.REPORT, asks=(PHOTOS,)), book).lines
    assert (line.units, line.landings, line.assumed) == (1, (), True)


def test_burden_every_household_without_a_number_is_flagged(book: RuleBook) -> None:
    visits = [Ask(AskKind.VISIT, "每户每月走访一次", Fraction(12), items) for items in (1, 40)]
    cost = burden(Demand(Kind.MANDATE, asks=tuple(visits)), book)
    assert [line.every_household for line in cost.lines] == [True, False]


def test_burden_of_no_asks_is_nothing(book: RuleBook) -> None:
    assert burden(Demand(Kind.DOCUMENT), book).hours == 0


ASKS = st.builds(
    Ask,
    kind=st.sampled_from(AskKind),
    text=st.just("报表"),
    per_year=st.fractions(min_value=0, max_value=9000, max_denominator=12),
    items=st.integers(1, 100),
    medium=st.sampled_from(Medium) | st.none(),
)


@given(asks=st.lists(ASKS, max_size=6), count=st.integers(0, 500))
def test_burden_is_the_sum_of_its_lines(book: RuleBook, asks: list[Ask], count: int) -> None:
    demand = Demand(Kind.REPORT, targets=(Target(Level.TOWN, "各乡镇", count),), asks=tuple(asks))
    cost = burden(demand, book)
    products = [ask.per_year * ask.items * line.hours_each * count for ask, line in zip(asks, cost.lines, strict=True)]
    assert [line.hours for line in cost.lines] == products
    assert cost.hours == sum(products, Fraction(0))


def test_burden_by_a_countys_own_numbers(book: RuleBook) -> None:
    own = with_value(book, "units_of_level", {"county": 1, "department": 30, "town": 9, "village": 88})
    demand = Demand(Kind.REPORT, targets=(Target(Level.VILLAGE, "各村"),), asks=(PHOTOS,))
    assert burden(demand, own).lines[0].units == 88


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("units_of_level", {"village": 3}),
        ("units_of_level", {"county": 1, "department": 2, "town": -3, "village": 4}),
        ("units_of_level", None),
        ("hours_per_ask", {"field": 1}),
        ("hours_per_ask", {"field": 1, "visit": 1, "sign-in": 1, "signature": 1, "evidence": 1}),
        (
            "hours_per_ask",
            {"field": "viel", "visit": 1, "sign-in": 1, "signature": 1, "evidence": dict.fromkeys(Medium, 1)},
        ),
        (
            "hours_per_ask",
            {"field": True, "visit": 1, "sign-in": 1, "signature": 1, "evidence": dict.fromkeys(Medium, 1)},
        ),
    ],
)
def test_burden_refuses_a_parameter_without_sense(book: RuleBook, name: str, value: Any) -> None:
    with pytest.raises(BadBurdenRules) as caught:
        burden(Demand(Kind.REPORT, asks=(PHOTOS,)), with_value(book, name, value))
    assert caught.value.parameter == name


def test_burden_parameters_say_that_they_are_ours(book: RuleBook) -> None:
    assert {book.values[name].citation.certainty.value for name in ("hours_per_ask", "units_of_level")} == {"own"}

"""When something is due next: beside a walk day by day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.demands.due import next_due

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(DAYS, st.sampled_from([12, 6, 4, 3, 2]), DAYS)
def test_what_divides_the_months_is_due_on_one_day_of_the_month(first: date, per_year: int, on: date) -> None:
    found = next_due(first, Fraction(per_year), on)
    assert found
    day = max(first, on)
    while True:
        last = (day + timedelta(days=1)).day == 1
        months = (day.year - first.year) * 12 + day.month - first.month
        if months % (12 // per_year) == 0 and (day.day == first.day or (last and day.day < first.day)):
            break
        day += timedelta(days=1)
    assert found == day


@given(DAYS, DAYS)
def test_weekly_is_every_seventh_day(first: date, on: date) -> None:
    found = next_due(first, Fraction(52), on)
    assert found
    assert (found - first).days % 7 == 0
    assert max(on, first) <= found < max(on, first) + timedelta(days=7)


@given(DAYS, st.fractions(Fraction(5, 4), 365), DAYS)
def test_whatever_recurs_is_due_within_a_period(first: date, per_year: Fraction, on: date) -> None:
    found = next_due(first, per_year, on)
    assert found
    assert max(on, first) <= found <= max(on, first) + timedelta(days=int(366 / per_year) + 1)


def test_what_is_due_once_is_due_no_more() -> None:
    assert next_due(date(2026, 1, 1), Fraction(1), date(2026, 1, 1)) == date(2026, 1, 1)
    assert next_due(date(2026, 1, 1), Fraction(1), date(2026, 1, 2)) is None
    with pytest.raises(ValueError, match="0"):
        next_due(date(2026, 1, 1), Fraction(0), date(2026, 1, 2))

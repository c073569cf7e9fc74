"""When something that recurs is due next.

>>> from datetime import date
>>> next_due(date(2026, 1, 31), Fraction(12), date(2026, 2, 1))
datetime.date(2026, 2, 28)
>>> next_due(date(2026, 1, 31), Fraction(1), date(2026, 2, 1)) is None
True
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

DAYS_A_YEAR, WEEKS_A_YEAR, MONTHS_A_YEAR = 365, 52, 12


def next_due(first: date, per_year: Fraction, on: date) -> date | None:
    """Return the first day from `on` on at which what was first due on `first`, and is `per_year` times a year, is due.

    None for what is due once and was. What divides the year's months is due on the day of the month of `first`, or on the
    month's last; 52 times is every seventh day; else the days of a year are divided. Raises ValueError where `per_year` is not positive."""
    if per_year <= 0:
        raise ValueError(per_year)
    if first >= on:
        return first
    if per_year <= 1:
        return None
    months = Fraction(MONTHS_A_YEAR) / per_year
    if months.denominator == 1:
        return _by_months(first, int(months), on)
    days = 7 if per_year == WEEKS_A_YEAR else Fraction(DAYS_A_YEAR) / per_year
    times = ceil((on - first).days / Fraction(days))
    return first + timedelta(days=ceil(times * Fraction(days)))


def _by_months(first: date, months: int, on: date) -> date:
    passed = (on.year - first.year) * MONTHS_A_YEAR + on.month - first.month
    times = passed // months
    while (day := _month_later(first, times * months)) < on:
        times += 1
    return day


def _month_later(first: date, months: int) -> date:
    year, month = divmod(first.year * MONTHS_A_YEAR + first.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.engines.cover.results import total_bound
from qingzhuang.engines.cover.units import Scale, common_unit, shifts, to_integers


def test_common_unit_of_decimals() -> None:
    assert common_unit((np.array([0.5, 1.25]), np.array([3.0])), 5.0) == (100, 25)
    assert common_unit((np.array([6.0, 9.0]), np.array([])), 15.0) == (1, 3)
    assert common_unit((np.array([0.0]),), 0.0) == (1, 1)


def test_common_unit_of_numbers_without_one() -> None:
    assert common_unit((np.array([1 / 3]),), 1.0) is None
    assert common_unit((np.array([1e300]),), 1e300) is None


@given(st.lists(st.just(0.0) | st.floats(1e-200, 1e12), min_size=1, max_size=8))
def test_to_integers_rounds_down_and_lower_never_rises(costs: list[float]) -> None:
    values = np.array(costs)
    shift = shifts(np.array([values.sum()]), np.array([values.sum()]))
    whole = to_integers(values, np.repeat(shift, values.size))
    assert whole.sum() <= 2**60
    lower = Scale(False, 1, 1, shift).lower(np.array([whole.sum()]))[0]
    exact = sum((Fraction(c) for c in costs), Fraction(0))
    assert Fraction(float(lower)) <= exact
    assert float(exact) - lower <= 1e-12 * float(exact)


@given(st.integers(0, 2**59), st.sampled_from([1, 10, 1000]))
def test_lower_of_a_common_unit_never_rises(value: int, denominator: int) -> None:
    lower = Scale(True, denominator, 1, np.zeros(1, np.int64)).lower(np.array([value]))[0]
    assert Fraction(float(lower)) <= Fraction(value, denominator)


@given(st.lists(st.floats(0, 1e9), min_size=1))
def test_total_bound_is_no_more_than_its_parts(bounds: list[float]) -> None:
    total = total_bound(1e300, np.zeros(len(bounds)) - 1, np.array(bounds))
    exact = sum((Fraction(b) for b in bounds), Fraction(0))
    assert Fraction(total) <= exact
    assert float(exact) - total <= 1e-15 * float(exact)

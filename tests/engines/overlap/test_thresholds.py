"""Thresholds are rationals, and the tables of needs are their exact ceilings."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.overlap import overlap_chunks
from qingzhuang.engines.overlap.thresholds import NEVER, Thresholds, exact


@pytest.mark.parametrize("value", [0.8, "0.8", "4/5", Decimal("0.8"), Fraction(4, 5)])
def test_exact_any_notation_is_the_rational_meant(value):
    assert exact("jaccard", value) == Fraction(4, 5)


def test_exact_one_and_off():
    assert exact("jaccard", 1) == 1
    assert exact("jaccard", None) is None


@pytest.mark.parametrize("value", [0, 0.0, -0.1, 1.0000001, "2", Decimal("-1")])
def test_exact_outside_the_range_is_refused(value):
    with pytest.raises(EngineInputError) as error:
        exact("containment", value)
    assert (error.value.code, error.value.data) == ("threshold-out-of-range", {"name": "containment", "value": value})


@pytest.mark.parametrize("value", ["", "much", float("nan"), float("inf"), Decimal("NaN"), "1/0", [1]])
def test_exact_no_number_is_refused(value):
    with pytest.raises(EngineInputError, match="threshold-not-a-number"):
        exact("jaccard", value)


def test_thresholds_both_off_are_refused():
    with pytest.raises(EngineInputError, match="no-threshold"):
        overlap_chunks([1], [1], jaccard=None, containment=None)


@given(
    jaccard=st.fractions(0, 1, max_denominator=10**6).filter(bool),
    containment=st.one_of(st.none(), st.fractions(0, 1, max_denominator=10**19).filter(bool)),
    widest=st.integers(1, 40),
)
def test_needs_are_exact_ceilings(jaccard, containment, widest):
    needs = Thresholds(jaccard, containment).needs(widest)
    assert needs.of_sum.tolist() == [ceil(jaccard / (1 + jaccard) * total) for total in range(2 * widest + 1)]
    wanted = [NEVER if containment is None else ceil(containment * size) for size in range(widest + 1)]
    assert needs.of_size.tolist() == wanted
    assert all(0 < needs.prefixes[size] <= size for size in range(1, widest + 1))

"""Costs as integers, so that every bound is exact, and bounds as floats that never lie above.

Where all costs are multiples of a common decimal unit (1, 0.1 ... 0.000001) the integers are those multiples and
nothing is lost. Otherwise each component gets a power of two that makes its optimum about 2^57, and costs are rounded
down: the optimum of the rounded instance is a lower bound of the true one, off by about one part in 10^12 at most.
"""

import math
from dataclasses import dataclass

import numpy as np

from .compiled import Floats, Ints

LARGEST = 2.0**59
DENOMINATORS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Scale:
    """How integers came from costs: cost = integer * unit / denominator, or integer / 2^shift where `exact` is not."""

    exact: bool
    denominator: int
    unit: int
    shift: Ints
    """(components,), zeros where exact."""

    def lower(self, value: Ints) -> Floats:
        """Floats no greater than the integers (components,) stand for."""
        if self.exact:
            common = math.gcd(self.unit, self.denominator)
            unit, denominator = self.unit // common, self.denominator // common
            real = value.astype(np.float64) * unit / denominator
            sure = (value <= 2**53 // unit) & (denominator & (denominator - 1) == 0)
        else:
            real = value.astype(np.float64)
            sure = (real.astype(np.int64) <= value) | (value == 0)
            real = np.ldexp(real, -self.shift)
        below = np.nextafter(np.nextafter(real, -np.inf), -np.inf)
        return np.asarray(np.maximum(np.where(sure, real, below), 0.0), np.float64)


def common_unit(costs: tuple[Floats, ...], total: float) -> tuple[int, int] | None:
    """(denominator, unit) if every cost is a multiple of unit / denominator and `total` of them fits, else None."""
    for denominator in DENOMINATORS:
        if total * denominator >= LARGEST:
            return None
        whole = [np.rint(c * denominator) for c in costs]
        if all(
            bool(np.all(w / denominator == c)) and bool(np.all(w <= 2.0**53)) for w, c in zip(whole, costs, strict=True)
        ):
            unit = 0
            for w in whole:
                unit = int(np.gcd.reduce(w.astype(np.int64), initial=unit))
            return denominator, max(unit, 1)
    return None


def shifts(optimum: Floats, everything: Floats) -> Ints:
    """Powers of two that bring an upper bound of the optimum (components,) to 2^57, and all costs together to 2^60."""
    _, first = np.frexp(np.maximum(optimum, 1e-280))
    _, second = np.frexp(np.maximum(everything, 1e-280))
    return np.asarray(np.minimum(57 - first, 60 - second), np.int64)


def to_integers(cost: Floats, shift: Ints) -> Ints:
    """Costs times 2^shift, rounded down."""
    return np.floor(np.ldexp(cost, shift)).astype(np.int64)

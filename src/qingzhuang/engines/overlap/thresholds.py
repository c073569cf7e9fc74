"""Thresholds as exact rationals, and the tables of whole numbers that stand for them in the compiled loops."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.errors import EngineInputError

Threshold: TypeAlias = float | str | Decimal | Fraction | None
Ints32: TypeAlias = npt.NDArray[np.int32]

NEVER = 1 << 30  # more members than any set has


def exact(name: str, value: Threshold) -> Fraction | None:
    """The rational that was meant: a float is its shortest decimal text, 0.8 → 4/5; None switches the threshold off.

    Raises `threshold-not-a-number` and `threshold-out-of-range` (it must lie in (0, 1]).
    """
    if value is None:
        return None
    try:
        ratio = Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        raise EngineInputError("threshold-not-a-number", name=name, value=value) from error
    if not 0 < ratio <= 1:
        raise EngineInputError("threshold-out-of-range", name=name, value=value)
    return ratio


@dataclass(frozen=True)
class Thresholds:
    """The two predicates; at least one is set."""

    jaccard: Fraction | None
    containment: Fraction | None

    @classmethod
    def of(cls, jaccard: Threshold, containment: Threshold) -> "Thresholds":
        """Read both; raises `no-threshold` when both are off, and what `exact` raises."""
        thresholds = cls(exact("jaccard", jaccard), exact("containment", containment))
        if thresholds.jaccard is None and thresholds.containment is None:
            raise EngineInputError("no-threshold")
        return thresholds

    def needs(self, widest: int) -> "Needs":
        """The tables for sets of at most `widest` members."""
        # J ≥ p/q ⇔ shared ≥ p/(p+q) · (|A| + |B|); the smallest partner of A that is not smaller than A has its size
        jaccard = self.jaccard
        of_sum = _ceilings(None if jaccard is None else jaccard / (1 + jaccard), 2 * widest)
        of_size = _ceilings(self.containment, widest)
        sizes = np.arange(widest + 1, dtype=np.int32)
        prefixes = sizes - np.minimum(of_sum[::2], of_size) + 1
        prefixes[0] = 0
        return Needs(of_sum, of_size, np.maximum(prefixes, 0).astype(np.int32))


@dataclass(frozen=True)
class Needs:
    """How many shared members make a pair: either of_sum[|A| + |B|] or of_size[min(|A|, |B|)] (int32).

    `prefixes[|A|]`: so many members of A, whichever they are, hit every partner of A that is not smaller than A.
    """

    of_sum: Ints32
    of_size: Ints32
    prefixes: Ints32


def _ceilings(ratio: Fraction | None, last: int) -> Ints32:
    """⌈ratio · n⌉ for n = 0..last, exactly; NEVER throughout where there is no ratio."""
    if ratio is None:
        return np.full(last + 1, NEVER, np.int32)
    p, q = ratio.numerator, ratio.denominator
    if (p + 1) * (last + 1) + q < 1 << 62:
        steps = np.arange(last + 1, dtype=np.int64)
        return (-(-p * steps // q)).astype(np.int32)
    return np.fromiter((-(-p * n // q) for n in range(last + 1)), np.int32, last + 1)

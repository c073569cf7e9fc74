"""Dense codes from 0 for the values of a column, in the values' order."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.overlap import kernels

Ints: TypeAlias = npt.NDArray[np.int64]

CODE_LIMIT = (1 << 31) - 2


@dataclass(frozen=True)
class Codes:
    """Codes 0..count-1. Values that lie close together are only shifted by `low`, and then some codes stay unused."""

    low: int
    count: int
    known: Ints | None = None

    @classmethod
    def between(cls, name: str, low: int, high: int, rows: int) -> "Codes | None":
        """Codes by shifting for `rows` values in low..high; None when the values are too far apart for that."""
        span = high - low + 1
        if span > max(4 * rows, 1 << 16):
            return None
        return _checked(name, cls(low, span))

    @classmethod
    def of(cls, name: str, known: Ints) -> "Codes":
        """Codes of the values `known` (ascending, distinct)."""
        return _checked(name, cls(0, len(known), known))

    def encode(self, values: Ints) -> Ints:
        """Each value's code plus `low`."""
        if self.known is None:
            return values
        codes = np.empty(len(values), np.int64)
        kernels.rank(values, self.known, codes)
        return codes

    def decode(self, codes: npt.NDArray[np.int32]) -> Ints:
        """The values that `codes` stand for."""
        return codes + np.int64(self.low) if self.known is None else self.known[codes]


def _checked(name: str, codes: Codes) -> Codes:
    if codes.count > CODE_LIMIT:
        raise EngineInputError("too-many", name=name, count=codes.count, limit=CODE_LIMIT)
    return codes

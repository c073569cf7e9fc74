"""One typed name for numba's decorator, so that the kernels stay checked by mypy."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

P = ParamSpec("P")
R = TypeVar("R")

Ints = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

INFINITE = 1 << 62
"""No alternative; larger than any sum of costs (see `units`), small enough that one cost may be taken from it."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile on first use, keep the machine code on disk, let other threads run meanwhile."""
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))

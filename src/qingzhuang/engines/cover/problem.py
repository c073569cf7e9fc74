"""Reading arguments: every way in which they can be nonsense, said all at once where there are many."""

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.errors import EngineInputError

from .compiled import Bools, Floats, Ints

NAMED = 50
"""How many offending indices an error lists."""


DEAREST = 1e200
"""Costs up to here can be added up; what costs less than 1e-200 may be taken for free."""


def costs(name: str, values: npt.ArrayLike) -> Floats:
    """A flat float64 array of costs from 0 to `DEAREST`; EngineInputError `bad-cost` with the indices."""
    array = np.ascontiguousarray(values, np.float64)
    if array.ndim != 1:
        raise EngineInputError("not-flat", argument=name, dimensions=array.ndim)
    bad = np.flatnonzero(~((array >= 0) & (array <= DEAREST)))
    if bad.size:
        raise EngineInputError("bad-cost", argument=name, indices=bad[:NAMED].tolist(), count=int(bad.size))
    return array


def indices(name: str, values: npt.ArrayLike, size: int) -> Ints:
    """A flat int64 array of indices below `size`; EngineInputError `bad-index` with their positions."""
    given = np.asarray(values)
    if given.ndim != 1:
        raise EngineInputError("not-flat", argument=name, dimensions=given.ndim)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise EngineInputError("not-integers", argument=name, dtype=str(given.dtype))
    array = np.ascontiguousarray(given, np.int64)
    bad = np.flatnonzero((array < 0) | (array >= size))
    if bad.size:
        raise EngineInputError("bad-index", argument=name, indices=bad[:NAMED].tolist(), count=int(bad.size), size=size)
    return array


def mask(name: str, values: npt.ArrayLike | None, size: int) -> Bools:
    """A bool array (size,), all False for None."""
    if values is None:
        return np.zeros(size, np.bool_)
    given = np.asarray(values)
    if given.shape != (size,) or given.dtype != np.bool_:
        raise EngineInputError("bad-mask", argument=name, shape=given.shape, dtype=str(given.dtype), size=size)
    return np.ascontiguousarray(given, np.bool_)


def counts(name: str, value: int) -> int:
    """A number of things, 0 or more."""
    if value < 0 or value >= 2**31:
        raise EngineInputError("bad-count", argument=name, value=value)
    return int(value)


def same_length(**arrays: npt.NDArray[np.generic]) -> None:
    """EngineInputError `unequal-lengths` unless all arrays are as long as the first."""
    lengths = {name: int(array.size) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        raise EngineInputError("unequal-lengths", **lengths)


def refuse_uncovered(code: str, name: str, uncovered: Bools) -> None:
    """EngineInputError that names those for which nothing can be done."""
    bad = np.flatnonzero(uncovered)
    if bad.size:
        raise EngineInputError(code, **{name: bad[:NAMED].tolist(), "count": int(bad.size)})

"""What the engine answers, and how it says that a component was solved."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from .compiled import Bools, Floats, Ints

HOW = ("trivial", "reduced", "dual-ascent", "branch-and-bound", "highs", "heuristic")
"""The hardest thing that a component needed, easiest first; only `heuristic` leaves a gap.

`trivial`: one client or one facility; `reduced`: decided by reduction alone; `dual-ascent`: a dual as high as the
cost; `branch-and-bound`: the engine's own, on that dual; `highs`: HiGHS; `heuristic`: not proven within the limits.
"""

TRIVIAL, REDUCED, DUAL_ASCENT, BRANCHED, HIGHS, HEURISTIC = range(6)


@dataclass(frozen=True, eq=False)
class FacilityLocationResult:
    """A choice of facilities with the proof of how near to the cheapest it is."""

    choice: Bools
    """(facilities,) what is open; nothing is open for nobody, but for `must_open` and isolated ones."""
    assignment: Ints
    """(clients,) the open facility that serves each client most cheaply, on a tie the lowest."""
    cost: float
    bound: float
    """Proven: no choice costs less."""
    components: pl.DataFrame
    """One row a connected component: `clients`, `facilities`, `how` (see `HOW`), `cost`, `bound`."""
    client_component: Ints
    """(clients,) row of `components`."""
    facility_component: Ints
    """(facilities,) row of `components`, -1 for one that no client can use and that need not be open."""

    @property
    def gap(self) -> float:
        """(cost - bound) / cost, 0 where cost is 0."""
        return gap(self.cost, self.bound)


@dataclass(frozen=True, eq=False)
class SetCoverResult:
    """A choice of candidates with the proof of how near to the cheapest it is."""

    choice: Bools
    """(candidates,) what is taken."""
    cost: float
    bound: float
    """Proven: no choice costs less."""
    components: pl.DataFrame
    """One row a connected component: `elements`, `candidates`, `how` (see `HOW`), `cost`, `bound`."""
    element_component: Ints
    """(elements,) row of `components`."""
    candidate_component: Ints
    """(candidates,) row of `components`, -1 for one that covers nothing and need not be taken."""

    @property
    def gap(self) -> float:
        """(cost - bound) / cost, 0 where cost is 0."""
        return gap(self.cost, self.bound)


def gap(cost: float, bound: float) -> float:
    """(cost - bound) / cost, 0 where cost is 0."""
    return (cost - bound) / cost if cost > 0 else 0.0


def total_bound(cost: float, costs: Floats, bounds: Floats) -> float:
    """The sum of the components' bounds, rounded so that it lies above neither the truth nor `cost`."""
    if np.array_equal(costs, bounds):
        return cost
    total = math.fsum(bounds)
    if math.fsum([*bounds.tolist(), -total]) < 0:
        total = math.nextafter(total, -math.inf)
    return max(0.0, min(cost, total))


def table(
    first: str, first_size: Ints, second: str, second_size: Ints, how: npt.NDArray[np.int8], cost: Floats, bound: Floats
) -> pl.DataFrame:
    """The table of components."""
    return pl.DataFrame(
        {
            first: first_size,
            second: second_size,
            "how": pl.Series(np.array(HOW)[how].tolist(), dtype=pl.Enum(HOW)),
            "cost": cost,
            "bound": bound,
        }
    )

"""`set_cover`: a facility location in which serving costs nothing, but for what its hard pieces need."""

import numpy as np
import numpy.typing as npt

from .covering import attack_cover
from .facility import Progress, clock_of, locate
from .problem import costs, counts, indices, mask, refuse_uncovered, same_length
from .results import SetCoverResult


def set_cover(
    cost: npt.ArrayLike,
    element: npt.ArrayLike,
    candidate: npt.ArrayLike,
    *,
    elements: int,
    must_take: npt.ArrayLike | None = None,
    time_limit: float = 30.0,
    progress: Progress | None = None,
) -> SetCoverResult:
    """Take the candidates that cover every element at the least cost.

    `cost` (candidates,) what each costs. `element`, `candidate`, each (pairs,): which covers which, in any order, a
    pair listed twice counts once. `must_take`: bool (candidates,). Costs in any one unit, not negative.

    `time_limit` in seconds is the outer guard; all other limits are of work, so the same input gives the same answer
    unless the clock runs out. `progress(done, total)` is called with elements settled and all elements.

    Raises EngineInputError: `uncovered-element` (no candidate covers it), `bad-cost`, `bad-index`, `bad-mask`,
    `bad-count`, `bad-time-limit`, `unequal-lengths`, `not-flat`, `not-integers`.
    """
    clock = clock_of(time_limit)
    price = costs("cost", cost)
    total = counts("elements", elements)
    row, column = indices("element", element, total), indices("candidate", candidate, price.size)
    same_length(element=row, candidate=column)
    taken = mask("must_take", must_take, price.size)
    refuse_uncovered("uncovered-element", "elements", np.bincount(row, minlength=total) == 0)
    nothing, none = np.zeros(row.size, np.float64), np.zeros(price.size, np.bool_)
    result = locate(price, row, column, nothing, total, taken, none, clock, progress, attack_cover)
    return SetCoverResult(
        result.choice,
        result.cost,
        result.bound,
        result.components.rename({"clients": "elements", "facilities": "candidates"}),
        result.client_component,
        result.facility_component,
    )

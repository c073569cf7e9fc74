"""Good covers fast: dive by fixing candidates a few at a time, refine by keeping the best part of the best cover.

The three phases and the refining procedure of Caprara, Fischetti and Toth (1999), on a core of candidates.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .compiled import Bools, Floats, Indices, Ints
from .lagrange import greedy, reduced_costs, subgradient

STEPS = 60
EVERY = 2
FIXED_AT_ONCE = 150
"""A dive fixes as many candidates at once as elements left divided by this."""
KEPT_AT_FIRST = 0.3
KEPT_GROWTH = 1.05


class Core:
    """A set covering over few candidates, with the best cover known."""

    def __init__(
        self, cost: Floats, rows: tuple[Ints, Indices], columns: tuple[Ints, Indices], u: Floats, best: Bools
    ) -> None:
        """Rows and columns as in `lagrange`; `u` good multipliers; `best` a cover."""
        self.cost, self.rows, self.columns, self.u, self.best = cost, rows, columns, u, best
        self.best_cost = float(cost[best].sum())
        self.free = np.zeros(cost.size, np.bool_)

    def refine(self, rounds: int, late: Callable[[], bool]) -> None:
        """Dive from nothing, then from ever larger parts of the best cover, at most `rounds` times or until `late`."""
        kept = 0.0
        for _ in range(rounds):
            if late():
                return
            before = self.best_cost
            self.dive(self.promising(kept))
            kept = KEPT_AT_FIRST if self.best_cost < before or kept == 0 else kept * KEPT_GROWTH
            if kept >= 1:
                return

    def promising(self, share: float) -> npt.NDArray[np.int64]:
        """Candidates of the best cover that waste least, until they cover `share` of the elements."""
        start, row = self.columns
        taken = np.flatnonzero(self.best)
        members = [row[start[j] : start[j + 1]] for j in taken]
        times = np.bincount(np.concatenate(members), minlength=self.u.size)
        reduced = np.empty(self.cost.size)
        reduced_costs(self.cost, start, row, self.u, reduced)
        waste = [
            max(0.0, reduced[j]) + float((self.u[m] * (times[m] - 1) / times[m]).sum())
            for j, m in zip(taken, members, strict=True)
        ]
        order = np.argsort(waste, kind="stable")
        covered = np.zeros(self.u.size, np.bool_)
        kept = 0
        while kept < order.size and covered.mean() < share:
            covered[members[order[kept]]] = True
            kept += 1
        return taken[order[:kept]]

    def dive(self, fixed: npt.NDArray[np.int64]) -> None:
        """Fix candidates a few at a time, with fresh multipliers for what is left, looking for covers all the way."""
        start, row = self.columns
        chosen = np.zeros(self.cost.size, np.bool_)
        chosen[fixed] = True
        covered = np.zeros(self.u.size, np.bool_)
        for j in fixed:
            covered[row[start[j] : start[j + 1]]] = True
        u, best, taken = self.u.copy(), self.free.copy(), self.free.copy()
        while not covered.all():
            spent = float(self.cost[chosen].sum())
            room = self.best_cost - spent
            if room <= 0:
                return
            bound, price = subgradient(
                self.cost, *self.rows, *self.columns, covered, self.free, u, room, STEPS, EVERY, best
            )
            if price < room:
                self.best = chosen | best
                self.best_cost = float(self.cost[self.best].sum())
            if bound >= self.best_cost - spent:
                return
            some = max(1, int(np.count_nonzero(~covered)) // FIXED_AT_ONCE)
            greedy(self.cost, *self.rows, *self.columns, u, covered, self.free, taken, some)
            chosen |= taken
            for j in np.flatnonzero(taken):
                covered[row[start[j] : start[j + 1]]] = True
        if self.cost[chosen].sum() < self.best_cost:
            self.best, self.best_cost = chosen, float(self.cost[chosen].sum())

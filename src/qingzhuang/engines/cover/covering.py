"""Set covering where the first search fails: Lagrangian bound, greedy covers, fixing by reduced cost, HiGHS on the rest."""

import numpy as np

from . import milp
from .attack import Answer, Clock
from .compiled import Bools, Floats, Indices, Ints
from .diving import Core
from .graph import transpose
from .lagrange import exact_bound, greedy, reduced_costs, subgradient
from .pieces import Instance
from .results import HEURISTIC, HIGHS

STEPS = 600
DIVES = 30
CORE = 6
"""Candidates of the core for each element: those of least Lagrangian cost."""
PRICINGS = 50


class Covering:
    """One connected set covering with the best cover and multipliers known."""

    def __init__(self, part: Instance, known: Answer) -> None:
        """Begin with an answer of the first search."""
        self.cost, self.start, self.column = part.opening, part.start, part.other
        self.back, self.row, _ = transpose(part.start, np.diff(part.start), part.other, part.opening.size)
        self.known, self.slackness = known, part.slackness
        self.real: Floats = self.cost.astype(np.float64)
        self.covered = np.zeros(part.clients, np.bool_)
        self.banned = np.zeros(self.cost.size, np.bool_)
        share = self.real / np.maximum(1, np.diff(self.back))
        self.u: Floats = np.minimum.reduceat(share[self.column], self.start[:-1])

    @property
    def proven(self) -> bool:
        """Whether the bound reaches the cost."""
        return self.known.proven(self.slackness)

    def offer(self, choice: Bools | None, bound: int = 0) -> None:
        """Take a cover and a bound where they are better."""
        known = self.known
        if choice is not None and bool(np.logical_or.reduceat(choice[self.column], self.start[:-1]).all()):
            cost = int(self.cost[choice].sum())
            if cost < known.cost:
                known = Answer(choice.copy(), cost, known.bound, HEURISTIC)
        self.known = Answer(known.choice, known.cost, min(known.cost, max(bound, known.bound)), HIGHS)

    def ascend(self, steps: int, every: int) -> None:
        """Better multipliers by subgradient, and covers by greedy on the way."""
        best = self.known.choice.copy()
        subgradient(
            self.real, self.start, self.column, self.back, self.row, self.covered, self.banned, self.u,
            float(self.known.cost), steps, every, best,
        )  # fmt: skip
        self.offer(best)

    def greedy(self) -> None:
        """One cover by the multipliers at hand."""
        taken = np.zeros(self.cost.size, np.bool_)
        greedy(
            self.real, self.start, self.column, self.back, self.row, self.u, self.covered, self.banned, taken,
            self.covered.size,
        )  # fmt: skip
        self.offer(taken)

    def relax(self, seconds: float) -> None:
        """The multipliers of the linear relaxation, by pricing from a core of candidates."""
        clock, reduced = Clock.of(seconds), np.empty(self.cost.size)
        reduced_costs(self.real, self.back, self.row, self.u, reduced)
        inside = np.zeros(self.cost.size, np.bool_)
        inside[np.argsort(reduced, kind="stable")[: CORE * self.covered.size]] = True
        inside |= self.known.choice
        tolerance = -1e-7 * max(1.0, float(self.cost.max()))
        for _ in range(PRICINGS):
            dual = milp.cover_relaxation(self.cost[inside], *self.rows(inside), clock.left)
            if dual is None:
                return
            reduced_costs(self.real, self.back, self.row, dual, reduced)
            missing = np.flatnonzero((reduced < tolerance) & ~inside)
            if missing.size == 0:
                self.u = dual
                return
            inside[missing[np.argsort(reduced[missing], kind="stable")][: 2 * self.covered.size]] = True

    def rows(self, inside: Bools) -> tuple[Ints, Indices]:
        """The rows over the candidates `inside` alone, renumbered."""
        kept = inside[self.column]
        ends = np.concatenate([[0], np.cumsum(kept)])
        number = (np.cumsum(inside) - 1).astype(np.int32)
        return ends[self.start].astype(np.int64), number[self.column[kept]]

    def fix(self) -> tuple[Bools, Ints]:
        """Offer the exact bound of the multipliers; which candidates a cheaper cover may use, and reduced costs.

        In integers, multipliers being multiples of 2^-shift.
        """
        shift = max(0, min(20, 61 - int(self.cost.sum()).bit_length()))
        reduced = np.empty(self.cost.size, np.int64)
        bound = exact_bound(
            self.cost << shift, self.back, self.row, np.floor(np.ldexp(self.u, shift)).astype(np.int64), reduced
        )
        self.offer(None, max(0, -(-bound >> shift)))
        with_it = -(-(bound + np.maximum(reduced, 0)) >> shift)
        return np.asarray(with_it < self.known.cost, np.bool_), reduced

    def dive(self, inside: Bools, clock: Clock) -> None:
        """Better covers from the candidates `inside` by diving and refining."""
        start, column = self.rows(inside)
        length = np.diff(start)
        if length.min() == 0:
            return
        back, row, _ = transpose(start, length, column, int(np.count_nonzero(inside)))
        core = Core(self.real[inside], (start, column), (back, row), self.u, self.known.choice[inside])
        core.refine(DIVES, lambda: clock.left == 0)
        choice = np.zeros(self.cost.size, np.bool_)
        choice[inside] = core.best
        self.offer(choice)

    def integral(self, inside: Bools, clock: Clock, *, whole: bool) -> None:
        """HiGHS on the candidates `inside`; `whole`: no other candidate can be part of a cheaper cover."""
        start, column = self.rows(inside)
        if np.diff(start).min() == 0:  # an element that no cheaper cover reaches: there is none
            self.offer(None, self.known.cost if whole else 0)
            return
        nodes = clock.nodes(column.size)
        if nodes == 0:
            return
        found, bound = milp.cover(self.cost[inside], start, column, clock.left, nodes)
        choice = np.zeros(self.cost.size, np.bool_)
        if found is not None:
            choice[inside] = found
            self.offer(choice)
        if whole:
            self.offer(None, bound)


def attack_cover(part: Instance, known: Answer, clock: Clock) -> Answer:
    """Prove or improve `known`, the answer so far for a connected set covering, until `clock` runs out."""
    state = Covering(part, known)
    if clock.left == 0:
        return known
    state.greedy()
    state.ascend(STEPS, 0)
    state.relax(clock.left * 0.3)
    useful, reduced = state.fix()
    inside = state.known.choice.copy()
    inside[np.argsort(reduced, kind="stable")[: CORE * state.covered.size]] = True
    if clock.left > 0 and not state.proven:
        state.dive(inside, clock.part(0.6))
        useful, _ = state.fix()
    if clock.left > 0 and not state.proven and np.count_nonzero(useful) > 2 * np.count_nonzero(inside):
        after = clock.nodes(int(np.diff(state.back)[useful].sum()))
        state.integral(inside, clock.part(0.5 if after else 1.0), whole=False)
        useful, _ = state.fix()
    if clock.left > 0 and not state.proven:
        state.integral(useful, clock, whole=True)
    answer = state.known
    return Answer(answer.choice, answer.cost, answer.bound, HIGHS if state.proven else HEURISTIC)

"""What the first search leaves unproven: more branching, the dual of the linear relaxation, smaller pieces, HiGHS."""

import time
from dataclasses import dataclass

import numpy as np

from . import milp
from .branch import solve_piece
from .compiled import INFINITE, Bools, Ints, Marks
from .graph import transpose
from .pieces import Instance, cut
from .results import BRANCHED, DUAL_ASCENT, HEURISTIC, HIGHS, REDUCED

FIRST_WORK = 2_000_000
"""Edge visits that every piece may take in the first search: about 10 ms."""
MORE_WORK = 100_000_000
BRANCHABLE = 200_000
"""Edges up to which more branching is tried before the linear relaxation."""
RELAXABLE = 2_000_000
"""Edges up to which the linear relaxation is tried."""
EDGES_A_SECOND = 150_000
"""Edges times nodes that HiGHS may take for each second allowed: a limit of work, so that the answer repeats."""
FEWEST_NODES = 50
DEEPEST = 3
ROUNDS = 30


@dataclass(frozen=True)
class Clock:
    """The wall-clock limit, the outer guard, and the seconds allowed, from which limits of work are taken."""

    end: float
    allowed: float

    @staticmethod
    def of(seconds: float) -> "Clock":
        """A clock that runs out in `seconds`."""
        return Clock(time.monotonic() + seconds, seconds)

    @property
    def left(self) -> float:
        """Seconds left, 0 when none."""
        return max(0.0, self.end - time.monotonic())

    def part(self, share: float) -> "Clock":
        """A clock for a share of what is left."""
        share = min(1.0, share)
        return Clock(time.monotonic() + self.left * share, self.allowed * share)

    def nodes(self, edges: int) -> int:
        """Nodes that HiGHS may take on a model of so many edges, 0 where they are too few to be of use."""
        nodes = int(self.allowed * EDGES_A_SECOND / max(1, edges))
        return nodes if nodes >= FEWEST_NODES else 0


@dataclass(frozen=True)
class Answer:
    """A choice for one instance, its cost, a proven bound, and how it was come by."""

    choice: Bools
    cost: int
    bound: int
    how: int

    def proven(self, slackness: int) -> bool:
        """Whether the bound reaches the cost."""
        return self.bound >= self.cost - slackness

    def better(self, other: "Answer") -> "Answer":
        """The better choice of two, with the better bound of two."""
        first = self if self.cost <= other.cost else other
        return Answer(first.choice, first.cost, min(first.cost, max(self.bound, other.bound)), other.how)


def branch(instance: Instance, v: Ints, state: Marks, known: Answer | None, work: int) -> Answer:
    """`solve_piece` on `instance` from dual `v`, which it improves along with `state`."""
    back, row, edge = transpose(instance.start, np.diff(instance.start), instance.other, instance.opening.size)
    choice = np.zeros(instance.opening.size, np.bool_) if known is None else known.choice.copy()
    cost, bound, nodes, _ = solve_piece(
        instance.opening, instance.start, instance.other, instance.cost, back, row, instance.cost[edge], instance.cap,
        instance.slackness, work, ROUNDS, v, state, choice, INFINITE if known is None else known.cost,
    )  # fmt: skip
    if known is not None:
        bound = max(bound, known.bound)
    proven = bound >= cost - instance.slackness
    return Answer(choice, cost, min(bound, cost), (DUAL_ASCENT if nodes == 0 else BRANCHED) if proven else HEURISTIC)


def attack(instance: Instance, known: Answer, clock: Clock, depth: int = 0) -> Answer:
    """Prove or improve `known`, the answer so far for a connected `instance`, until `clock` runs out."""
    v, state = np.zeros(instance.clients, np.int64), np.zeros(instance.opening.size, np.int8)
    if clock.left == 0:
        return known
    if instance.edges <= BRANCHABLE:
        known = branch(instance, v, state, known, MORE_WORK)
        if known.proven(instance.slackness) or clock.left == 0:
            return known
    nodes = clock.nodes(instance.edges)
    if instance.edges <= RELAXABLE:
        dual = milp.relaxation(instance, clock.left * (0.5 if nodes else 0.8))
        if dual is not None:
            state[:] = 0
            known = branch(instance, dual, state, known, 20 * instance.edges + FIRST_WORK)
            if known.proven(instance.slackness):
                return Answer(known.choice, known.cost, known.bound, HIGHS)
    closed = int(np.count_nonzero(state))
    if closed * 20 > state.size and depth < DEEPEST and clock.left > 0:
        return known.better(divide(instance, state, clock, depth + 1))
    if clock.left == 0 or nodes == 0:
        return known
    choice, bound = milp.locate(instance, clock.left, nodes)
    if choice is not None:
        known = known.better(branch(instance, v, np.zeros_like(state), _priced(instance, choice), 0))
    bound = min(known.cost, max(known.bound, bound))
    return Answer(known.choice, known.cost, bound, HIGHS if bound >= known.cost - instance.slackness else HEURISTIC)


def _priced(instance: Instance, choice: Bools) -> Answer:
    """What `choice` costs, as an answer without a bound."""
    usable = np.where(choice[instance.other], instance.cost, INFINITE)
    cheapest = np.minimum(instance.cap, np.minimum.reduceat(usable, instance.start[:-1]))
    cost = INFINITE if cheapest.max() >= INFINITE else int(cheapest.sum() + instance.opening[choice].sum())
    return Answer(choice, cost, 0, HEURISTIC)


def divide(instance: Instance, state: Marks, clock: Clock, depth: int) -> Answer:
    """Solve `instance` with `state` decided: reduce, cut into pieces, solve each, and attack those left unproven.

    The bound is one for that restricted instance; with decisions that only lose what is no better than the answer
    known, it holds for the whole up to that answer's cost (which `better` sees to).
    """
    pieces, cap = cut(instance, state)
    choice = state == 1
    in_piece = np.zeros(instance.clients, np.bool_)
    in_piece[pieces.client] = True
    cost = bound = int(instance.opening[choice].sum() + cap[~in_piece].sum())
    how = REDUCED
    sizes = pieces.edges()
    for p in np.argsort(sizes, kind="stable"):
        part = pieces.instance(int(p), instance.opening, cap, instance.slackness)
        v, decided = np.zeros(part.clients, np.int64), np.zeros(part.opening.size, np.int8)
        answer = branch(part, v, decided, None, FIRST_WORK)
        if not answer.proven(part.slackness):
            rest = sizes[sizes >= sizes[p]].sum()
            answer = attack(part, answer, clock.part(float(sizes[p] / rest)), depth)
        cost, bound, how = cost + answer.cost, bound + answer.bound, max(how, answer.how)
        choice[pieces.facility[pieces.facility_start[p] : pieces.facility_start[p + 1]]] = answer.choice
    return Answer(choice, cost, bound, HIGHS if how < HEURISTIC else HEURISTIC)

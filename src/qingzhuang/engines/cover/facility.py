"""`facility_location`: from flat arrays to a choice with its proof."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.errors import EngineInputError

from .attack import FIRST_WORK, Answer, Clock, attack
from .compiled import INFINITE, Bools, Floats, Indices, Ints, Marks, compiled
from .graph import components, rows_by_client
from .pieces import Instance, Pieces, cut, solve_pieces
from .problem import costs, counts, indices, mask, refuse_uncovered, same_length
from .results import (
    BRANCHED,
    DUAL_ASCENT,
    HEURISTIC,
    REDUCED,
    TRIVIAL,
    FacilityLocationResult,
    table,
    total_bound,
)
from .units import Scale, common_unit, shifts, to_integers

BATCH = 200_000
"""Edges that one compiled call takes on; between calls the clock is read, progress told and Ctrl-C heard."""

WITHIN = 0.93
"""The share of the time limit that the search may take; HiGHS and the last compiled call run over a little."""

Progress = Callable[[int, int], None]
Attack = Callable[[Instance, Answer, Clock], Answer]

SLACKNESS = 1 << 12
"""Of integers that add up to 2^57, where they are rounded: less than one part in 10^13."""


@dataclass(frozen=True)
class Graph:
    """The permitted assignments by client, with the components that they make."""

    opening: Floats
    start: Ints
    other: Indices
    cost: Floats
    client_component: Ints
    facility_component: Ints
    must_open: Bools
    count: int


def facility_location(
    opening: npt.ArrayLike,
    client: npt.ArrayLike,
    facility: npt.ArrayLike,
    cost: npt.ArrayLike,
    *,
    clients: int,
    must_open: npt.ArrayLike | None = None,
    must_close: npt.ArrayLike | None = None,
    time_limit: float = 30.0,
    progress: Progress | None = None,
) -> FacilityLocationResult:
    """Open the facilities that serve every client at the least cost.

    `opening` (facilities,) what each costs open. `client`, `facility`, `cost`, each (pairs,): the permitted
    assignments and what each costs, in any order; a pair not listed is forbidden, of a pair listed twice the cheaper
    counts. `must_open`, `must_close`: bool (facilities,). Costs in any one unit, not negative.

    `time_limit` in seconds is the outer guard; all other limits are of work, so the same input gives the same answer
    unless the clock runs out. `progress(done, total)` is called with clients settled and all clients.

    Raises EngineInputError: `unserved-client` (no permitted facility may be open), `open-and-closed`, `bad-cost`,
    `bad-index`, `bad-mask`, `bad-count`, `bad-time-limit`, `unequal-lengths`, `not-flat`, `not-integers`.
    """
    clock = clock_of(time_limit)
    price = costs("opening", opening)
    total = counts("clients", clients)
    row, column = indices("client", client, total), indices("facility", facility, price.size)
    edge_cost = costs("cost", cost)
    same_length(client=row, facility=column, cost=edge_cost)
    kept, shut = mask("must_open", must_open, price.size), mask("must_close", must_close, price.size)
    both = np.flatnonzero(kept & shut)
    if both.size:
        raise EngineInputError("open-and-closed", facilities=both.tolist())
    return locate(price, row, column, edge_cost, total, kept, shut, clock, progress)


def clock_of(time_limit: float) -> Clock:
    """The clock of a time limit; EngineInputError `bad-time-limit`."""
    if not time_limit > 0:
        raise EngineInputError("bad-time-limit", time_limit=time_limit)
    return Clock.of(float(time_limit) * WITHIN)


def locate(
    opening: Floats,
    client: Ints,
    facility: Ints,
    cost: Floats,
    clients: int,
    must_open: Bools,
    must_close: Bools,
    clock: Clock,
    progress: Progress | None,
    hard: Attack = attack,
) -> FacilityLocationResult:
    """`facility_location` on arguments that have been checked; `hard` takes on what the first search leaves open."""
    start, other, price = rows_by_client(client, facility, cost, must_close, clients)
    refuse_uncovered("unserved-client", "clients", np.diff(start) == 0)
    graph = _graph(opening, start, other, price, must_open)
    instance, scale = _in_integers(graph)
    state = np.where(must_open, 1, np.where(must_close, -1, 0)).astype(np.int8)
    search = Search(graph, instance, *cut(instance, state), state)
    search.solve(clock, progress, hard)
    choice = search.choice | must_open
    assignment = _assign(start, other, choice)
    choice = must_open.copy()
    choice[assignment] = True
    return _result(graph, scale, choice, assignment, search)


def _graph(opening: Floats, start: Ints, other: Indices, cost: Floats, must_open: Bools) -> Graph:
    """Components numbered by their lowest client; after them each isolated facility that must be open."""
    of_client, of_facility, count = components(start, np.diff(start), other, opening.size)
    named = of_facility.astype(np.int64)
    alone = np.flatnonzero(must_open & (named < 0))
    named[alone] = count + np.arange(alone.size)
    return Graph(opening, start, other, cost, of_client.astype(np.int64), named, must_open, count + int(alone.size))


def sums(label: Ints, weight: Floats, count: int) -> Floats:
    """The sum of the weights of each label, (count,)."""
    return np.asarray(np.bincount(label, weight, count), np.float64)


def _in_integers(graph: Graph) -> tuple[Instance, Scale]:
    """The costs as integers: multiples of a common unit, or each component's scaled and rounded down."""
    clients = graph.client_component.size
    row = np.repeat(np.arange(clients), np.diff(graph.start))
    no_cap = np.full(clients, INFINITE, np.int64)
    dearest = graph.cost[graph.start[1:] - 1]
    unit = common_unit((graph.opening, graph.cost), math.fsum(graph.opening) + math.fsum(dearest))
    if unit is not None:
        denominator, step = unit
        opening, cost = (np.rint(c * denominator).astype(np.int64) // step for c in (graph.opening, graph.cost))
        scale = Scale(True, denominator, step, np.zeros(graph.count, np.int64))
        return Instance(opening, graph.start, graph.other, cost, no_cap, 0), scale
    return _rounded_down(graph, row, no_cap)


def _rounded_down(graph: Graph, row: Ints, no_cap: Ints) -> tuple[Instance, Scale]:
    """Each component's costs times a power of two, rounded down.

    What no optimum pays is cut off first, lest it eat the digits: of an assignment all above twice `alone`, what it
    costs to open the best facility for the client alone; of an opening all above twice the sum of these.
    """
    named = np.flatnonzero(graph.facility_component >= 0)
    of_facility = graph.facility_component[named]
    both = graph.cost + graph.opening[graph.other]
    alone = np.minimum.reduceat(both, graph.start[:-1]) if row.size else np.zeros(0)
    total = sums(graph.client_component, alone, graph.count)
    total += sums(of_facility, np.where(graph.must_open[named], graph.opening[named], 0.0), graph.count)
    opening = np.zeros(graph.opening.size)
    opening[named] = _cut_off(graph.opening[named], total[of_facility])
    most = np.where(alone > 0, alone, total[graph.client_component])
    cost = _cut_off(graph.cost, most[row])
    everything = sums(of_facility, opening[named], graph.count)
    everything += sums(graph.client_component, cost[graph.start[1:] - 1], graph.count)
    shift = shifts(total, everything)
    of_all = np.where(graph.facility_component >= 0, graph.facility_component, 0)
    whole = to_integers(opening, shift[of_all] if graph.count else of_all)
    prices = to_integers(cost, shift[graph.client_component[row]])
    return Instance(whole, graph.start, graph.other, prices, no_cap, SLACKNESS), Scale(False, 1, 1, shift)


def _cut_off(cost: Floats, most: Floats) -> Floats:
    """Costs, but none above 2 * `most`; where that is 0, 1 for all that cost anything."""
    return np.where(most > 0, np.minimum(cost, 2 * most), cost > 0)


class Search:
    """The pieces of an instance, what is chosen in each, and what is proven of each component."""

    def __init__(self, graph: Graph, instance: Instance, pieces: Pieces, cap: Ints, state: Marks) -> None:
        """Begin with what reduction decided."""
        self.graph, self.instance, self.pieces, self.cap = graph, instance, pieces, cap
        self.choice: Bools = state == 1
        self.bound = np.zeros(graph.count, np.int64)
        """(components,) in integers."""
        clients = np.bincount(graph.client_component, minlength=graph.count)
        named = graph.facility_component[graph.facility_component >= 0]
        single = (clients <= 1) | (np.bincount(named, minlength=graph.count) <= 1)
        self.how = np.where(single, TRIVIAL, REDUCED).astype(np.int8)
        opened = np.flatnonzero(self.choice & (graph.facility_component >= 0))
        np.add.at(self.bound, graph.facility_component[opened], instance.opening[opened])
        settled = np.ones(instance.clients, np.bool_)
        settled[pieces.client] = False
        np.add.at(self.bound, graph.client_component[settled], cap[settled])

    def solve(self, clock: Clock, progress: Progress | None, hard: Attack) -> None:
        """Solve all pieces, in order, then attack what is unproven, smallest first."""
        pieces, count = self.pieces, len(self.pieces)
        value, bound, nodes = (np.zeros(count, np.int64) for _ in range(3))
        total, done = self.instance.clients, self.instance.clients - pieces.client.size
        edges = pieces.edges()
        ends = np.cumsum(edges)
        first = 0
        while first < count:
            begun = int(ends[first] - edges[first])
            last = max(first + 1, int(np.searchsorted(ends, begun + BATCH, side="right")))
            solve_pieces(
                first, last, pieces.client_start, pieces.client, pieces.facility_start, pieces.facility,
                pieces.edge_start, pieces.other, pieces.cost, self.instance.opening, self.cap,
                self.instance.slackness, FIRST_WORK if clock.left > 0 else 0, self.choice, value, bound, nodes,
            )  # fmt: skip
            first = last
            if progress is not None:
                progress(done + int(pieces.client_start[last]), total)
        how = np.where(nodes == 0, DUAL_ASCENT, BRANCHED).astype(np.int8)
        unproven = np.flatnonzero(bound < value - self.instance.slackness)
        how[unproven] = HEURISTIC
        order = unproven[np.argsort(edges[unproven], kind="stable")]
        rest = float(edges[order].sum())
        for p in order.tolist():
            names = pieces.facility[pieces.facility_start[p] : pieces.facility_start[p + 1]]
            known = Answer(self.choice[names], int(value[p]), int(bound[p]), HEURISTIC)
            part = pieces.instance(p, self.instance.opening, self.cap, self.instance.slackness)
            answer = hard(part, known, clock.part(edges[p] / rest))
            rest = max(1.0, rest - float(edges[p]))
            self.choice[names], bound[p], how[p] = answer.choice, answer.bound, answer.how
        component = self.graph.client_component[pieces.client[pieces.client_start[:-1]]]
        np.add.at(self.bound, component, bound)
        np.maximum.at(self.how, component, how)


@compiled
def _assign(start: Ints, other: Indices, choice: Bools) -> Ints:
    """The cheapest open facility of each client, the lowest on a tie (rows are ordered so)."""
    assignment = np.full(start.size - 1, -1, np.int64)
    for i in range(start.size - 1):
        for e in range(start[i], start[i + 1]):
            if choice[other[e]]:
                assignment[i] = other[e]
                break
    return assignment


@compiled
def _paid(start: Ints, other: Indices, cost: Floats, assignment: Ints) -> Floats:
    """What each client's assignment costs."""
    paid = np.zeros(assignment.size, np.float64)
    for i in range(assignment.size):
        for e in range(start[i], start[i + 1]):
            if other[e] == assignment[i]:
                paid[i] = cost[e]
                break
    return paid


def _result(graph: Graph, scale: Scale, choice: Bools, assignment: Ints, search: Search) -> FacilityLocationResult:
    """Costs from the given floats, bounds from the integers."""
    paid = _paid(graph.start, graph.other, graph.cost, assignment)
    named = np.flatnonzero(graph.facility_component >= 0)
    opened = named[choice[named]]
    cost_of = sums(graph.facility_component[opened], graph.opening[opened], graph.count)
    cost_of += sums(graph.client_component, paid, graph.count)
    cost = math.fsum(graph.opening[choice]) + math.fsum(paid)
    bound_of = np.minimum(cost_of, scale.lower(search.bound))
    if scale.exact:
        bound_of[search.how < HEURISTIC] = cost_of[search.how < HEURISTIC]
    components = table(
        "clients", np.bincount(graph.client_component, minlength=graph.count),
        "facilities", np.bincount(graph.facility_component[named], minlength=graph.count),
        search.how, cost_of, bound_of,
    )  # fmt: skip
    return FacilityLocationResult(
        choice, assignment, cost, total_bound(cost, cost_of, bound_of), components,
        graph.client_component, graph.facility_component,
    )  # fmt: skip

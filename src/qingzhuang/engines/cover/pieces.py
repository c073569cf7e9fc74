"""Cutting an instance into connected pieces and solving many of them in one compiled call."""

from dataclasses import dataclass

import numpy as np

from .branch import solve_piece
from .compiled import INFINITE, Bools, Indices, Ints, Marks, compiled
from .graph import components, group, transpose
from .reduce import reduce


@dataclass(frozen=True)
class Instance:
    """A facility location in integers: rows of edges by client ordered by cost, `cap` what an open facility offers."""

    opening: Ints
    """(nf,)"""
    start: Ints
    """(nc + 1,)"""
    other: Indices
    cost: Ints
    cap: Ints
    """(nc,), INFINITE where nothing is open yet."""
    slackness: int
    """A bound this near to the cost counts as equal; 0 where integers are exact."""

    @property
    def clients(self) -> int:
        """Number of clients."""
        return self.cap.size

    @property
    def edges(self) -> int:
        """Number of permitted assignments."""
        return self.other.size


@dataclass(frozen=True)
class Pieces:
    """What reduction left undecided, piece after piece, each with local numbers."""

    client_start: Ints
    """(pieces + 1,) into `client`, the names of clients, piece after piece."""
    client: Indices
    facility_start: Ints
    facility: Indices
    edge_start: Ints
    """(len(client) + 1,) into `other` (local facility numbers) and `cost`."""
    other: Indices
    cost: Ints

    def __len__(self) -> int:
        """Number of pieces."""
        return self.client_start.size - 1

    def edges(self) -> Ints:
        """Edges of each piece."""
        return np.diff(self.edge_start[self.client_start])

    def instance(self, p: int, opening: Ints, cap: Ints, slackness: int) -> Instance:
        """Piece `p` as an instance of its own."""
        a, b = self.client_start[p], self.client_start[p + 1]
        first, last = self.edge_start[a], self.edge_start[b]
        names = self.facility[self.facility_start[p] : self.facility_start[p + 1]]
        return Instance(
            opening[names],
            self.edge_start[a : b + 1] - first,
            self.other[first:last].copy(),
            self.cost[first:last].copy(),
            cap[self.client[a:b]],
            slackness,
        )


def cut(instance: Instance, state: Marks) -> tuple[Pieces, Ints]:
    """Reduce `instance`, deciding `state` (nf,) in place, and cut what is left; also returns the cap of each client."""
    length = np.diff(instance.start)
    other, cost, cap = instance.other.copy(), instance.cost.copy(), instance.cap.copy()
    reduce(instance.opening, instance.start, length, other, cost, cap, state)
    of_client, of_facility, count = components(instance.start, length, other, instance.opening.size)
    client_start, client = group(of_client, count)
    facility_start, facility = group(of_facility, count)
    edge_start, local, price = _gather(
        instance.start, length, other, cost, client, facility_start, facility, of_facility
    )
    return Pieces(client_start, client, facility_start, facility, edge_start, local, price), cap


@compiled
def _gather(
    start: Ints,
    length: Ints,
    other: Indices,
    cost: Ints,
    client: Indices,
    facility_start: Ints,
    facility: Indices,
    of_facility: Indices,
) -> tuple[Ints, Indices, Ints]:
    """The rows of the named clients one after another, with facilities numbered within their piece."""
    rank = np.zeros(of_facility.size, np.int32)
    for t in range(facility.size):
        rank[facility[t]] = t - facility_start[of_facility[facility[t]]]
    edge_start = np.zeros(client.size + 1, np.int64)
    for t in range(client.size):
        edge_start[t + 1] = edge_start[t] + length[client[t]]
    local = np.empty(edge_start[client.size], np.int32)
    price = np.empty(edge_start[client.size], np.int64)
    for t in range(client.size):
        a, b = start[client[t]], edge_start[t]
        for e in range(length[client[t]]):
            local[b + e] = rank[other[a + e]]
            price[b + e] = cost[a + e]
    return edge_start, local, price


@compiled
def solve_pieces(
    first: int,
    last: int,
    client_start: Ints,
    client: Indices,
    facility_start: Ints,
    facility: Indices,
    edge_start: Ints,
    other: Indices,
    cost: Ints,
    opening: Ints,
    cap: Ints,
    slackness: int,
    work_limit: int,
    is_open: Bools,
    value: Ints,
    bound: Ints,
    nodes: Ints,
) -> None:
    """Solve pieces first..last as far as `work_limit` each; fill `is_open` (nf,) and per piece value, bound, nodes."""
    for p in range(first, last):
        a, b = client_start[p], client_start[p + 1]
        names = facility[facility_start[p] : facility_start[p + 1]]
        start = edge_start[a : b + 1] - edge_start[a]
        mine = other[edge_start[a] : edge_start[b]]
        price = cost[edge_start[a] : edge_start[b]]
        back, row, edge = transpose(start, start[1:] - start[:-1], mine, names.size)
        best = np.zeros(names.size, np.bool_)
        value[p], bound[p], nodes[p], _ = solve_piece(
            opening[names],
            start,
            mine,
            price,
            back,
            row,
            price[edge],
            cap[client[a:b]],
            slackness,
            work_limit,
            30,
            np.zeros(b - a, np.int64),
            np.zeros(names.size, np.int8),
            best,
            INFINITE,
        )
        for t in range(names.size):
            is_open[names[t]] = best[t]

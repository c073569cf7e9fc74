"""Kernels over the bipartite graph of clients and facilities: sorting, transposing, components.

A graph is kept as compressed rows: `start` (n + 1,) int64, and per edge the other end (int32) and its cost.
"""

import numpy as np

from .compiled import Bools, Floats, Indices, Ints, compiled


@compiled
def rows_by_client(
    client: Ints, facility: Ints, cost: Floats, closed: Bools, clients: int
) -> tuple[Ints, Indices, Floats]:
    """Edges grouped by client, each row ordered by (cost, facility), of duplicates the cheapest, none to `closed`.

    Counting sort by client, then insertion or heap-free merge by `argsort` in each row: O(E log d).
    """
    start = np.zeros(clients + 1, np.int64)
    for e in range(client.size):
        if not closed[facility[e]]:
            start[client[e] + 1] += 1
    for i in range(clients):
        start[i + 1] += start[i]
    other = np.empty(start[clients], np.int32)
    price = np.empty(start[clients], np.float64)
    fill = start[:-1].copy()
    for e in range(client.size):
        if not closed[facility[e]]:
            i = client[e]
            other[fill[i]] = facility[e]
            price[fill[i]] = cost[e]
            fill[i] += 1
    seen = np.full(closed.size, -1, np.int64)
    out = 0
    for i in range(clients):
        a, b = start[i], start[i + 1]
        _order_row(other, price, a, b)
        start[i] = out
        for e in range(a, b):
            j = other[e]
            if seen[j] != i:
                seen[j] = i
                other[out] = j
                price[out] = price[e]
                out += 1
    start[clients] = out
    return start, other[:out].copy(), price[:out].copy()


@compiled
def _order_row(other: Indices, price: Floats, a: int, b: int) -> None:
    """Order edges a..b by (cost, facility) in place: insertion while short, two stable sorts when long."""
    if b - a > 24:
        first = np.argsort(other[a:b], kind="mergesort")
        names = other[a:b][first]
        costs = price[a:b][first]
        second = np.argsort(costs, kind="mergesort")
        other[a:b] = names[second]
        price[a:b] = costs[second]
        return
    for e in range(a + 1, b):
        j, c = other[e], price[e]
        t = e - 1
        while t >= a and (price[t] > c or (price[t] == c and other[t] > j)):
            other[t + 1] = other[t]
            price[t + 1] = price[t]
            t -= 1
        other[t + 1] = j
        price[t + 1] = c


@compiled
def transpose(start: Ints, length: Ints, other: Indices, columns: int) -> tuple[Ints, Indices, Ints]:
    """The same edges grouped by the other end: start, row and edge number of each; rows ascend. O(E)."""
    back = np.zeros(columns + 1, np.int64)
    for i in range(length.size):
        for e in range(start[i], start[i] + length[i]):
            back[other[e] + 1] += 1
    for j in range(columns):
        back[j + 1] += back[j]
    row = np.empty(back[columns], np.int32)
    edge = np.empty(back[columns], np.int64)
    fill = back[:-1].copy()
    for i in range(length.size):
        for e in range(start[i], start[i] + length[i]):
            j = other[e]
            row[fill[j]] = i
            edge[fill[j]] = e
            fill[j] += 1
    return back, row, edge


@compiled
def components(start: Ints, length: Ints, other: Indices, columns: int) -> tuple[Indices, Indices, int]:
    """Connected components by union-find with path halving.

    Returns the component of each row (client) and column (facility), -1 where it has no edge, and their number;
    components are numbered by their lowest client.
    """
    rows = length.size
    parent = np.arange(columns)
    for i in range(rows):
        if length[i] == 0:
            continue
        a = np.int64(other[start[i]])
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        for e in range(start[i] + 1, start[i] + length[i]):
            b = np.int64(other[e])
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a < b:
                parent[b] = a
            elif b < a:
                parent[a] = b
                a = b
    name = np.full(columns, -1, np.int32)
    of_row = np.full(rows, -1, np.int32)
    of_column = np.full(columns, -1, np.int32)
    count = 0
    for i in range(rows):
        if length[i] == 0:
            continue
        a = np.int64(other[start[i]])
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        if name[a] < 0:
            name[a] = count
            count += 1
        of_row[i] = name[a]
        for e in range(start[i], start[i] + length[i]):
            of_column[other[e]] = name[a]
    return of_row, of_column, count


@compiled
def group(label: Indices, count: int) -> tuple[Ints, Indices]:
    """Members of each label, ascending: start (count + 1,) and members; a label of -1 belongs nowhere."""
    start = np.zeros(count + 1, np.int64)
    for i in range(label.size):
        if label[i] >= 0:
            start[label[i] + 1] += 1
    for k in range(count):
        start[k + 1] += start[k]
    members = np.empty(start[count], np.int32)
    fill = start[:-1].copy()
    for i in range(label.size):
        if label[i] >= 0:
            members[fill[label[i]]] = i
            fill[label[i]] += 1
    return start, members

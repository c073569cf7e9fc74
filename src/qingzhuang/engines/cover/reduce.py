"""What no search need decide: facilities that some optimum surely opens or closes, assignments that it never uses.

The tests are those of Efroymson and Ray (1966), Khumawala (1972) and Cornuéjols, Nemhauser and Wolsey (1990),
repeated until none applies. Each keeps at least one optimum.
"""

import numpy as np

from .compiled import INFINITE, Indices, Ints, Marks, compiled
from .graph import transpose


@compiled
def reduce(opening: Ints, start: Ints, length: Ints, other: Indices, cost: Ints, cap: Ints, state: Marks) -> None:
    """Fix `state` (nf,) to 1 (open) or -1 (closed) where that is certain and shorten the rows, all in place.

    Afterwards a row holds only its useful edges to undecided facilities (state 0), still ordered by cost, and `cap`
    (nc,) the cheapest assignment to an open one, INFINITE where there is none. Each pass is O(E).
    """
    nc, nf = length.size, opening.size
    back, row, edge = transpose(start, length, other, nf)
    price = cost[edge]
    limit = np.full(nc, INFINITE, np.int64)  # an edge from here up is never used
    alone = np.full((nc, 2), INFINITE, np.int64)  # cheapest and second cheapest way to serve this client alone
    by = np.full((nc, 2), -1, np.int32)  # the undecided facilities that do so, -1: one that is open
    gain = np.zeros(nf, np.int64)
    locked = np.zeros(nf, np.bool_)
    for j in range(nf):
        if state[j] == 0 and opening[j] == 0 and back[j + 1] > back[j]:
            state[j] = 1
    changed = True
    while changed:
        changed = False
        gain[:] = 0
        for i in range(nc):
            if length[i] > 0:
                _shorten(i, opening, start, length, other, cost, cap, state, limit, alone, by)
            if length[i] > 0:
                a = start[i]
                j = other[a]
                rival = cap[i] if length[i] == 1 else min(cap[i], cost[a + 1])
                if rival >= INFINITE:
                    gain[j] = opening[j]
                elif gain[j] < opening[j]:
                    gain[j] += rival - cost[a]
        for j in range(nf):
            if state[j] == 0 and gain[j] >= opening[j] and back[j + 1] > back[j]:
                state[j] = 1
                changed = True
        if changed:
            continue
        locked[:] = False
        for j in range(nf):
            if state[j] != 0 or locked[j]:
                continue
            if _dispensable(j, opening[j], back, row, price, length, state, limit, alone, by):
                state[j] = -1
                changed = changed or back[j + 1] > back[j]
                for t in range(back[j], back[j + 1]):
                    i = row[t]
                    if length[i] > 0 and price[t] < limit[i]:
                        k = by[i, 1] if by[i, 0] == j else by[i, 0]
                        if k >= 0:
                            locked[k] = True


@compiled
def _shorten(
    i: int,
    opening: Ints,
    start: Ints,
    length: Ints,
    other: Indices,
    cost: Ints,
    cap: Ints,
    state: Marks,
    limit: Ints,
    alone: Ints,
    by: Indices,
) -> None:
    """Drop the edges of client `i` that cost no less than opening another facility for it alone."""
    a, b = start[i], start[i] + length[i]
    for e in range(a, b):
        if state[other[e]] == 1 and cost[e] < cap[i]:
            cap[i] = cost[e]
    limit[i] = min(limit[i], cap[i])
    for e in range(a, b):
        if state[other[e]] == 0:
            limit[i] = min(limit[i], cost[e] + opening[other[e]])
    out = a
    first, second, j1, j2 = cap[i], cap[i], -1, -1
    for e in range(a, b):
        j = other[e]
        if state[j] != 0 or cost[e] >= limit[i]:
            continue
        other[out] = j
        cost[out] = cost[e]
        out += 1
        total = cost[e] + opening[j]
        if total < first:
            second, j2, first, j1 = first, j1, total, j
        elif total < second:
            second, j2 = total, j
    length[i] = out - a
    alone[i, 0], alone[i, 1], by[i, 0], by[i, 1] = first, second, j1, j2


@compiled
def _dispensable(
    j: int,
    opening: int,
    back: Ints,
    row: Indices,
    price: Ints,
    length: Ints,
    state: Marks,
    limit: Ints,
    alone: Ints,
    by: Indices,
) -> bool:
    """Whether closing `j` and serving each of its clients alone, elsewhere, costs no more than `j` itself."""
    loss = 0
    for t in range(back[j], back[j + 1]):
        i = row[t]
        if length[i] == 0 or price[t] >= limit[i]:
            continue
        rank = 1 if by[i, 0] == j else 0
        k = by[i, rank]
        if alone[i, rank] >= INFINITE or (k >= 0 and state[k] != 0):
            return False
        if alone[i, rank] > price[t]:
            loss += alone[i, rank] - price[t]
        if loss > opening:
            return False
    return True

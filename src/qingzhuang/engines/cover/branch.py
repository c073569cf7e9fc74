"""One piece of a facility location: dual ascent, then branch and bound on its dual (Erlenkotter 1978).

Each node keeps its own dual, begun from its parent's, so its bound is a certificate in exact integers.
"""

import numpy as np

from .ascent import adjust, ascend, primal, settle
from .compiled import INFINITE, Bools, Indices, Ints, Marks, compiled
from .local import improve

DEEPEST = 200


@compiled
def bound(v: Ints, opening: Ints, state: Marks) -> int:
    """The sum of the dual and of what is open by decision."""
    value = 0
    for i in range(v.size):
        value += v[i]
    for j in range(opening.size):
        if state[j] == 1:
            value += opening[j]
    return value


@compiled
def _pick(start: Ints, other: Indices, cost: Ints, v: Ints, reach: Ints, chosen: Bools, state: Marks) -> int:
    """The facility to branch on: of the client that overpays most, the second chosen one; -1 if none overpays."""
    most, pick = 0, -1
    for i in range(v.size):
        first, over, second = True, 0, -1
        for e in range(start[i], reach[i]):
            if cost[e] >= v[i]:
                break
            j = other[e]
            if chosen[j] and state[j] == 0:
                if first:
                    first = False
                else:
                    over += v[i] - cost[e]
                    if second < 0:
                        second = j
        if over > most:
            most, pick = over, second
    return pick


@compiled
def solve_piece(
    opening: Ints,
    start: Ints,
    other: Indices,
    cost: Ints,
    back: Ints,
    row: Indices,
    price: Ints,
    cap: Ints,
    slackness: int,
    work_limit: int,
    rounds: int,
    v: Ints,
    state: Marks,
    best: Bools,
    best_cost: int,
) -> tuple[int, int, int, int]:
    """Solve one connected piece as far as `work_limit` edge visits allow.

    `v` (nc,) is a dual to begin from (zeros will do) and holds the root's dual afterwards; `state` (nf,) the root's
    decisions, to which -1 is added where reduced costs close a facility; `best` (nf,) and `best_cost` the best choice
    known (INFINITE: none), improved in place. A bound within `slackness` of the best cost counts as equal.
    Returns cost, bound, nodes, work; solved if bound >= cost - slackness.
    """
    nc, nf = cap.size, opening.size
    slack = np.empty(nf, np.int64)
    reach = np.empty(nc, np.int64)
    only = np.empty(nc, np.int32)
    chosen = np.zeros(nf, np.bool_)
    active = np.empty(nc + 1, np.int32)
    mark = np.empty(nc, np.int64)
    limits = cap.copy()
    work = 0
    if not settle(opening, start, other, cost, limits, state, v, reach, slack):
        return best_cost, INFINITE, 0, work
    active[:nc] = np.arange(nc)
    work += ascend(active, nc, start, other, cost, limits, v, reach, slack)
    low = bound(v, opening, state)
    stale = 0
    while True:
        primal(start, other, limits, v, reach, slack, only, chosen)
        trial = chosen.copy()
        for j in range(nf):
            if state[j] == 1:
                trial[j] = True
        value = improve(opening, start, other, cost, back, row, price, cap, state, trial, rounds)
        work += 4 * row.size
        if value < best_cost:
            best_cost = value
            best[:] = trial
        if low >= best_cost - slackness or stale >= 3 or work > work_limit:
            break
        work += adjust(start, other, cost, back, row, limits, v, reach, slack, only, chosen, active, mark)
        better = bound(v, opening, state)
        stale = stale + 1 if better - low <= (best_cost - better) // 64 else 0
        low = better
    if low >= best_cost - slackness:
        return best_cost, min(low, best_cost), 0, work
    for j in range(nf):
        if state[j] == 0 and low + slack[j] >= best_cost:
            state[j] = -1
    if work > work_limit:
        return best_cost, low, 0, work
    deepest = min(nf, DEEPEST, max(1, 20_000_000 // nc))
    duals = np.empty((deepest + 1, nc), np.int64)
    variable = np.empty(deepest + 1, np.int32)
    phase = np.zeros(deepest + 1, np.int8)
    floor = np.full(deepest + 1, INFINITE, np.int64)  # the bound of the node at each depth
    now = v.copy()
    here = state.copy()
    depth, nodes, alive = 0, 0, 0
    lowest = INFINITE
    fresh = True
    while depth >= 0:
        if fresh:
            nodes += 1
            limits[:] = cap
            alive = INFINITE
            if settle(opening, start, other, cost, limits, here, now, reach, slack):
                active[:nc] = np.arange(nc)
                work += row.size + ascend(active, nc, start, other, cost, limits, now, reach, slack)
                alive = bound(now, opening, here)
                primal(start, other, limits, now, reach, slack, only, chosen)
                tries = 0
                while alive < best_cost - slackness and tries < 3:
                    work += adjust(start, other, cost, back, row, limits, now, reach, slack, only, chosen, active, mark)
                    primal(start, other, limits, now, reach, slack, only, chosen)
                    better = bound(now, opening, here)
                    tries = tries + 1 if better - alive > (best_cost - better) // 16 else 3
                    alive = better
                if alive < best_cost - slackness:
                    for j in range(nf):
                        trial[j] = chosen[j] or here[j] == 1
                    value = improve(opening, start, other, cost, back, row, price, cap, here, trial, 1)
                    work += 2 * row.size
                    if value < best_cost:
                        best_cost = value
                        best[:] = trial
            fresh = False
            floor[depth] = alive
            if alive >= best_cost - slackness:
                lowest = min(lowest, alive)
                depth -= 1
                continue
            pick = _pick(start, other, cost, now, reach, chosen, here)
            if pick < 0 or depth >= deepest or work > work_limit:
                lowest = min(lowest, alive)
                if work > work_limit:
                    break
                depth -= 1
                continue
            duals[depth] = now
            variable[depth] = pick
            phase[depth] = 0
        if phase[depth] == 0:
            phase[depth] = 1
            here[variable[depth]] = -1
        elif phase[depth] == 1:
            phase[depth] = 2
            here[variable[depth]] = 1
        else:
            here[variable[depth]] = 0
            depth -= 1
            continue
        now[:] = duals[depth]
        depth += 1
        fresh = True
    for d in range(depth):  # left undone: each open branch still has its parent's bound
        lowest = min(lowest, int(floor[d]))
    low = max(low, min(lowest, best_cost))
    return best_cost, min(low, best_cost), nodes, work

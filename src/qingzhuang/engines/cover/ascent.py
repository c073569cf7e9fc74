"""Dual ascent and dual adjustment for facility location (Erlenkotter 1978), in exact integers.

The dual: maximise the sum of v, where for each facility the clients' bids above their assignment cost,
sum of max(0, v_i - c_ij), stay within its opening cost. `slack` is what is left of it. Any such v bounds the optimum
from below, so the bound needs no tolerance. Facilities that are decided (open or closed) bid for nothing: their slack
is INFINITE; an open one caps the v of its clients instead.
"""

from .compiled import INFINITE, Bools, Indices, Ints, Marks, compiled


@compiled
def settle(
    opening: Ints, start: Ints, other: Indices, cost: Ints, cap: Ints, state: Marks, v: Ints, reach: Ints, slack: Ints
) -> bool:
    """Make `v` feasible for `state` and recompute `reach` (edges with cost up to v) and `slack`; False if impossible.

    `cap` is lowered in place to the cheapest facility of state 1; v is cut where a facility is overbid.
    """
    nc = v.size
    for j in range(opening.size):
        slack[j] = opening[j] if state[j] == 0 else INFINITE
    for i in range(nc):
        usable = cap[i] < INFINITE
        for e in range(start[i], start[i + 1]):
            j = other[e]
            if state[j] == 1:
                usable = True
                cap[i] = min(cap[i], cost[e])
            elif state[j] == 0:
                usable = True
        if not usable:
            return False
        v[i] = min(v[i], cap[i])
        if start[i] < start[i + 1]:
            v[i] = max(v[i], min(cap[i], cost[start[i]]))
            for e in range(start[i], start[i + 1]):  # cut the bid to what is left
                j = other[e]
                if cost[e] >= v[i]:
                    break
                if state[j] == 0:
                    v[i] = min(v[i], cost[e] + slack[j])
        e = start[i]
        while e < start[i + 1] and cost[e] <= v[i]:
            if state[other[e]] == 0:
                slack[other[e]] -= v[i] - cost[e]
            e += 1
        reach[i] = e
    return True


@compiled
def ascend(
    active: Indices, count: int, start: Ints, other: Indices, cost: Ints, cap: Ints, v: Ints, reach: Ints, slack: Ints
) -> int:
    """Raise v of the first `count` clients of `active` in turn, each to its next edge, until all are blocked.

    `active` is used up. Returns the number of edges looked at.
    """
    work = 0
    while count > 0:
        left = 0
        for t in range(count):
            i = active[t]
            stop = reach[i]
            step = cap[i] - v[i]
            if step <= 0:
                continue
            end = start[i + 1]
            more = stop < end and cost[stop] <= cap[i]
            if more:
                step = cost[stop] - v[i]
            free = True
            work += stop - start[i] + 1
            for e in range(start[i], stop):
                if slack[other[e]] < step:
                    step = slack[other[e]]
                    free = False
                    if step == 0:
                        break
            if step == 0 and not free:
                continue
            v[i] += step
            for e in range(start[i], stop):
                if slack[other[e]] < INFINITE:
                    slack[other[e]] -= step
            while stop < end and cost[stop] <= v[i]:
                stop += 1
            reach[i] = stop
            if free and v[i] < cap[i]:
                active[left] = i
                left += 1
        count = left
    return work


@compiled
def primal(
    start: Ints,
    other: Indices,
    cap: Ints,
    v: Ints,
    reach: Ints,
    slack: Ints,
    only: Indices,
    chosen: Bools,
) -> None:
    """Choose, among undecided facilities without slack, a small set that serves all: complementary slackness.

    Fills `chosen` (nf,) and `only` (nc,): the one facility without slack that a client reaches, -1 if none is needed
    or several can.
    """
    chosen[:] = False
    for i in range(v.size):
        only[i] = -1
        if v[i] >= cap[i]:
            continue
        for e in range(start[i], reach[i]):
            j = other[e]
            if slack[j] == 0:
                if only[i] >= 0:
                    only[i] = -2
                    break
                only[i] = j
        if only[i] >= 0:
            chosen[only[i]] = True
    for i in range(v.size):
        if v[i] >= cap[i] or only[i] >= 0:
            continue
        first = -1
        for e in range(start[i], reach[i]):
            j = other[e]
            if chosen[j]:
                first = -1
                break
            if slack[j] == 0 and first < 0:
                first = j
        if first >= 0:
            chosen[first] = True


@compiled
def adjust(
    start: Ints,
    other: Indices,
    cost: Ints,
    back: Ints,
    row: Indices,
    cap: Ints,
    v: Ints,
    reach: Ints,
    slack: Ints,
    only: Indices,
    chosen: Bools,
    active: Indices,
    mark: Ints,
) -> int:
    """One pass of dual adjustment over the clients that overpay two chosen facilities; returns the edges looked at.

    Such a client's v goes down one edge, which frees slack of several facilities at once; clients that depend on one
    of the two alone use it first, then the client itself, then everyone near. The bound never falls.
    """
    work = 0
    mark[:] = -1
    for i in range(v.size):
        j1, j2 = -1, -1
        for e in range(start[i], reach[i]):
            if cost[e] >= v[i]:
                break
            j = other[e]
            if chosen[j] and slack[j] == 0:
                if j1 >= 0:
                    j2 = j
                    break
                j1 = j
        work += 1
        if j2 < 0:
            continue
        count = 0
        for j in (j1, j2):
            for t in range(back[j], back[j + 1]):
                if only[row[t]] == j:
                    active[count] = row[t]
                    count += 1
        if count == 0:
            continue
        low = reach[i] - 1
        while cost[low] >= v[i]:
            low -= 1
        down = v[i] - cost[low]
        v[i] = cost[low]
        reach[i] = low + 1
        for e in range(start[i], low + 1):
            if slack[other[e]] < INFINITE:
                slack[other[e]] += down
        work += ascend(active, count, start, other, cost, cap, v, reach, slack)
        active[0] = i
        work += ascend(active, 1, start, other, cost, cap, v, reach, slack)
        count = 0
        for e in range(start[i], low + 1):
            j = other[e]
            if slack[j] == 0 or slack[j] >= INFINITE:
                continue
            for t in range(back[j], back[j + 1]):
                if mark[row[t]] != i:
                    mark[row[t]] = i
                    active[count] = row[t]
                    count += 1
        work += count + ascend(active, count, start, other, cost, cap, v, reach, slack)
    return work

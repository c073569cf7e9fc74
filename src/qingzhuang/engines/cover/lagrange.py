"""Kernels for set covering: Lagrangian bound by subgradient, greedy covers by Lagrangian cost.

After Beasley (1990) and Caprara, Fischetti and Toth (1999). Rows are elements, columns candidates; `start`, `column`
are the rows, `back`, `row` the columns. A row with `covered` needs nothing: its multiplier stays 0.
"""

import numpy as np

from .compiled import Bools, Floats, Indices, Ints, compiled


@compiled
def reduced_costs(cost: Floats, back: Ints, row: Indices, u: Floats, out: Floats) -> None:
    """cost_j minus the multipliers of the rows of j, into `out` (columns,)."""
    for j in range(cost.size):
        value = cost[j]
        for t in range(back[j], back[j + 1]):
            value -= u[row[t]]
        out[j] = value


@compiled
def exact_bound(cost: Ints, back: Ints, row: Indices, u: Ints, reduced: Ints) -> int:
    """The Lagrangian bound of integer multipliers, exact; `reduced` (columns,) is filled."""
    value = 0
    for i in range(u.size):
        value += u[i]
    for j in range(cost.size):
        reduced[j] = cost[j]
        for t in range(back[j], back[j + 1]):
            reduced[j] -= u[row[t]]
        if reduced[j] < 0:
            value += reduced[j]
    return value


@compiled
def greedy(
    cost: Floats,
    start: Ints,
    column: Indices,
    back: Ints,
    row: Indices,
    u: Floats,
    covered: Bools,
    banned: Bools,
    taken: Bools,
    limit: int,
) -> float:
    """Cover the rows that `covered` leaves open, by least Lagrangian cost per row; fill `taken` (columns,).

    Columns in `banned` are not used. Takes `limit` columns at most and then stops, the rest left open; when all is
    covered, drops what is superfluous, dearest first. Returns the cost of what was taken.
    """
    n, m = cost.size, u.size
    worth = np.empty(n, np.float64)
    fresh = np.zeros(n, np.int64)
    times = np.zeros(m, np.int64)
    taken[:] = False
    candidates = np.empty(n, np.int32)
    count = 0
    for j in range(n):
        value = cost[j]
        for t in range(back[j], back[j + 1]):
            i = row[t]
            if not covered[i]:
                fresh[j] += 1
                value -= u[i]
        worth[j] = value
        if fresh[j] > 0 and not banned[j]:
            candidates[count] = j
            count += 1
    missing = 0
    for i in range(m):
        if covered[i]:
            times[i] = 1
        else:
            missing += 1
    picked = np.empty(m + 1, np.int32)
    size = 0
    while missing > 0 and size < limit:
        best, score, keep = -1, np.inf, 0
        for t in range(count):
            j = candidates[t]
            if fresh[j] == 0:
                continue
            candidates[keep] = j
            keep += 1
            value = worth[j] / fresh[j] if worth[j] > 0 else worth[j] * fresh[j]
            if value < score:
                best, score = j, value
        count = keep
        if best < 0:
            return np.inf
        taken[best] = True
        picked[size] = best
        size += 1
        for t in range(back[best], back[best + 1]):
            i = row[t]
            times[i] += 1
            if times[i] == 1:
                missing -= 1
                for e in range(start[i], start[i + 1]):
                    fresh[column[e]] -= 1
                    worth[column[e]] += u[i]
    total = 0.0
    if missing == 0:
        order = np.argsort(-cost[picked[:size]], kind="mergesort")
        for t in order:
            j = picked[t]
            needed = False
            for s in range(back[j], back[j + 1]):
                if times[row[s]] == 1:
                    needed = True
                    break
            if not needed:
                taken[j] = False
                for s in range(back[j], back[j + 1]):
                    times[row[s]] -= 1
    for t in range(size):
        if taken[picked[t]]:
            total += cost[picked[t]]
    return total


@compiled
def subgradient(
    cost: Floats,
    start: Ints,
    column: Indices,
    back: Ints,
    row: Indices,
    covered: Bools,
    banned: Bools,
    u: Floats,
    upper: float,
    iterations: int,
    every: int,
    best: Bools,
) -> tuple[float, float]:
    """Ascend the Lagrangian bound from `u`, left at the best multipliers; a greedy cover `every` so many steps.

    Of the open rows only (see `covered`). `best` (columns,) takes a cover cheaper than `upper`. Returns the bound and
    the cost of the best cover (`upper` if none was cheaper).
    """
    n, m = cost.size, u.size
    reduced = np.empty(n, np.float64)
    slope = np.empty(m, np.float64)
    now = u.copy()
    taken = np.zeros(n, np.bool_)
    top, worst, high = -np.inf, np.inf, -np.inf
    step, checkpoint = 0.1, -np.inf
    for k in range(iterations):
        value = 0.0
        for i in range(m):
            if covered[i]:
                now[i] = 0.0
                slope[i] = 0.0
            else:
                slope[i] = 1.0
                value += now[i]
        for j in range(n):
            if banned[j]:
                continue
            reduced[j] = cost[j]
            for t in range(back[j], back[j + 1]):
                reduced[j] -= now[row[t]]
            if reduced[j] < 0:
                value += reduced[j]
                for t in range(back[j], back[j + 1]):
                    if not covered[row[t]]:
                        slope[row[t]] -= 1.0
        if value > top:
            top = value
            u[:] = now
        worst, high = min(worst, value), max(high, value)
        if k % 20 == 19:
            if high - worst > 0.01 * abs(high):
                step *= 0.5
            elif high - worst < 0.001 * abs(high):
                step *= 1.5
            worst, high = np.inf, -np.inf
        if k % 300 == 299:
            if top - checkpoint < 0.0005 * abs(top):
                break
            checkpoint = top
        if every > 0 and k % every == 0:
            price = greedy(cost, start, column, back, row, now, covered, banned, taken, m)
            if price < upper:
                upper = price
                best[:] = taken
        norm = 0.0
        for i in range(m):
            if slope[i] < 0 and now[i] == 0:
                slope[i] = 0.0
            norm += slope[i] * slope[i]
        if norm == 0 or value >= upper:
            break
        move = step * (upper * 1.01 - value) / norm
        for i in range(m):
            now[i] = max(0.0, now[i] + move * slope[i])
    return top, upper

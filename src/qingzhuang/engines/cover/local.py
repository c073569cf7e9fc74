"""Local search for facility location: close, open, and open-then-close, first improvement (after Kuehn and Hamburger)."""

import numpy as np

from .compiled import INFINITE, Bools, Indices, Ints, Marks, compiled


@compiled
def serve(i: int, start: Ints, other: Indices, cost: Ints, cap: Ints, is_open: Bools, near: Indices, pay: Ints) -> None:
    """Fill the cheapest and second cheapest open facility of client `i`: `near` and `pay`, (nc, 2); -1 is the cap."""
    near[i, 0], near[i, 1] = -1, -1
    pay[i, 0], pay[i, 1] = cap[i], INFINITE
    for e in range(start[i], start[i + 1]):
        c = cost[e]
        if c >= pay[i, 1]:
            break
        if is_open[other[e]]:
            if c < pay[i, 0]:
                pay[i, 1], near[i, 1] = pay[i, 0], near[i, 0]
                pay[i, 0], near[i, 0] = c, other[e]
            else:
                pay[i, 1], near[i, 1] = c, other[e]


@compiled
def total(opening: Ints, pay: Ints, is_open: Bools) -> int:
    """What `is_open` costs, INFINITE where it leaves a client without service."""
    value = 0
    for j in range(opening.size):
        if is_open[j]:
            value += opening[j]
    for i in range(pay.shape[0]):
        if pay[i, 0] >= INFINITE:
            return INFINITE
        value += pay[i, 0]
    return value


@compiled
def _loss(j: int, back: Ints, row: Indices, near: Indices, pay: Ints) -> int:
    """What its clients pay more when `j` closes, INFINITE where one has no other."""
    value = 0
    for t in range(back[j], back[j + 1]):
        i = row[t]
        if near[i, 0] == j:
            if pay[i, 1] >= INFINITE:
                return INFINITE
            value += pay[i, 1] - pay[i, 0]
    return value


@compiled
def _flip(
    j: int,
    start: Ints,
    other: Indices,
    cost: Ints,
    back: Ints,
    row: Indices,
    cap: Ints,
    is_open: Bools,
    near: Indices,
    pay: Ints,
) -> None:
    is_open[j] = not is_open[j]
    for t in range(back[j], back[j + 1]):
        serve(row[t], start, other, cost, cap, is_open, near, pay)


@compiled
def improve(
    opening: Ints,
    start: Ints,
    other: Indices,
    cost: Ints,
    back: Ints,
    row: Indices,
    price: Ints,
    cap: Ints,
    state: Marks,
    is_open: Bools,
    rounds: int,
) -> int:
    """Improve `is_open` (nf,) in place without touching decided facilities; returns its cost, INFINITE if unserved.

    Stops at a local optimum or after `rounds` passes over the facilities.
    """
    nc, nf = cap.size, opening.size
    near = np.empty((nc, 2), np.int32)
    pay = np.empty((nc, 2), np.int64)
    for i in range(nc):
        serve(i, start, other, cost, cap, is_open, near, pay)
        if pay[i, 0] >= INFINITE:
            return INFINITE
    closed = np.empty(nf, np.int32)
    changed = True
    while changed and rounds > 0:
        changed = False
        rounds -= 1
        for j in range(nf):
            if state[j] != 0:
                continue
            if is_open[j]:
                if _loss(j, back, row, near, pay) <= opening[j] and opening[j] > 0:
                    changed = changed or _loss(j, back, row, near, pay) < opening[j]
                    _flip(j, start, other, cost, back, row, cap, is_open, near, pay)
                continue
            gain = -opening[j]
            for t in range(back[j], back[j + 1]):
                i = row[t]
                if price[t] < pay[i, 0]:
                    gain += pay[i, 0] - price[t]
            hope = gain
            for t in range(back[j], back[j + 1]):
                i = row[t]
                k = near[i, 0]
                if price[t] < pay[i, 0] and k >= 0 and state[k] == 0:
                    hope += opening[k]
            if hope <= 0:
                continue
            _flip(j, start, other, cost, back, row, cap, is_open, near, pay)
            count = 0
            for t in range(back[j], back[j + 1]):
                for s in range(2):
                    k = near[row[t], s]
                    if k >= 0 and k != j and state[k] == 0 and is_open[k]:
                        loss = _loss(k, back, row, near, pay)
                        if loss < opening[k]:
                            gain += opening[k] - loss
                            closed[count] = k
                            count += 1
                            _flip(k, start, other, cost, back, row, cap, is_open, near, pay)
            if gain > 0:
                changed = True
            else:
                for t in range(count):
                    _flip(closed[t], start, other, cost, back, row, cap, is_open, near, pay)
                _flip(j, start, other, cost, back, row, cap, is_open, near, pay)
    return total(opening, pay, is_open)

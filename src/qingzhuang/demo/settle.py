"""Whether the planted truth of one county is true: what saves by a merge, and what does not.

Merging i into j saves exactly when (m_i + e)·|A_j \\ A_i| + (m_j + e)·|A_i \\ A_j| < a·|A_i ∩ A_j|, whichever of the two goes.
Here every pair of live channels is held against it, permitted or not: a planted pair must save, any other must not, both with
room to spare.
"""

from __future__ import annotations

import numpy as np

from qingzhuang.demo.kinds import DEAD, HUBS, Kind
from qingzhuang.demo.shapes import Block, Bools, Floats, Ints

CARRYING = 10.0
"""a: what carrying a channel costs a member a week, in messages."""
EXPOSING = 10.0
"""e: what seeing or being seen by somebody new costs once, in messages."""
MARGIN = 8.0
"""By how much a planted merge saves at least, and every other fails to: far more than single precision loses."""
LIKE, WITHIN = 0.6, 0.9
"""No other live pair is as alike (Jaccard) as this, or one as far within the other."""

_LOUDEST = 1500
_MAY_TALK_MORE = (Kind.PLAIN, Kind.TEMPORARY, Kind.CONTAINER, *HUBS)


def settled(block: Block) -> Ints | None:
    """Return the messages in 30 days with which the planted truth of `block` is true; None if there are none such.

    Where two channels would save unplanned, the ordinary one of them becomes busier, which makes every merge of it dearer.
    """
    live = np.flatnonzero(~np.isin(block.kind, DEAD))
    members = block.members[live].astype(np.float32)
    shared: Floats = members @ members.T
    planned, related = _families(block, live)
    if _too_alike(shared, related):
        return None
    monthly = block.monthly.copy()
    saving = savings(shared, _weekly(monthly[live]))
    unplanned = np.argwhere(np.triu(~related & (saving > -MARGIN), 1))
    for first, second in unplanned.tolist():
        _talk_more(block.kind, monthly, live, shared, first, second)
    if len(unplanned):
        saving = savings(shared, _weekly(monthly[live]))
    good = (
        (saving[planned] >= MARGIN).all() and (saving[~related] <= -MARGIN).all() and monthly.max(initial=0) <= _LOUDEST
    )
    return monthly if good else None


def savings(shared: Floats, weekly: Floats) -> Floats:
    """Return what merging each pair saves, from the matrix of shared members (sizes on its diagonal) and weekly messages."""
    size = np.diag(shared)
    cost = weekly + EXPOSING
    lacking = size[None, :] - shared  # |A_j \ A_i| at [i, j]
    weighed = cost[:, None] * lacking
    return CARRYING * shared - weighed - weighed.T


def _weekly(monthly: Ints) -> Floats:
    return (monthly * 7 / 30).astype(np.float32)


def _families(block: Block, live: Ints) -> tuple[Bools, Bools]:
    """Return which pairs are planted (child and parent), and which are of one family and so not held against others' rule."""
    own = np.where(block.parent[live] >= 0, block.parent[live], live)
    family = own[:, None] == own[None, :]
    planned = (block.parent[live][:, None] == live[None, :]) & (block.parent[live] >= 0)[:, None]
    halves = block.kind[live] == Kind.CONTAINED
    related = family & ~(halves[:, None] & halves[None, :]) | np.eye(len(live), dtype=np.bool_)
    return planned, related


def _too_alike(shared: Floats, related: Bools) -> bool:
    size = np.diag(shared)
    smaller = np.minimum(size[:, None], size[None, :])
    union = size[:, None] + size[None, :] - shared
    return bool((~related & ((shared >= LIKE * union) | (shared >= WITHIN * smaller))).any())


def _talk_more(kind: Ints, monthly: Ints, live: Ints, shared: Floats, first: int, second: int) -> None:
    """Make one of the pair busy enough for the merge not to save; the one that is more ordinary goes first."""
    for kept in _MAY_TALK_MORE:
        for row, other in ((first, second), (second, first)):
            lacking = shared[other, other] - shared[row, other]
            if kind[live[row]] == kept and lacking > 0:
                against = (monthly[live[other]] * 7 / 30 + EXPOSING) * (shared[row, row] - shared[row, other])
                weekly = (CARRYING * shared[row, other] - against + 2 * MARGIN) / lacking - EXPOSING
                monthly[live[row]] = max(monthly[live[row]], int(np.ceil(weekly * 30 / 7)))
                return

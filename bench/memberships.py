"""Generated memberships: who is in which group, shaped like a county's list of work groups.

Sizes run from 3 to 500 with a median near 18 and a heavy tail (log-normal). One group in five is a near-copy of another
(a member or two exchanged, one in forty of a large one),
fifteen in a hundred are subsets of another. One person in a thousand is a leader and sits in
a thousand groups. `popular` adds one person to every fifth group. Rows come in random order, as no export promises one.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]

MEDIAN_SIZE, SPREAD = 18.0, 0.9
SMALLEST, LARGEST = 3, 500
NEAR_COPIES, SUBSETS = 0.20, 0.15
LEADER_SHARE, LEADER_GROUPS = 1_000, 1_000


def memberships(
    sets: int, *, seed: int = 2019, popular: bool = False, population: int | None = None, first_leader: int = 0
) -> tuple[Ints, Ints]:
    """Rows (set, member) of `sets` sets over as many people: two int64 arrays of about 27 × `sets`, in random order.

    A few rows are there twice, as in real exports. `population` and `first_leader` are for blocks of a larger whole.
    """
    rng = np.random.default_rng(seed)
    population = population or sets
    base = round(sets * (1 - NEAR_COPIES - SUBSETS))
    sizes, offsets, people = _base_sets(rng, base, population=population)
    copied = rng.integers(0, base, sets - base)
    kind_is_copy = np.arange(sets - base) < round(sets * NEAR_COPIES)
    derived_sets, derived_people = _derived(rng, sizes, offsets, people, copied, kind_is_copy, population=population)
    leaders = np.repeat(np.arange(sets // LEADER_SHARE, dtype=np.int64) + first_leader, LEADER_GROUPS)
    parts = [
        (np.repeat(np.arange(base, dtype=np.int64), sizes), people),
        (derived_sets + base, derived_people),
        (rng.integers(0, sets, len(leaders)), leaders),
    ]
    if popular:
        fifth = np.arange(0, sets, 5, dtype=np.int64)
        parts.append((fifth, np.full(len(fifth), population, np.int64)))
    labels = rng.permutation(sets)
    set_column = labels[np.concatenate([part[0] for part in parts])]
    member_column = np.concatenate([part[1] for part in parts])
    del parts, derived_sets, derived_people, people
    order = rng.permutation(len(set_column))
    return set_column[order], member_column[order]


def memberships_in_blocks(sets: int, *, block: int, seed: int = 2019) -> tuple[Ints, Ints]:
    """As `memberships`, for more sets than can be shuffled in memory: copies and shuffling stay inside each block."""
    blocks = -(-sets // block)
    set_column, member_column = np.empty(29 * sets, np.int64), np.empty(29 * sets, np.int64)
    rows = 0
    for number in range(blocks):
        some_sets, some_members = memberships(
            block, seed=seed + number, population=sets, first_leader=number * (block // LEADER_SHARE)
        )
        fresh = slice(rows, rows + len(some_sets))
        set_column[fresh] = some_sets + number * block
        member_column[fresh] = some_members
        rows = fresh.stop
    return set_column[:rows], member_column[:rows]


def _base_sets(rng: np.random.Generator, count: int, *, population: int) -> tuple[Ints, Ints, Ints]:
    """Sizes (count), offsets (count + 1) and members, drawn evenly from the population, of the sets that copy no other."""
    raw = np.exp(rng.normal(np.log(MEDIAN_SIZE), SPREAD, count))
    sizes = np.clip(raw.round().astype(np.int64), SMALLEST, LARGEST)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    return sizes, offsets, rng.integers(0, population, int(offsets[-1]))


def _derived(
    rng: np.random.Generator,
    sizes: Ints,
    offsets: Ints,
    people: Ints,
    copied: Ints,
    near: npt.NDArray[np.bool_],
    *,
    population: int,
) -> tuple[Ints, Ints]:
    """Rows of the near-copies and subsets of the sets `copied`; set numbers count from 0 here."""
    lengths = sizes[copied]
    row_set = np.repeat(np.arange(len(copied), dtype=np.int64), lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    within = np.arange(len(row_set)) - np.repeat(starts, lengths)
    row_people = people[np.repeat(offsets[copied], lengths) + within]
    near_row = near[row_set]
    exchanged = near_row & (within < (1 + lengths // 40)[row_set])
    row_people[exchanged] = rng.integers(0, population, int(exchanged.sum()))
    share = rng.uniform(0.4, 0.9, len(copied))
    kept = near_row | (within < SMALLEST) | (rng.random(len(row_set)) < share[row_set])
    return row_set[kept], row_people[kept]

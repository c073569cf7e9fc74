"""Compiled loops that probe the index with each set; as in `kernels`, each call is short and releases the GIL."""

import numpy as np
from numba import njit

from qingzhuang.engines.overlap.intrinsics import ones, prefetch
from qingzhuang.engines.overlap.kernels import (
    HASH,
    PLACES,
    PRINTS,
    SIGNATURE,
    SMALL,
    START,
    WORD,
    Bytes,
    Int,
    Ints,
    Ints32,
    table_bits,
)

AHEAD = 32  # sets looked up before the first of them is scanned
MARKS = 64  # words of a bitmap of fingerprints
WAITING = 1 << 10  # candidates found before the first of them is looked at


@njit(cache=True, nogil=True, forceinline=True)
def strange(word: Int, marks: Ints, at: Int) -> Int:
    """How many of the five fingerprints in `word` are not in the bitmap that begins at marks[at]."""
    misses = np.int64(5)
    for k in range(5):
        mark = (word >> (12 * k)) & 4095
        misses -= (marks[at + (mark >> 6)] >> (mark & 63)) & 1
    return misses


@njit(cache=True, nogil=True)
def probe(
    first: Int,
    last: Int,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
    heads: Ints32,
    smallest: Bytes,
    postings: Ints,
    need_of_sum: Ints32,
    need_of_size: Ints32,
    low: Int,
    high: Int,
    stamp: Ints32,
    found: Ints32,
    effort: Int,
) -> tuple[Int, Int]:
    """Join the sets first..last, each as the larger of a pair, with all smaller sets; returns (next set, pairs found).

    A pair is kept when the lower of its two codes lies in low..high. `found` (rows, 3) receives lower code, higher
    code, shared. Stops early, before the set returned, when `found` is full or `effort` steps were done; `stamp` (one
    int32 a set, −1 at first) belongs to the caller's thread.
    """
    widest = 0
    for s in range(first, last):
        widest = max(widest, sizes[s])
    return probe_sets(
        first,
        last,
        sizes,
        members,
        records,
        heads,
        smallest,
        postings,
        need_of_sum,
        need_of_size,
        low,
        high,
        stamp,
        found,
        effort,
        np.empty(1 << table_bits(widest), np.int32),
        np.empty(MARKS * AHEAD, np.int64),
        np.empty((WAITING, 2), np.int64),
        np.empty((max(widest, 8 * AHEAD), 2), np.int64),
        np.empty(AHEAD + 1, np.int64),
    )


@njit(cache=True, nogil=True)
def probe_sets(
    first: Int,
    last: Int,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
    heads: Ints32,
    smallest: Bytes,
    postings: Ints,
    need_of_sum: Ints32,
    need_of_size: Ints32,
    low: Int,
    high: Int,
    stamp: Ints32,
    found: Ints32,
    effort: Int,
    table: Ints32,
    marks: Ints,
    waiting: Ints,
    lists: Ints,
    bounds: Ints,
) -> tuple[Int, Int]:
    """What `probe` does, in scratch arrays handed in: a loop beside an allocation counts references at every step.

    Some sets at a time: what memory is asked for in one pass is there in the next.
    """
    pairs: Int = 0
    while first < last:
        ahead = reach(first, last, sizes, len(lists))
        look_up(first, ahead, sizes, members, records, heads, smallest, postings, lists, bounds)
        count = 0
        for b in range(first, first + ahead):
            size_b = np.int64(sizes[b])
            at = MARKS * (b - first)
            absent = ~records[b, SIGNATURE]
            bound = (size_b << 40) | (b << 8)
            mark_prints(members, records[b, START], size_b, marks, at)
            effort -= size_b
            for k in range(bounds[b - first], bounds[b - first + 1]):
                effort -= lists[k, 1] - lists[k, 0]
                for p in range(lists[k, 0], lists[k, 1]):
                    posting = postings[p, 0]
                    if posting >= bound:
                        break
                    size_a = posting >> 40
                    slack = size_a - min(need_of_size[size_a], need_of_sum[size_a + size_b])
                    misses = strange(postings[p, 1], marks, at) if size_a < SMALL else ones(postings[p, 1] & absent)
                    if max(misses, posting & PLACES) > slack:
                        continue
                    if count == len(waiting):
                        full, pairs, done = settle(
                            first, count, waiting, marks, sizes, members, records, low, high, stamp, found, pairs, table
                        )
                        if full >= 0:
                            return full, pairs
                        effort -= done
                        count = 0
                    a = (posting >> 8) & WORD
                    prefetch(records, a)
                    prefetch(stamp, a)
                    waiting[count, 0] = (b << 32) | a
                    waiting[count, 1] = slack
                    count += 1
        full, pairs, done = settle(
            first, count, waiting, marks, sizes, members, records, low, high, stamp, found, pairs, table
        )
        if full >= 0:
            return full, pairs
        effort -= done
        first += ahead
        if effort < 0:
            return first, pairs
    return last, pairs


@njit(cache=True, nogil=True)
def settle(
    first: Int,
    count: Int,
    waiting: Ints,
    marks: Ints,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
    low: Int,
    high: Int,
    stamp: Ints32,
    found: Ints32,
    pairs: Int,
    table: Ints32,
) -> tuple[Int, Int, Int]:
    """Verify waiting[:count], each larger set << 32 | smaller set and how many members may be missing.

    Returns (−1, pairs found, steps done), or, when `found` is full, the larger set and the pairs found before it.
    """
    left = 0
    for k in range(count):
        b, a, slack = waiting[k, 0] >> 32, waiting[k, 0] & WORD, waiting[k, 1]
        at = MARKS * (b - first)
        misses = strange(records[a, PRINTS], marks, at)
        if misses > slack or misses + strange(records[a, PRINTS + 1], marks, at) > slack or stamp[a] == b:
            continue
        stamp[a] = b
        if low <= min(a, b) < high:
            prefetch(members, records[a, START])
            prefetch(members, records[a, START] + min(16, sizes[a] - 1))
            waiting[left, 0] = waiting[k, 0]
            waiting[left, 1] = slack
            left += 1
    bits: Int = 0
    last = np.int64(-1)
    effort = np.int64(0)
    for k in range(left):
        b, a, slack = waiting[k, 0] >> 32, waiting[k, 0] & WORD, waiting[k, 1]
        if b != last:
            bits = tabulate(members, records[b, START], sizes[b], table)
            last = b
        size_a = np.int64(sizes[a])
        effort += size_a
        shared = size_a - missing(members, records[a, START], size_a, table, bits, slack)
        if shared >= size_a - slack:
            if pairs == len(found):
                while pairs and larger(found, pairs - 1, sizes) == b:
                    pairs -= 1
                return b, pairs, effort
            found[pairs, 0] = min(a, b)
            found[pairs, 1] = max(a, b)
            found[pairs, 2] = shared
            pairs += 1
    return np.int64(-1), pairs, effort


@njit(cache=True, nogil=True)
def larger(found: Ints32, pair: Int, sizes: Ints32) -> Int:
    """The set that probed: the larger one, of equals that of the higher code."""
    lower, higher = np.int64(found[pair, 0]), np.int64(found[pair, 1])
    return lower if sizes[lower] > sizes[higher] else higher


@njit(cache=True, nogil=True, forceinline=True)
def reach(first: Int, last: Int, sizes: Ints32, room: Int) -> Int:
    """How many sets from `first` on may be looked up together: one, or as many as `room` takes, at most AHEAD."""
    room -= sizes[first]
    ahead = 1
    while first + ahead < last and ahead < AHEAD and room >= sizes[first + ahead]:
        room -= sizes[first + ahead]
        ahead += 1
    return ahead


@njit(cache=True, nogil=True, forceinline=True)
def look_up(
    first: Int,
    ahead: Int,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
    heads: Ints32,
    smallest: Bytes,
    postings: Ints,
    lists: Ints,
    bounds: Ints,
) -> None:
    """Find the posting lists of some sets, so that memory fetches them while others are read.

    Set first + i has lists[bounds[i] : bounds[i + 1]], each (from, to).
    """
    count = 0
    bounds[0] = 0
    for i in range(ahead):
        start = records[first + i, START]
        size = sizes[first + i]
        limit = min(size, 254)
        for r in range(start, start + size):
            lists[count, 0] = members[r]
            count += smallest[members[r]] <= limit
        bounds[i + 1] = count
    for k in range(count):
        m = lists[k, 0]
        low = heads[m]
        high = heads[m + 1]
        for line in range(low, low + 16, 4):
            prefetch(postings, min(line, high - 1))
        lists[k, 0] = low
        lists[k, 1] = high


@njit(cache=True, nogil=True, forceinline=True)
def mark_prints(members: Ints32, start: Int, size: Int, marks: Ints, at: Int) -> None:
    """Set the bits of the fingerprints of members[start : start + size], and bit 0, in the bitmap from marks[at] on."""
    marks[at : at + MARKS] = 0
    marks[at] = 1
    for r in range(start, start + size):
        mark = ((members[r] * HASH) & WORD) >> 20
        marks[at + (mark >> 6)] |= np.int64(1) << (mark & 63)


@njit(cache=True, nogil=True, forceinline=True)
def tabulate(members: Ints32, start: Int, size: Int, table: Ints32) -> Int:
    """Put the distinct members[start : start + size] into the hash table; returns its bits."""
    bits = table_bits(size)
    mask = (1 << bits) - 1
    table[: mask + 1] = -1
    for r in range(start, start + size):
        slot = ((members[r] * HASH) & WORD) >> (32 - bits)
        while table[slot] != -1:
            slot = (slot + 1) & mask
        table[slot] = members[r]
    return bits


@njit(cache=True, nogil=True, forceinline=True)
def missing(members: Ints32, start: Int, size: Int, table: Ints32, bits: Int, slack: Int) -> Int:
    """How many of members[start : start + size] the table lacks; stops counting at slack + 1."""
    mask = (1 << bits) - 1
    misses = 0
    for r in range(start, start + size):
        m = members[r]
        slot = ((m * HASH) & WORD) >> (32 - bits)
        while table[slot] != m:
            if table[slot] == -1:
                misses += 1
                if misses > slack:
                    return misses
                break
            slot = (slot + 1) & mask
    return misses

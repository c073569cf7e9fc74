"""Compiled loops that build the index, over flat arrays; each call is short, releases the GIL and is cached on disk.

Numbers below: a *set* and a *member* are dense codes from 0; a *row* is one membership. Arrays are int64 unless said.
Every kernel writes only where its arguments say, so calls on different slices or partitions run at the same time.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numba import njit

Ints: TypeAlias = npt.NDArray[np.int64]
Ints32: TypeAlias = npt.NDArray[np.int32]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Shorts: TypeAlias = npt.NDArray[np.uint16]
Int: TypeAlias = int | np.int64

HASH = 0x9E3779B1  # 2^32 / golden ratio: Fibonacci hashing
WORD = 0xFFFFFFFF
PLACES = 0xFF  # a place in a prefix is kept in eight bits; 255 stands for all beyond
START, SIGNATURE, PRINTS = 0, 1, 2  # columns of `records`
SMALL = 50  # postings of smaller sets carry fingerprints, of others a signature
SIZE_LIMIT = 1 << 23  # sizes share a word with a set and a place


@njit(cache=True, nogil=True)
def rank(values: Ints, known: Ints, codes: Ints) -> None:
    """Write where each value stands in `known` (ascending, distinct, holding every value)."""
    for r in range(len(values)):
        low, high = 0, len(known) - 1
        while low < high:
            middle = (low + high) >> 1
            if known[middle] < values[r]:
                low = middle + 1
            else:
                high = middle
        codes[r] = low


@njit(cache=True, nogil=True)
def survey(sets: Ints, members: Ints, set_low: Int, member_low: Int, shift: Int, rows: Ints, uses: Ints32) -> None:
    """Count the rows of each partition (set code >> shift) into `rows` and of each member into `uses`."""
    for r in range(len(sets)):
        rows[(sets[r] - set_low) >> shift] += 1
        uses[members[r] - member_low] += 1


@njit(cache=True, nogil=True)
def scatter(
    sets: Ints,
    members: Ints,
    set_low: Int,
    member_low: Int,
    shift: Int,
    cursor: Ints,
    owners: Shorts,
    parted: Ints32,
) -> None:
    """Write each row, its set within the partition and its member, at the partition's cursor, and move the cursor on."""
    mask = (1 << shift) - 1
    for r in range(len(sets)):
        code = sets[r] - set_low
        part = code >> shift
        at = cursor[part]
        cursor[part] = at + 1
        owners[at] = code & mask
        parted[at] = members[r] - member_low


@njit(cache=True, nogil=True)
def rarities(uses: Ints32, levels: Bytes) -> None:
    """Fold counts into one byte that keeps their order: exact below 64, then sixteen steps an octave."""
    for m in range(len(uses)):
        count = int(uses[m])
        if count >= 64:
            octave = 6
            while count >> (octave + 1):
                octave += 1
            count = min(255, 64 + ((octave - 6) << 4) + ((count >> (octave - 4)) & 15))
        levels[m] = count


@njit(cache=True, nogil=True, forceinline=True)
def table_bits(count: Int) -> Int:
    """Binary logarithm of a hash table at most a quarter full with `count` keys."""
    bits = 4
    while (1 << bits) < 4 * count:
        bits += 1
    return bits


@njit(cache=True, nogil=True)
def group(
    owners: Shorts,
    low: Int,
    high: Int,
    first: Int,
    count: Int,
    levels: Bytes,
    prefixes: Ints32,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
) -> None:
    """Gather the rows low..high, all of the sets first..first+count, by set, each member once, the rarest in front.

    In place: `members` holds them as `scatter` left them. Then set s has `members[start : start + sizes[s]]`; the first
    `prefixes[size]` of them are its rarest, in order of rarity. `records` (sets, 4) receives its start, its signature
    (bit h(m) for each member m) and two words of fingerprints.
    """
    ends = np.zeros(count + 1, np.int64)
    widest = by_set(owners, low, high, first, count, members, records, ends, np.empty(high - low, np.int32))
    order_sets(
        first,
        count,
        ends,
        levels,
        prefixes,
        sizes,
        members,
        records,
        np.empty(1 << table_bits(widest), np.int32),
        np.empty(widest, np.uint8),
        np.empty(widest, np.int32),
        np.empty(256, np.int64),
    )


@njit(cache=True, nogil=True)
def by_set(
    owners: Shorts,
    low: Int,
    high: Int,
    first: Int,
    count: Int,
    members: Ints32,
    records: Ints,
    ends: Ints,
    spare: Ints32,
) -> Int:
    """The first half of `group`: a counting sort; returns the rows of the largest set."""
    for r in range(low, high):
        ends[np.int64(owners[r]) + 1] += 1
        spare[r - low] = members[r]
    ends[0] = low
    widest: Int = 0
    for s in range(count):
        widest = max(widest, ends[s + 1])
        records[first + s, START] = ends[s]
        ends[s + 1] += ends[s]
    for r in range(low, high):
        owner = np.int64(owners[r])
        members[ends[owner]] = spare[r - low]
        ends[owner] += 1
    return widest


@njit(cache=True, nogil=True)
def order_sets(
    first: Int,
    count: Int,
    ends: Ints,
    levels: Bytes,
    prefixes: Ints32,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
    table: Ints32,
    keys: Bytes,
    spare: Ints32,
    tally: Ints,
) -> None:
    """The second half of `group`, apart because a loop beside an allocation counts references at every step."""
    for s in range(first, first + count):
        start = records[s, START]
        size, signature = distinct(members, start, ends[s - first], table, levels, keys)
        sizes[s] = size
        if size < len(prefixes):
            select_rarest(members, start, size, prefixes[size], keys)
        else:
            order_by_rarity(members, start, size, keys, spare, tally)
        records[s, SIGNATURE] = signature
        records[s, PRINTS] = prints(members, start + 6, min(size - 6, 5), -1)
        records[s, PRINTS + 1] = prints(members, start + 11, min(size - 11, 5), -1)


@njit(cache=True, nogil=True, forceinline=True)
def distinct(members: Ints32, start: Int, end: Int, table: Ints32, levels: Bytes, keys: Bytes) -> tuple[Int, Int]:
    """Drop repeated members of members[start:end] in place; returns how many stay and the signature, fills `keys`."""
    bits = table_bits(end - start)
    mask = (1 << bits) - 1
    table[: mask + 1] = -1
    size = 0
    signature = np.int64(0)
    for r in range(start, end):  # apart, so that memory fetches many at a time
        keys[r - start] = levels[members[r]]
    for r in range(start, end):
        m = members[r]
        spread = (m * HASH) & WORD
        slot = spread >> (32 - bits)
        while table[slot] != -1 and table[slot] != m:
            slot = (slot + 1) & mask
        if table[slot] == -1:
            table[slot] = m
            members[start + size] = m
            keys[size] = keys[r - start]
            signature |= np.int64(1) << (spread & 63)
            size += 1
    return size, signature


@njit(cache=True, nogil=True, forceinline=True)
def select_rarest(members: Ints32, start: Int, size: Int, wanted: Int, keys: Bytes) -> None:
    """Bring the `wanted` members of lowest key to the front of members[start : start + size], in order."""
    for i in range(min(wanted, size - 1)):
        best = i
        for k in range(i + 1, size):
            if keys[k] < keys[best]:
                best = k
        key, member = keys[i], members[start + i]
        keys[i] = keys[best]
        members[start + i] = members[start + best]
        keys[best] = key
        members[start + best] = member


@njit(cache=True, nogil=True, forceinline=True)
def order_by_rarity(members: Ints32, start: Int, size: Int, keys: Bytes, spare: Ints32, tally: Ints) -> None:
    """Order members[start : start + size] by key: a counting sort."""
    tally[:] = 0
    for k in range(size):
        tally[keys[k]] += 1
        spare[k] = members[start + k]
    total = start
    for level in range(256):
        total += tally[level]
        tally[level] = total - tally[level]
    for k in range(size):
        at = tally[keys[k]]
        tally[keys[k]] = at + 1
        members[at] = spare[k]


@njit(cache=True, nogil=True, forceinline=True)
def prints(members: Ints32, start: Int, count: Int, but: Int) -> Int:
    """The fingerprints, twelve bits each, of the next `count` members but one, at most five, in one word."""
    word = np.int64(0)
    for i in range(count):
        if i != but:
            word = (word << 12) | (((members[start + i] * HASH) & WORD) >> 20)
    return word


@njit(cache=True, nogil=True)
def survey_prefixes(
    first: Int, last: Int, sizes: Ints32, members: Ints32, records: Ints, prefixes: Ints32, shift: Int, rows: Ints
) -> None:
    """Count the prefix members of the sets first..last by partition, member >> shift."""
    for s in range(first, last):
        start = records[s, START]
        for r in range(start, start + prefixes[sizes[s]]):
            rows[members[r] >> shift] += 1


@njit(cache=True, nogil=True)
def scatter_prefixes(
    first: Int,
    last: Int,
    sizes: Ints32,
    members: Ints32,
    records: Ints,
    prefixes: Ints32,
    shift: Int,
    cursor: Ints,
    owners: Ints32,
    loose: Ints,
) -> None:
    """Write the postings of the sets first..last at the cursors of their partitions, and whose each is to `owners`.

    A posting, a row of `loose`, is size << 40 | set << 8 | place in the prefix, then the signature or, of a small set,
    fingerprints of other members.
    """
    for s in range(first, last):
        start = records[s, START]
        size = np.int64(sizes[s])
        for i in range(prefixes[size]):
            m = members[start + i]
            at = cursor[m >> shift]
            cursor[m >> shift] = at + 1
            owners[at] = m
            loose[at, 0] = (size << 40) | (s << 8) | min(i, PLACES)
            if size < SMALL:
                loose[at, 1] = prints(members, start, min(size, 6 if i < 6 else 5), i)
            else:
                loose[at, 1] = records[s, SIGNATURE]


@njit(cache=True, nogil=True)
def gather_postings(
    low: Int,
    high: Int,
    first: Int,
    last: Int,
    owners: Ints32,
    loose: Ints,
    heads: Ints32,
    smallest: Bytes,
    postings: Ints,
) -> None:
    """Put the postings `loose`, all of the members first..last, into postings[low:high] by member, then (size, set).

    Posting loose[r - low] is of owners[r]. Member m's list is postings[heads[m] : heads[m + 1]], of which this writes
    heads[first + 1 : last + 1]; `smallest` receives the least size in it, at most 254; 255 if there is none.
    """
    heads[first + 1 : last + 1] = 0
    for r in range(low, high):
        heads[owners[r] + 1] += 1
    total = low
    for m in range(first, last):
        total += heads[m + 1]
        heads[m + 1] = total - heads[m + 1]  # where the list begins, for now
    for r in range(low, high):
        at = heads[owners[r] + 1]
        heads[owners[r] + 1] = at + 1
        postings[at, 0] = loose[r - low, 0]
        postings[at, 1] = loose[r - low, 1]
    begin = low
    for m in range(first, last):
        end = heads[m + 1]
        smallest[m] = 255
        if begin < end:
            shell_sort(postings, begin, end)
            smallest[m] = min(postings[begin, 0] >> 40, 254)
        begin = end


@njit(cache=True, nogil=True, forceinline=True)
def shell_sort(postings: Ints, low: Int, high: Int) -> None:
    """Order postings[low:high] by their first word; most lists are short, and then this is insertion sort."""
    gap = 1
    while 9 * gap < high - low:
        gap = 3 * gap + 1
    while gap:
        for i in range(low + gap, high):
            first, second = postings[i, 0], postings[i, 1]
            j = i
            while j >= low + gap and postings[j - gap, 0] > first:
                postings[j, 0] = postings[j - gap, 0]
                postings[j, 1] = postings[j - gap, 1]
                j -= gap
            postings[j, 0] = first
            postings[j, 1] = second
        gap //= 3

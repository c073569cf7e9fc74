"""Text ids as numbers: each different id one code, in text order.

A hash table, filled row by row in compiled code: one 64-bit hash of an id says where it is looked for, another that it is found. Two of
ten million ids would have to agree in more than 80 bits to be taken for one: less than one chance in a hundred thousand million. A sort
or a join over a hundred million strings would take ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

from qingzhuang.tables.cells import narrow

_SEEDS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Encoded:
    """`codes[row]` is where the row's id stands in `vocabulary`, which is sorted by code point; -1 is a blank."""

    codes: Codes
    vocabulary: pl.Series


def encode(ids: pl.Series) -> Encoded:
    """Return `ids` (text, or whole numbers read as text) as codes; trimmed, full-width digits made half-width."""
    place_hash, key_hash = (ids.hash(seed).to_numpy().view(np.int64) for seed in _SEEDS)
    codes = np.empty(len(ids), np.int32)
    firsts = _encode(place_hash, key_hash, codes)
    found = narrow(ids.gather(firsts).cast(pl.String).str.strip_chars())
    vocabulary = found.filter(found != "").unique().sort()
    place = pl.DataFrame({"id": vocabulary, "place": np.arange(len(vocabulary), dtype=np.int32)})
    places = pl.DataFrame({"id": found}).join(place, on="id", how="left", maintain_order="left")["place"]
    _recode(codes, places.fill_null(-1).to_numpy())
    return Encoded(codes, vocabulary.rename("channel_id"))


def number(ids: pl.Series) -> Codes:
    """Return `ids` as codes in the order in which they first come."""
    place_hash, key_hash = (ids.hash(seed).to_numpy().view(np.int64) for seed in _SEEDS)
    codes = np.empty(len(ids), np.int32)
    _encode(place_hash, key_hash, codes)
    return codes


def _encode_rows(place_hash, key_hash, codes):  # type: ignore[no-untyped-def]  # compiled below
    """Fill `codes` with 0, 1, … in the order in which ids first come; return the row where each first came.

    A slot of the table is a pair: the key's hash, and its code + 1 (0: free); so that a look-up costs one cache miss.
    """
    capacity = 1 << 16
    table = np.zeros(2 * capacity, np.int64)
    firsts = np.empty(capacity // 2, np.int64)
    count = 0
    for row in range(len(place_hash)):
        key = key_hash[row]
        slot = place_hash[row] & (capacity - 1)
        while table[2 * slot + 1] != 0 and table[2 * slot] != key:
            slot = (slot + 1) & (capacity - 1)
        if table[2 * slot + 1] == 0:
            firsts[count] = row
            count += 1
            table[2 * slot] = key
            table[2 * slot + 1] = count
            codes[row] = count - 1
            if count == capacity // 2:
                capacity *= 4
                table = np.zeros(2 * capacity, np.int64)
                grown = np.empty(capacity // 2, np.int64)
                grown[:count] = firsts
                firsts = grown
                for known in range(count):
                    slot = place_hash[firsts[known]] & (capacity - 1)
                    while table[2 * slot + 1] != 0:
                        slot = (slot + 1) & (capacity - 1)
                    table[2 * slot] = key_hash[firsts[known]]
                    table[2 * slot + 1] = known + 1
        else:
            codes[row] = table[2 * slot + 1] - 1
    return firsts[:count].copy()


def _recode_rows(codes, places):  # type: ignore[no-untyped-def]  # compiled below
    for row in range(len(codes)):
        codes[row] = places[codes[row]]


_encode = numba.njit(cache=True)(_encode_rows)
_recode = numba.njit(cache=True)(_recode_rows)

"""The join itself: probe the index with every set, put the pairs in order, hand them out in chunks."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.overlap import probing
from qingzhuang.engines.overlap.index import Index, arrays_in, build
from qingzhuang.engines.overlap.sources import Arrays, Parquet, Source
from qingzhuang.engines.overlap.thresholds import Threshold, Thresholds
from qingzhuang.engines.overlap.workers import Progress, Steps, Workers, cores

Ints32: TypeAlias = npt.NDArray[np.int32]

SCHEMA = {"a": pl.Int64, "b": pl.Int64, "shared": pl.Int64, "jaccard": pl.Float64, "containment": pl.Float64}
CHUNK_ROWS = 1_000_000
HELD_PAIRS = 1 << 23  # pairs in memory at once; when there are more, the index is probed again for the rest
BLOCK_ROWS = 1 << 18  # memberships that one task probes
FOUND_PAIRS = 1 << 16  # room of a task for pairs; grows for a set that has more by itself
EFFORT = 1 << 27  # steps of one compiled call, well under a second


def overlap_join(
    sets: object,
    members: object = None,
    *,
    jaccard: Threshold = 0.8,
    containment: Threshold = 0.9,
    threads: int | None = None,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """All pairs of sets with |A∩B| / |A∪B| ≥ jaccard or |A∩B| / min(|A|, |B|) ≥ containment.

    `sets` and `members` are two integer arrays of one length (NumPy, Polars, lists), a row a membership, in any order;
    what is there twice counts once. Or `sets` is a table with the columns `set` and `member`. A threshold lies in
    (0, 1] and is exact (0.8 is 4/5; text, Decimal and Fraction are read as they stand); None switches it off.

    Returns `a`, `b` (int64, values of `sets`, a < b), `shared` (int64, members in both), `jaccard`, `containment`
    (float64), ordered by (a, b); the same whatever the number of `threads` (default: all cores). `progress` is called
    now and then with the steps done and their number, from the calling thread.

    Raises `EngineInputError`: `no-threshold`, `threshold-not-a-number`, `threshold-out-of-range`, `lengths-differ`,
    `not-integers`, `not-one-dimensional`, `has-nulls`, `missing-column`, `integer-too-large`, `set-too-large`,
    `too-many`, `threads-out-of-range`.
    """
    chunks = overlap_chunks(sets, members, jaccard=jaccard, containment=containment, threads=threads, progress=progress)
    return pl.concat([pl.DataFrame(schema=SCHEMA), *chunks])


def overlap_chunks(
    sets: object,
    members: object = None,
    *,
    jaccard: Threshold = 0.8,
    containment: Threshold = 0.9,
    chunk_rows: int = CHUNK_ROWS,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Iterator[pl.DataFrame]:
    """What `overlap_join` returns, in the same order, in tables of at most `chunk_rows` rows and bounded memory.

    Arguments are checked at once, before the first chunk is asked for. Raises also `chunk-rows-out-of-range`.
    """
    source = _arrays(sets, members)
    return _chunks(
        source, Thresholds.of(jaccard, containment), _positive("chunk-rows", chunk_rows), threads, progress, None
    )


def overlap_parquet(
    path: Path | str,
    *,
    set_column: str = "set",
    member_column: str = "member",
    jaccard: Threshold = 0.8,
    containment: Threshold = 0.9,
    chunk_rows: int = CHUNK_ROWS,
    threads: int | None = None,
    progress: Progress | None = None,
    spill: Path | str | None = None,
) -> Iterator[pl.DataFrame]:
    """`overlap_chunks` of two integer columns of a Parquet file, which is read in parts, never whole.

    The index takes about 8 bytes a membership. Where that is more than there is memory,
    `spill` names a folder that keeps it in files, removed at the end.
    """
    source = Parquet(Path(path), set_column, member_column)
    thresholds = Thresholds.of(jaccard, containment)
    folder = None if spill is None else Path(spill)
    return _chunks(source, thresholds, _positive("chunk-rows", chunk_rows), threads, progress, folder)


def _arrays(sets: object, members: object) -> Arrays:
    if isinstance(sets, pl.DataFrame) and members is None:
        table = sets
        for column in ("set", "member"):
            if column not in table.columns:
                raise EngineInputError("missing-column", column=column, columns=table.columns)
        sets, members = table["set"], table["member"]
    for name, values in (("sets", sets), ("members", members)):
        if isinstance(values, pl.Series) and values.null_count():
            raise EngineInputError("has-nulls", name=name, count=values.null_count())
    return Arrays(sets, members)


def _positive(name: str, value: int) -> int:
    if value < 1:
        raise EngineInputError(f"{name}-out-of-range", value=value)
    return value


def _chunks(
    source: Source,
    thresholds: Thresholds,
    chunk_rows: int,
    threads: int | None,
    progress: Progress | None,
    folder: Path | None,
) -> Iterator[pl.DataFrame]:
    """Check `threads`, then build, probe and cut."""
    count = cores() if threads is None else _positive("threads", threads)
    return _generate(source, thresholds, chunk_rows, count, progress, folder)


def _generate(
    source: Source,
    thresholds: Thresholds,
    chunk_rows: int,
    threads: int,
    progress: Progress | None,
    folder: Path | None,
) -> Iterator[pl.DataFrame]:
    steps = Steps(progress, 4 * source.rows)
    with Workers(threads) as workers, arrays_in(folder) as make:
        index = build(source, thresholds, workers, steps, make)
        if index is None:
            return
        for pairs in _ordered(index, workers, steps):
            for low in range(0, len(pairs), chunk_rows):
                yield _table(index, pairs[low : low + chunk_rows])


def _ordered(index: Index, workers: Workers, steps: Steps) -> Iterator[Ints32]:
    """All pairs (lower code, higher code, shared), in order, as many at a time as may be held.

    When more turn up, only those of the lower first codes are kept; the others are found again by the next probing.
    """
    low, last = 0, len(index.sizes)
    while low < last:
        search = _Search(index, workers, low)
        held: list[Ints32] = []
        count = 0
        for found, rows in search.run():
            steps.add(rows)
            held.append(found[found[:, 0] < search.high])
            count += len(held[-1])
            if count > HELD_PAIRS:
                kept = np.concatenate(held)
                search.high = max(
                    low + 1, min(search.high, int(np.partition(kept[:, 0], len(kept) // 2)[len(kept) // 2]))
                )
                held = [kept[kept[:, 0] < search.high]]
                count = len(held[0])
        low = search.high
        if low < last:
            steps.add(0, more=index.rows)
        pairs = np.concatenate(held)
        yield pairs[np.argsort((pairs[:, 0].astype(np.int64) << 32) | pairs[:, 1])]


class _Search:
    """One probing of the index with all its sets, for the pairs whose lower code is in low..high."""

    def __init__(self, index: Index, workers: Workers, low: int) -> None:
        self.high = len(index.sizes)  # may fall while tasks run
        self._index, self._workers, self._low = index, workers, low
        self._stamps: SimpleQueue[Ints32] = SimpleQueue()
        for _ in range(workers.count):
            self._stamps.put(np.full(len(index.sizes), -1, np.int32))

    def run(self) -> Iterator[tuple[Ints32, int]]:
        """The pairs found by each block of sets, and the memberships of the block."""
        sets = len(self._index.sizes)
        step = max(1, sets * BLOCK_ROWS // self._index.rows)
        tasks: Iterator[Callable[[], tuple[Ints32, int]]] = (
            partial(self._block, first, min(first + step, sets)) for first in range(0, sets, step)
        )
        return self._workers.run(tasks)

    def _block(self, first: int, last: int) -> tuple[Ints32, int]:
        index = self._index
        rows = int(index.sizes[first:last].sum())
        stamp = self._stamps.get()
        room = np.empty((FOUND_PAIRS, 3), np.int32)
        found = []
        while first < last:
            reached, count = probing.probe(
                first,
                last,
                index.sizes,
                index.members,
                index.records,
                index.heads,
                index.smallest,
                index.postings,
                index.needs.of_sum,
                index.needs.of_size,
                self._low,
                self.high,
                stamp,
                room,
                EFFORT,
            )
            found.append(room[:count].copy())
            if reached == first:
                room = np.empty((4 * len(room), 3), np.int32)
            if reached < last:
                stamp.fill(-1)  # the set that had no room has left its stamps
            first = int(reached)
        self._stamps.put(stamp)
        return np.concatenate(found), rows


def _table(index: Index, pairs: Ints32) -> pl.DataFrame:
    size_a, size_b = index.sizes[pairs[:, 0]], index.sizes[pairs[:, 1]]
    shared = pairs[:, 2].astype(np.int64)
    return pl.DataFrame(
        {
            "a": index.codes.decode(pairs[:, 0]),
            "b": index.codes.decode(pairs[:, 1]),
            "shared": shared,
            "jaccard": shared / (size_a + size_b - shared),
            "containment": shared / np.minimum(size_a, size_b),
        },
        schema=SCHEMA,
    )

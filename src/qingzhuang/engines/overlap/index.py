"""The index of the sets: members by set, the rarest first, and posting lists of the prefixes."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.overlap import kernels
from qingzhuang.engines.overlap.codes import Codes
from qingzhuang.engines.overlap.partition import Make, Partitions, part_rows
from qingzhuang.engines.overlap.sources import Source
from qingzhuang.engines.overlap.thresholds import Needs, Thresholds
from qingzhuang.engines.overlap.workers import Steps, Workers

Ints: TypeAlias = npt.NDArray[np.int64]
Ints32: TypeAlias = npt.NDArray[np.int32]
Bytes: TypeAlias = npt.NDArray[np.uint8]

PARTITION_POSTINGS = 1 << 14  # again what a core's own cache holds
TASK_ROWS = 1 << 22  # memberships of the sets whose prefixes one task reads
SHORT = 64  # members of a set up to this size are not ordered beyond its prefix


@dataclass(frozen=True)
class Index:
    """What the join reads. Codes are of sets unless said."""

    codes: Codes
    rows: int
    sizes: Ints32  # members of each set
    members: Ints32  # of all sets, from records[set, START] on
    records: Ints  # (sets, 4): start, signature, two words of fingerprints
    heads: Ints32  # (members + 1): where each member's postings begin
    smallest: Bytes  # (members): the least size in each member's postings
    postings: Ints  # (postings, 2)
    needs: Needs


@contextmanager
def arrays_in(folder: Path | None) -> Iterator[Make]:
    """A maker of empty arrays: in memory, or, with a folder, in files below it that are gone at the end."""
    if folder is None:
        yield lambda shape, kind: np.empty(shape, kind)
        return
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="overlap-", dir=folder)))

        def make(shape: Any, kind: type[np.generic]) -> npt.NDArray[Any]:
            if np.prod(shape) == 0:
                return np.empty(shape, kind)
            with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
                return np.asarray(np.memmap(file.name, kind, "w+", shape=shape))

        yield make


def build(source: Source, thresholds: Thresholds, workers: Workers, steps: Steps, make: Make) -> Index | None:
    """Index all memberships of `source`; None when there are none.

    Peak memory: 6 bytes a membership and 36 a set or, at thresholds of 0.8 and 0.9, 4 a membership and 110 a set.
    Raises `set-too-large` (8 million members), `too-many` (2 billion sets, members or postings).
    """
    if source.rows == 0:
        return None
    parted = part_rows(source, workers, steps, make)
    codes, count, members = parted.codes, parted.count, parted.members
    sizes = np.empty(codes.count, np.int32)
    records = make((codes.count, 4), np.int64)
    _group(parted, thresholds.needs(SHORT).prefixes, sizes, records, workers, steps)
    del parted
    widest = int(sizes.max())
    if widest >= kernels.SIZE_LIMIT:
        raise EngineInputError("set-too-large", size=widest, limit=kernels.SIZE_LIMIT)
    needs = thresholds.needs(widest)
    heads, smallest, postings = _postings(count, sizes, members, records, needs, workers, make)
    return Index(codes, source.rows, sizes, members, records, heads, smallest, postings, needs)


def _group(parted: Partitions, short: Ints32, sizes: Ints32, records: Ints, workers: Workers, steps: Steps) -> None:
    """Put the members by set, in place, and fill `sizes` and `records`, a partition at a time."""

    def group(part: int) -> int:
        low, high = int(parted.cuts[part]), int(parted.cuts[part + 1])
        first = part << parted.shift
        count = min(1 << parted.shift, len(sizes) - first)
        kernels.group(parted.owners, low, high, first, count, parted.levels, short, sizes, parted.members, records)
        return high - low

    for rows in workers.run(partial(group, part) for part in range(len(parted.cuts) - 1)):
        steps.add(rows)


def _postings(
    count: int, sizes: Ints32, members: Ints32, records: Ints, needs: Needs, workers: Workers, make: Make
) -> tuple[Ints32, Bytes, Ints]:
    """Posting lists of the prefixes of all sets: parted by ranges of members, then each range gathered by member."""
    about_sets = (sizes, members, records, needs.prefixes)
    total = int(needs.prefixes[sizes].sum(dtype=np.int64))
    if total >= 1 << 31:
        raise EngineInputError("too-many", name="postings", count=total, limit=1 << 31)
    shift = max(0, (count // max(1, total // PARTITION_POSTINGS)).bit_length() - 1)
    ranges = _ranges(len(sizes), max(workers.count, len(members) // TASK_ROWS))
    rows = np.zeros((len(ranges), ((count - 1) >> shift) + 1), np.int64)
    workers.run_all(
        partial(kernels.survey_prefixes, first, last, *about_sets, shift, rows[task])
        for task, (first, last) in enumerate(ranges)
    )
    cuts = np.concatenate([[0], np.cumsum(rows.sum(axis=0))])
    cursors = cuts[:-1] + np.cumsum(rows, axis=0) - rows
    owners, postings = make(total, np.int32), make((total, 2), np.int64)
    workers.run_all(
        partial(kernels.scatter_prefixes, first, last, *about_sets, shift, cursors[task], owners, postings)
        for task, (first, last) in enumerate(ranges)
    )
    heads, smallest = np.zeros(count + 1, np.int32), np.empty(count, np.uint8)

    def gather(part: int) -> None:
        first, last = part << shift, min((part + 1) << shift, count)
        low, high = int(cuts[part]), int(cuts[part + 1])
        loose = postings[low:high].copy()
        kernels.gather_postings(low, high, first, last, owners, loose, heads, smallest, postings)

    workers.run_all(partial(gather, part) for part in range(len(cuts) - 1))
    return heads, smallest, postings


def _ranges(count: int, tasks: int) -> list[tuple[int, int]]:
    """0..count cut into `tasks` ranges."""
    return [(count * task // tasks, count * (task + 1) // tasks) for task in range(tasks)]

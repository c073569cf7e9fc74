"""All memberships once through: dense codes, how common each member is, and the rows parted by ranges of sets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.overlap import kernels
from qingzhuang.engines.overlap.codes import Codes
from qingzhuang.engines.overlap.sources import Part, Source
from qingzhuang.engines.overlap.workers import Steps, Workers

Ints: TypeAlias = npt.NDArray[np.int64]
Make: TypeAlias = Callable[[Any, type[np.generic]], npt.NDArray[Any]]

PARTITION_ROWS = 1 << 17  # a partition stays in a core's own cache, and so does where each of them grows
PARTITION_SHIFT = 16  # a set is kept in sixteen bits within its partition
COUNTERS = 8  # threads that count members each have a counter a member; more would cost more memory than time


@dataclass(frozen=True)
class Partitions:
    """Partition p, the rows cuts[p] : cuts[p + 1], has the sets from p << shift on, in no order.

    Row r is the set owners[r] of its partition and members[r].
    """

    codes: Codes  # of the sets
    count: int  # of members
    owners: npt.NDArray[np.uint16]
    members: npt.NDArray[np.int32]
    cuts: Ints
    shift: int
    levels: npt.NDArray[np.uint8]  # how common each member is


def codes_of(source: Source, workers: Workers) -> tuple[Codes, Codes]:
    """Codes of the sets and of the members; one reading, or two where values lie far apart."""
    ends: list[list[tuple[int, int]]] = []
    for part in source.parts():
        ends += workers.run(partial(_ends, piece) for piece in pieces(part, workers.count) if len(piece[0]))
    codes: list[Codes | None] = []
    for name, column in zip(("sets", "members"), zip(*ends, strict=True), strict=True):
        codes.append(Codes.between(name, min(low for low, _ in column), max(high for _, high in column), source.rows))
    known = [np.empty(0, np.int64), np.empty(0, np.int64)]
    if None in codes:
        for part in source.parts():
            for place in (0, 1):
                if codes[place] is None:
                    known[place] = np.union1d(known[place], part[place])
    return codes[0] or Codes.of("sets", known[0]), codes[1] or Codes.of("members", known[1])


def part_rows(source: Source, workers: Workers, steps: Steps, make: Make) -> Partitions:
    """Part the rows of `source`, in three readings: their ends, how many there are of each, where each goes."""
    sets, members = codes_of(source, workers)
    wanted = max(1, source.rows // PARTITION_ROWS)
    shift = max(0, min(PARTITION_SHIFT, (sets.count // wanted).bit_length() - 1))
    slots = min(workers.count, COUNTERS)
    uses = np.zeros((slots, members.count), np.int32)
    tallies: list[Ints] = []

    def survey(slot: int, piece: Part) -> None:
        tally = tallies[-1][slot]
        kernels.survey(sets.encode(piece[0]), members.encode(piece[1]), sets.low, members.low, shift, tally, uses[slot])

    for part in source.parts():
        tallies.append(np.zeros((slots, ((sets.count - 1) >> shift) + 1), np.int64))
        workers.run_all(partial(survey, slot, piece) for slot, piece in enumerate(pieces(part, slots)))
        steps.add(len(part[0]))
    levels = np.empty(members.count, np.uint8)
    kernels.rarities(uses.sum(axis=0, dtype=np.int32) if slots > 1 else uses[0], levels)
    rows = np.concatenate(tallies)
    cuts = np.concatenate([[0], np.cumsum(rows.sum(axis=0))])
    cursors = cuts[:-1] + np.cumsum(rows, axis=0) - rows
    owners, parted = make(source.rows, np.uint16), make(source.rows, np.int32)

    def scatter(slot: int, piece: Part) -> None:
        about = (sets.low, members.low, shift, cursors[slot])
        kernels.scatter(sets.encode(piece[0]), members.encode(piece[1]), *about, owners, parted)

    for number, part in enumerate(source.parts()):
        workers.run_all(
            partial(scatter, number * slots + slot, piece) for slot, piece in enumerate(pieces(part, slots))
        )
        steps.add(len(part[0]))
    return Partitions(sets, members.count, owners, parted, cuts, shift, levels)


def pieces(part: Part, count: int) -> list[Part]:
    """A part cut into `count` pieces of one size."""
    sets, members = part
    cuts = [len(sets) * i // count for i in range(count + 1)]
    return [(sets[low:high], members[low:high]) for low, high in pairwise(cuts)]


def _ends(piece: Part) -> list[tuple[int, int]]:
    return [(int(values.min()), int(values.max())) for values in piece]

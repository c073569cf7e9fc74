"""The shape that the channels of one county have while they are drawn: arrays, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Standing(IntEnum):
    """The groups that a unit always has: leading body (领导班子群), office (机关群), rural revival (乡村振兴群)."""

    NOT = 0
    LEADING_BODY = 1
    OFFICE = 2
    REVIVAL = 3


@dataclass(frozen=True)
class Block:
    """Channels of one county.

    `kind` is a `Kind`; `parent` the row that a duplicate or contained channel was made from, −1 for others, and `ordinal` counts
    those of one parent; `unit` is a slot of the layout; `monthly` are messages in 30 days; `members` is channels × people in office.
    """

    kind: Ints
    parent: Ints
    ordinal: Ints
    unit: Ints
    standing: Ints
    monthly: Ints
    members: Bools

    def __len__(self) -> int:
        """Return how many channels there are."""
        return len(self.kind)

"""The channels of all counties in one set of arrays: the blocks of the counties, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qingzhuang.demo.places import LEFT_PER_COUNTY, UNITS, layout
from qingzhuang.demo.shapes import Block, Ints


@dataclass(frozen=True)
class Rows:
    """Channels, a row each; `parent` is a row, `unit` counts over all counties, `monthly` are messages in 30 days.

    The members of row r are `person[start[r]:start[r + 1]]`, counted over all counties in the order of `people`.
    """

    county: Ints
    kind: Ints
    parent: Ints
    ordinal: Ints
    unit: Ints
    standing: Ints
    monthly: Ints
    start: Ints
    person: NDArray[np.int32]

    def __len__(self) -> int:
        """Return how many channels there are."""
        return len(self.kind)

    @property
    def slot(self) -> Ints:
        """The slot of each channel's unit in the layout."""
        return self.unit % UNITS


@dataclass(frozen=True)
class Flat:
    """One county's block without its matrix: what is kept while the other counties are drawn."""

    block: Block
    sizes: Ints
    person: NDArray[np.int32]


def people_per_county() -> int:
    """Return how many people a county has, those who left among them."""
    return layout().active + LEFT_PER_COUNTY


def flatten(block: Block, county: int) -> Flat:
    """List the members of `block`, counted over all counties."""
    _, slot = np.nonzero(block.members)
    sizes = block.members.sum(axis=1)
    bare = Block(
        block.kind, block.parent, block.ordinal, block.unit, block.standing, block.monthly, np.zeros((0, 0), np.bool_)
    )
    return Flat(bare, sizes, (slot + county * people_per_county()).astype(np.int32))


def join(flats: Sequence[Flat]) -> Rows:
    """Put the counties' channels one after another."""
    blocks = [flat.block for flat in flats]
    lengths = [len(block) for block in blocks]
    county = np.repeat(np.arange(len(blocks)), lengths)
    before = np.repeat(np.cumsum([0, *lengths])[:-1], lengths)
    parent = np.concatenate([block.parent for block in blocks])
    return Rows(
        county=county,
        kind=np.concatenate([block.kind for block in blocks]),
        parent=np.where(parent >= 0, parent + before, -1),
        ordinal=np.concatenate([block.ordinal for block in blocks]),
        unit=np.concatenate([block.unit for block in blocks]) + county * UNITS,
        standing=np.concatenate([block.standing for block in blocks]),
        monthly=np.concatenate([block.monthly for block in blocks]),
        start=np.concatenate([[0], *[flat.sizes for flat in flats]]).cumsum(),
        person=np.concatenate([flat.person for flat in flats]),
    )

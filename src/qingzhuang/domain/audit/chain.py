"""Chain the rows of a log by hash, and find what was done to them afterwards (Haber and Stornetta, "How to time-stamp a
digital document", 1991).

>>> row = Row(7, "2026-03-25T08:00:00.000000+00:00", "demands.approve_demand", 3, "demands.demand", "12", ("state",), "00")
>>> link = Link(1, 7, link_hash(GENESIS, 1, row))
>>> list(verify_chain([(link, row)]))
[]
>>> [(fault.kind.value, fault.entry) for fault in verify_chain([(link, None)])]
[('gone', 7)]
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from enum import StrEnum

GENESIS = "0" * 64
"""What stands before the first row."""


@dataclass(frozen=True)
class Row:
    """A row of the log as it is hashed: `at` in UTC to the microsecond (ISO 8601), `by` the account, none for the platform itself."""

    entry: int
    at: str
    action: str
    by: int | None
    on_kind: str
    on_id: str
    fields: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Link:
    """A row's place in the chain, counted from 1 without a gap, and the hash there."""

    position: int
    entry: int
    hash: str


@dataclass(frozen=True)
class Published:
    """A place of the chain and the hash that was made known of it, so that it can be held against the chain later."""

    position: int
    hash: str

    @classmethod
    def read(cls, text: str) -> Published:
        """Return what `position:hash` says; raises ValueError for anything else."""
        position, _, known = text.partition(":")
        if len(known) != len(GENESIS) or not set(known) <= set("0123456789abcdef"):
            raise ValueError(text)
        return cls(int(position), known)

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class FaultKind(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "changed"
    """The row, or its hash, is not what it was when it was chained."""
    GONE = "gone"
    """The row is not there any more."""
    GAP = "gap"
    """A place of the chain itself is missing, or stands twice."""
    REWRITTEN = "rewritten"
    """The hash there is not the one that was once published."""


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place: `entry` is the row concerned, none for a gap."""

    kind: FaultKind
    position: int
    entry: int | None


def link_hash(before: str, position: int, row: Row) -> str:
    """Return the hash (SHA-256, hexadecimal) of `row` at `position`, behind the hash `before`."""
    held = json.dumps([before, position, *astuple(row)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(held.encode()).hexdigest()


def verify_chain(chained: Iterable[tuple[Link, Row | None]], published: Published | None = None) -> Iterator[Fault]:
    """Yield what is wrong with a chain, given in the order of its places: each link with its row, none where that is gone.

    After a fault the chain is followed on from the hash that stands there, so that each fault is named once. Whoever
    changes a row and all hashes behind it leaves no fault: against them hashes are published, and `published` is compared."""
    before, expected = GENESIS, 1
    for link, row in chained:
        if link.position != expected:
            yield Fault(FaultKind.GAP, expected, None)
        if row is None:
            yield Fault(FaultKind.GONE, link.position, link.entry)
        elif link.position == expected and link.hash != link_hash(before, link.position, row):
            yield Fault(FaultKind.CHANGED, link.position, link.entry)
        if published and link.position == published.position:
            if link.hash != published.hash:
                yield Fault(FaultKind.REWRITTEN, link.position, link.entry)
            published = None
        before, expected = link.hash, link.position + 1
    if published:
        yield Fault(FaultKind.REWRITTEN, published.position, None)

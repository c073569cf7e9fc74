"""Read the log, and verify its chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import models

from qingzhuang.apps.audit_trail import models as tables
from qingzhuang.domain.audit import GENESIS, Fault, Link, Published, Row, verify_chain

BATCH = 5_000


@dataclass(frozen=True)
class Verified:
    """What `verify` found: the last link of the chain, what is wrong with it, and which rows are not chained yet."""

    head: Published
    faults: tuple[Fault, ...]
    unchained: tuple[int, ...]


def row_of(entry: tables.Entry) -> Row:
    """Return `entry` as it is hashed."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return Row(entry.pk, at, entry.action, entry.by, entry.on_kind, entry.on_id, tuple(entry.fields), entry.digest)


def verify(*, published: Published | None = None) -> Verified:
    """Recompute the whole chain; `published` is a link of it that was made known earlier, and must be in it."""
    head = Published(0, GENESIS)

    def read() -> Iterator[tuple[Link, Row | None]]:
        nonlocal head
        for link, row in _chained():
            head = Published(link.position, link.hash)
            yield link, row

    faults = tuple(verify_chain(read(), published))
    return Verified(head, faults, tuple(unchained().values_list("pk", flat=True)))


def unchained() -> models.QuerySet[tables.Entry]:
    """Return the entries that have no place in the chain yet, in the order of their ids."""
    known = tables.Link.objects.filter(entry=models.OuterRef("pk"))
    return tables.Entry.objects.filter(~models.Exists(known)).order_by("pk")


def _chained() -> Iterator[tuple[Link, Row | None]]:
    """Yield the whole chain in order, read in batches."""
    last = None
    while True:
        behind = tables.Link.objects.order_by("position")
        batch = list((behind if last is None else behind.filter(position__gt=last))[:BATCH])
        if not batch:
            return
        entries = tables.Entry.objects.in_bulk([link.entry for link in batch])
        for link in batch:
            entry = entries.get(link.entry)
            yield Link(link.position, link.entry, link.hash), row_of(entry) if entry else None
        last = batch[-1].position


def newest(*, on_kind: str = "", on_id: str = "") -> models.QuerySet[tables.Entry]:
    """Return the entries, the newest first; of one thing where it is named."""
    entries = tables.Entry.objects.order_by("-pk")
    return entries.filter(on_kind=on_kind, on_id=on_id) if on_kind else entries

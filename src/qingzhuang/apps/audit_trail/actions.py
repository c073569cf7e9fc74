"""Write the log: `record` within the transaction of what it records, `chain_entries` once the rows are committed."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from qingzhuang.apps.audit_trail.models import Entry, Link, Salt
from qingzhuang.apps.audit_trail.queries import row_of, unchained
from qingzhuang.domain.audit import GENESIS, link_hash

CHAIN_LOCK = 0x7175A1
"""The number of the advisory lock that lets one process chain at a time (PostgreSQL; SQLite has one writer anyway)."""


def record(
    *,
    action: str,
    by: AbstractBaseUser | None,
    at: datetime,
    on: models.Model,
    values: Mapping[str, object] | None = None,
) -> Entry:
    """Add a row: `by` did `action` to `on`, whose fields got the new `values`; a reading has none.

    Must be called within the transaction of the change, so that neither is there without the other; raises RuntimeError
    outside of one."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{action} is recorded outside the transaction of what it records")
    changed = dict(sorted((values or {}).items()))
    kind, on_id = on._meta.label_lower, str(on.pk)
    return Entry.objects.create(
        at=at,
        action=action,
        by=None if by is None else by.pk,
        on_kind=kind,
        on_id=on_id,
        fields=list(changed),
        digest=_digest(_salt(kind, on_id), changed) if changed else "",
    )


def record_all(
    *,
    action: str,
    by: AbstractBaseUser | None,
    at: datetime,
    values: Iterable[tuple[models.Model, Mapping[str, object]]],
) -> None:
    """Add a row for each of many new things with its values, as `record` does for one; none of them may have a salt yet."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{action} is recorded outside the transaction of what it records")
    entries, salts = [], []
    for on, given in values:
        kind, on_id, salt = on._meta.label_lower, str(on.pk), secrets.token_bytes(32)
        changed = dict(sorted(given.items()))
        salts.append(Salt(on_kind=kind, on_id=on_id, salt=salt))
        entries.append(
            Entry(
                at=at,
                action=action,
                by=None if by is None else by.pk,
                on_kind=kind,
                on_id=on_id,
                fields=list(changed),
                digest=_digest(salt, changed),
            )
        )
    Salt.objects.bulk_create(salts, batch_size=500)
    Entry.objects.bulk_create(entries, batch_size=500)


def erase_salt(*, on: models.Model) -> None:
    """Forget the salt of `on`: its rows stay as they are, and what they digested cannot be guessed at any more."""
    Salt.objects.filter(on_kind=on._meta.label_lower, on_id=str(on.pk)).delete()


@transaction.atomic
def chain_entries(*, most: int = 10_000) -> int:
    """Chain up to `most` rows that are not chained yet, in the order of their ids; return how many were.

    Rows of transactions that commit later take later places, whatever their ids are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = Link.objects.order_by("-position").first()
    before, position = (last.hash, last.position) if last else (GENESIS, 0)
    links = []
    for entry in unchained()[:most]:
        position += 1
        before = link_hash(before, position, row_of(entry))
        links.append(Link(position=position, entry=entry.pk, hash=before))
    Link.objects.bulk_create(links, batch_size=500)
    return len(links)


def _salt(kind: str, on_id: str) -> bytes:
    known, _ = Salt.objects.get_or_create(on_kind=kind, on_id=on_id, defaults={"salt": secrets.token_bytes(32)})
    return bytes(known.salt)


def _digest(salt: bytes, values: Mapping[str, Any]) -> str:
    plain = json.dumps(values, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder, default=str)
    return hmac.new(salt, plain.encode(), hashlib.sha256).hexdigest()

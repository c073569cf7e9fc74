"""Chain the log while a worker runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connection

from qingzhuang.apps.audit_trail.actions import chain_entries

EVERY = 0.5
"""Seconds between two looks for rows that are not chained yet."""

logger = logging.getLogger(__name__)


@contextmanager
def keep_chaining() -> Iterator[None]:
    """Chain new rows in a thread of its own, within a second, until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_chain_until, args=(stop,), name="chain", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _chain_until(stop: threading.Event) -> None:
    while not stop.wait(EVERY):
        close_old_connections()
        try:
            chain_entries()
        except DatabaseError:
            logger.exception("rows of the log could not be chained; trying again")
    connection.close()

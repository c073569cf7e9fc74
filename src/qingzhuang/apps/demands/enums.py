"""The states of a demand, and which follows which."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a demand is on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    RECORDED = "recorded"
    """It comes from above the installation: it stands in the ledger, and nothing is decided on it."""


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.APPROVED, State.RETURNED, State.REFUSED}),
    State.RETURNED: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.REFUSED: frozenset(),
    State.APPROVED: frozenset({State.ACTIVE, State.WITHDRAWN}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.CHANGED, State.WITHDRAWN, State.EXPIRED}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.WITHDRAWN, State.EXPIRED}),
    State.CHANGED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.EXPIRED: frozenset(),
    State.RECORDED: frozenset({State.WITHDRAWN, State.EXPIRED}),
}

NUMBERED = frozenset({State.APPROVED, State.ACTIVE, State.SUSPENDED, State.CHANGED, State.EXPIRED})
"""States that only a demand with a control number is in; one that was withdrawn may have one."""
IN_FORCE = frozenset({State.ACTIVE, State.RECORDED})
"""States in which a demand lands on somebody."""
EDITABLE = frozenset({State.DRAFT, State.RETURNED})

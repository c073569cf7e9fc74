"""What lightening gives back: findings, one action per channel, the figures before and after, and how near the best the plan is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from qingzhuang.domain.channels.inventory import MembersAre, Note
from qingzhuang.engines.rules import Rule


class Code(StrEnum):
    """What a check can have against a channel."""

    ZOMBIE = "zombie"
    FINISHED = "finished"
    FORBIDDEN = "forbidden"
    UNAPPROVED = "unapproved"
    OWNERLESS = "ownerless"
    DUPLICATE = "duplicate"
    OVERLAPPING = "overlapping"
    CONTAINED = "contained"
    EMPTY = "empty"
    SINGLE = "single"
    SECRECY_MISMATCH = "secrecy-mismatch"


class Step(StrEnum):
    """What a plan does with a channel."""

    KEEP = "keep"
    DISSOLVE = "dissolve"
    MERGE = "merge"


class ReasonCode(StrEnum):
    """Why a plan does what it does with a channel."""

    MUST_KEEP = "must-keep"
    MUST_GO = "must-go"
    FORBIDDEN = "forbidden"
    UNAPPROVED = "unapproved"
    OWNERLESS = "ownerless"
    NO_TARGET = "no-target"
    SECRECY_MISMATCH = "secrecy-mismatch"
    ZOMBIE = "zombie"
    FINISHED = "finished"
    EMPTY = "empty"
    DUPLICATE = "duplicate"
    CONTAINED = "contained"
    OVERLAPPING = "overlapping"
    CHEAPER_MERGED = "cheaper-merged"
    CURRENT_TASK = "current-task"
    TARGET = "target"
    MEMBERS_UNKNOWN = "members-unknown"
    CHEAPEST_KEPT = "cheapest-kept"


@dataclass(frozen=True)
class Finding:
    """What one rule has against one channel, with the values that it rests on (days are ints, dates are ISO text, ids are lists)."""

    channel_id: str
    code: Code
    rule: Rule
    evidence: Mapping[str, object]


@dataclass(frozen=True)
class Action:
    """One step of the plan.

    `adds` are those who join `into`; `exposes` counts who sees or is seen by people they did not share a channel
    with.
    """

    channel_id: str
    step: Step
    into: str | None = None
    adds: tuple[str, ...] = ()
    exposes: int = 0
    reasons: tuple[ReasonCode, ...] = ()


@dataclass(frozen=True)
class Figures:
    """What a county's phones carry.

    `messages_per_person_week` is the mean; quantiles run linearly between ranks, over those in any channel.
    """

    channels: int
    memberships: int
    people: int
    median: float
    p95: float
    max: int
    messages_per_person_week: float


@dataclass(frozen=True)
class Bound:
    """The plan's cost, the proven least that any permitted plan must cost, and the gap between: (objective − lower_bound) / objective."""

    objective: float
    lower_bound: float
    gap: float


@dataclass(frozen=True)
class SwitchedOff:
    """A finding that could not be made, and the columns that it would have needed (as `channels.last_active`)."""

    code: Code
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Lightening:
    """The whole answer of `lighten`.

    `by_unit` and `by_platform` have `unit` or `platform`, `channels_before`, `channels_after`, `memberships_before`,
    `memberships_after`. `posts` are the twenty most burdened: `unit`, `post` (null where not known), `before`,
    `after` (channels), `messages_before`, `messages_after` (a week); no person is named. `spread` says how many
    people carry how many channels: `channels`, `people_before`, `people_after`. `unresolved` are channels that must
    go and have no permitted target; `solved` counts the components of the problem by how they were solved."""

    as_of: date
    members_are: MembersAre
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    before: Figures
    after: Figures
    bound: Bound
    unresolved: tuple[str, ...]
    by_unit: pl.DataFrame
    by_platform: pl.DataFrame
    posts: pl.DataFrame
    spread: pl.DataFrame
    switched_off: tuple[SwitchedOff, ...]
    solved: Mapping[str, int]
    notes: tuple[Note, ...]

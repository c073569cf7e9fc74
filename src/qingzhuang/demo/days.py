"""When channels were made, were last active and end, as days before the day judged (negative: after it)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qingzhuang.demo.kinds import Kind
from qingzhuang.demo.rows import Rows
from qingzhuang.demo.shapes import Bools, Ints

IDLE = 90
"""A channel without a work message for so many days is dead, unless it is for emergencies."""


@dataclass(frozen=True)
class Days:
    """Days ago of each channel's making, last activity and end (task or sunset), and messages in 30 days.

    `ends` tells where there is an end.
    """

    created: Ints
    active: Ints
    end: Ints
    ends: Bools
    monthly: Ints


def draw_days(rows: Rows, rng: np.random.Generator) -> Days:
    """Draw days that agree with kinds and messages: a channel with messages in 30 days was active in them."""
    count = len(rows)
    finished = rows.kind == Kind.FINISHED
    idle = finished & (rng.random(count) < 0.5)
    monthly = np.where(idle, 0, rows.monthly)
    active = np.where(monthly >= 30, rng.integers(0, 4, count), rng.integers(2, 29, count))
    active = np.where(monthly == 0, rng.integers(31, 76, count), active)
    active = np.where((rows.kind == Kind.ZOMBIE) | idle, rng.integers(IDLE + 5, 700, count), active)
    active = np.where(rows.kind == Kind.EMERGENCY, rng.integers(IDLE + 5, 500, count), active)
    ends = np.isin(rows.kind, (Kind.TEMPORARY, Kind.HUB_BY_TASK, Kind.FINISHED))
    end = np.where(finished, active + rng.integers(1, 20, count), -rng.integers(10, 150, count))
    created = np.maximum(active, end) + rng.integers(40, 1500, count)
    return Days(created, active, end, ends, monthly)

"""Channels with all that is known of them, as a table of the inventory and as answers of the truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import starmap

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingzhuang.demo.days import IDLE, Days
from qingzhuang.demo.kinds import GOES, URGENT, Kind
from qingzhuang.demo.labels import Labels
from qingzhuang.demo.papers import Papers
from qingzhuang.demo.rows import Rows
from qingzhuang.demo.shapes import Bools
from qingzhuang.demo.truth import Contained, Duplicate
from qingzhuang.domain.channels.inventory import CHANNELS

NO_COUNT = 0.1
"""Of so many zombies the number of messages is not known."""


@dataclass(frozen=True)
class Planted:
    """The groups, or the apps, of all counties."""

    ids: pl.Series
    rows: Rows
    labels: Labels
    days: Days
    papers: Papers

    def named(self, marked: Bools) -> tuple[str, ...]:
        """Return the ids of the marked channels."""
        return tuple(self.ids.filter(pl.Series(marked)).to_list())

    @property
    def zombie(self) -> Bools:
        """Mark those without a work message for `IDLE` days."""
        idle: Bools = (self.days.active >= IDLE) & (self.days.monthly == 0) & (self.rows.kind != Kind.EMERGENCY)
        return idle

    @property
    def goes(self) -> Bools:
        """Mark those that a plan dissolves or merges."""
        return np.isin(self.rows.kind, GOES)

    def must_stay(self) -> dict[str, str]:
        """Return id and kind of those that are live and no merge may take; what stays by cost alone is not among them."""
        kind = self.rows.kind
        stays = ~self.goes & ~np.isin(kind, (Kind.HUB_BY_COST, Kind.CONTAINER))
        words = np.where(kind == Kind.EMERGENCY, "emergency", np.where(np.isin(kind, URGENT), "temporary", "ordinary"))
        return dict(zip(self.named(stays), words[stays].tolist(), strict=True))

    def duplicates(self) -> tuple[Duplicate, ...]:
        """Return each duplicate with its hub."""
        keep, go = self._with_parent(Kind.DUPLICATE)
        return tuple(starmap(Duplicate, zip(keep, go, strict=True)))

    def contained(self) -> tuple[Contained, ...]:
        """Return each contained channel with its container."""
        inside, channel = self._with_parent(Kind.CONTAINED)
        return tuple(starmap(Contained, zip(channel, inside, strict=True)))

    def _with_parent(self, kind: Kind) -> tuple[list[str], list[str]]:
        rows = np.flatnonzero(self.rows.kind == kind)
        return self.ids.gather(self.rows.parent[rows]).to_list(), self.ids.gather(rows).to_list()


def channel_table(
    planted: Planted, units: pl.Series, people: pl.Series, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the channels as a table of the inventory; `units` and `people` are names and ids as the rows count them."""
    rows, labels, days, papers = planted.rows, planted.labels, planted.days, planted.papers
    uncounted = (rows.kind == Kind.ZOMBIE) & (rng.random(len(rows)) < NO_COUNT)
    has_task = labels.task.is_not_null().to_numpy()
    owner = pl.Series(papers.owner)
    return pl.DataFrame(
        {
            "channel_id": planted.ids,
            "name": labels.name,
            "platform": papers.platform,
            "owner": people.gather(owner.replace(-1, None)),
            "unit": units.gather(rows.unit),
            "category": labels.category,
            "purpose": labels.purpose,
            "task": labels.task,
            "task_end": _dates(days.end, on, days.ends & has_task),
            "created": _dates(days.created, on),
            "last_active": _dates(days.active, on),
            "messages_30d": _where(pl.Series(days.monthly, dtype=pl.Float64()), ~uncounted),
            "secrecy": papers.secrecy,
            "sunset": _dates(days.end, on, days.ends & ~has_task),
            "approval": papers.approval,
            "head_count": pl.Series([None], dtype=pl.Int64()).new_from_index(0, len(rows)),
            "last_work_message": pl.Series([None], dtype=pl.String()).new_from_index(0, len(rows)),
        }
    ).cast(CHANNELS)  # type: ignore[arg-type]


def _dates(days_ago: NDArray[np.int64], on: date, given: Bools | None = None) -> pl.Series:
    days = pl.Series(np.datetime64(on, "D") - days_ago)
    return days if given is None else _where(days, given)


def _where(values: pl.Series, given: Bools) -> pl.Series:
    return pl.select(pl.when(pl.lit(pl.Series(given))).then(pl.lit(values))).to_series()


def membership_table(planted: Planted, people: pl.Series) -> pl.DataFrame:
    """Return who is in which channel."""
    row = np.repeat(np.arange(len(planted.rows), dtype=np.uint32), np.diff(planted.rows.start))
    return pl.DataFrame({"channel_id": planted.ids.gather(row), "person_id": people.gather(planted.rows.person)})

"""The values of each table's columns, from text to what they mean; what has no one meaning is a problem in its cell."""

from __future__ import annotations

from datetime import date

import polars as pl

from qingzhuang.domain.channels.inventory import CHANNELS, LastHeard
from qingzhuang.tables import cells
from qingzhuang.tables.errors import Problems
from qingzhuang.tables.lexicon import LAST_HEARD, LEVELS, NOT_APPROVED, PLATFORMS, SECRECY
from qingzhuang.tables.rows import PART, ROW, Stack

_FUTURE_IS_WRONG = frozenset({"created", "last_active"})


class Reader:
    """Reads the columns of one table, noting in `problems` each cell that cannot be read."""

    def __init__(self, stack: Stack, frame: pl.DataFrame, problems: Problems, on: date) -> None:
        """Read columns of `frame`, the rows of `stack`, as of the day `on`."""
        self._stack = stack
        self._frame = frame
        self._problems = problems
        self._on = on

    def text(self, name: str) -> pl.Series:
        """Return free text; 无 and its kin are blank."""
        return cells.without_nothing(self._column(name))

    def unit(self, name: str) -> pl.Series:
        """Return the name of a unit, half-width, so that it is the same in every table."""
        return cells.narrow(self.text(name))

    def as_written(self, name: str) -> pl.Series:
        """Return text as it is, as names are."""
        return self._column(name)

    def ids(self, name: str) -> pl.Series:
        """Return ids: half-width, and none of them blank or ruined by scientific notation (such an id stands for many)."""
        ids = cells.narrow(self._column(name))
        self._report("missing-id", name, ids.is_null(), ids)
        self._report("id-lost", name, ids.str.contains(cells.LOST_NUMBER).fill_null(value=False), ids)
        return ids

    def dates(self, name: str) -> pl.Series:
        """Return days; `created` and `last_active` may not lie ahead."""
        text = self._column(name)
        read = cells.dates(text)
        self._report("bad-date", name, read.bad, text)
        if name in _FUTURE_IS_WRONG:
            ahead = (read.values > self._on).fill_null(value=False)
            self._report("future-date", name, ahead, text, on=self._on.isoformat())
        return read.values

    def numbers(self, name: str, *, whole: bool = False) -> pl.Series:
        """Return counts, none of them negative."""
        text = self._column(name)
        read = cells.whole_numbers(text) if whole else cells.numbers(text)
        self._report("bad-number", name, read.bad, text)
        self._report("negative", name, (read.values < 0).fill_null(value=False), text)
        return read.values

    def secrecy(self, name: str) -> pl.Series:
        """Return levels of secrecy."""
        text = self._column(name)
        read = cells.codes(text, SECRECY, CHANNELS["secrecy"])
        self._report("unknown-secrecy", name, read.bad, text)
        return read.values

    def last_heard(self, name: str) -> pl.Series:
        """Return when the last work message came; a date is as good as 本周, 本月, 本季度 or 更久."""
        text = self._column(name)
        read = cells.codes(text, LAST_HEARD, CHANNELS["last_work_message"])
        if not read.bad.any():
            return read.values
        days = cells.dates(text)
        dated = read.bad & days.values.is_not_null()
        self._report("unknown-last-message", name, read.bad & ~dated, text)
        self._report(
            "future-date",
            name,
            (dated & (days.values > self._on)).fill_null(value=False),
            text,
            on=self._on.isoformat(),
        )
        age = (pl.lit(self._on) - pl.col("day")).dt.total_days()
        steps = (
            pl.when(age <= 7)
            .then(pl.lit(LastHeard.WEEK.value))
            .when(age <= 31)
            .then(pl.lit(LastHeard.MONTH.value))
            .when(age <= 92)
            .then(pl.lit(LastHeard.QUARTER.value))
            .otherwise(pl.lit(LastHeard.LONGER.value))
        )
        frame = pl.DataFrame({"day": days.values, "dated": dated, "code": read.values})
        return frame.select(x=pl.when("dated").then(steps.cast(CHANNELS["last_work_message"])).otherwise("code"))["x"]

    def platform(self, name: str) -> pl.Series:
        """Return platforms, the known ones as codes."""
        return cells.open_codes(self.text(name), PLATFORMS)

    def level(self, name: str) -> pl.Series:
        """Return levels of units, the known ones as codes."""
        return cells.open_codes(self.text(name), LEVELS)

    def approval(self, name: str) -> pl.Series:
        """Return approvals; 未审批 and its kin are blank."""
        text = self.text(name)
        return text.set(text.is_in(list(NOT_APPROVED)).fill_null(value=False), None)

    def _column(self, name: str) -> pl.Series:
        if name in self._frame.columns:
            return self._frame[name]
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, self._frame.height)

    def _report(self, code: str, name: str, bad: pl.Series, text: pl.Series, **data: object) -> None:
        if bad.any():
            rows = self._frame.select(ROW, PART).with_columns(text.alias("value")).filter(bad)
            self._stack.report(self._problems, code, name, rows, **data)

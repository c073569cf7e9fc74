"""Who is in which channel: from a table of memberships, or from a cell that lists members or posts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import polars as pl

from qingzhuang.domain.channels.inventory import MEMBERSHIPS, DoubtfulNickname, Note
from qingzhuang.domain.channels.nicknames import match_nicknames
from qingzhuang.tables import cells
from qingzhuang.tables.checks import known_channels
from qingzhuang.tables.encode import number
from qingzhuang.tables.errors import Problems
from qingzhuang.tables.lexicon import NOTHING, yes_or_no
from qingzhuang.tables.rows import LISTED, PART, ROW, Stack, place_data

_SURE_SEPARATORS = r"[、，；\n\r]"
_SEPARATORS = r"[、，；\n\r,;]"
_SPLIT = {True: re.compile(r"[、，；\n\r]+(?![^（(]*[）)])"), False: re.compile(r"[、，；\n\r,;]+(?![^（(]*[）)])")}
_AND_SO_ON = re.compile(r"\s*等\s*(?:共?\s*\d+\s*(?:人|名|位|个单位|个)?)?[。.]?$")

_ORDER = "__order"
_MANY = 2_000_000
"""From here on numbering the ids first is faster, and takes less memory, than comparing pairs of texts."""

Answers = Mapping[tuple[str, str], bool]


def split_names(cell: str, *, only_sure: bool = False) -> list[str]:
    """Return the names that a cell lists, parted by 、 ， ; or line breaks outside brackets.

    `only_sure` leaves half-width , and ; alone, which may stand in an id.
    """
    return [
        name for part in _SPLIT[only_sure].split(cell) if (name := part.strip(" \t\u3000。")) and name not in NOTHING
    ]


def explode_names(frame: pl.DataFrame, name: str, *, only_sure: bool = False) -> pl.DataFrame:
    """Return `frame` with one row for each name that column `name` lists; a row without one is left out."""
    several = frame[name].str.contains(_SURE_SEPARATORS if only_sure else _SEPARATORS).fill_null(value=False)
    if not several.any():
        return frame.filter(pl.col(name).is_not_null())
    numbered = frame.with_row_index(_ORDER)
    listed = numbered.filter(several)
    names = [split_names(cell, only_sure=only_sure) for cell in listed[name].to_list()]
    listed = listed.with_columns(pl.Series(name, names, dtype=pl.List(pl.String))).explode(name)
    together = pl.concat([numbered.filter(~several), listed]).sort(_ORDER, maintain_order=True).drop(_ORDER)
    return together.filter(pl.col(name).is_not_null())


def from_lists(frame: pl.DataFrame, name: str, stack: Stack, notes: list[Note]) -> pl.DataFrame:
    """Return the memberships that column `name` of the channels lists; a list that ends in 等 is said to be incomplete."""
    rows = frame.select("channel_id", ROW, PART, pl.col(name).alias("nickname")).filter(
        pl.col("nickname").is_not_null()
    )
    open_ended = rows["nickname"].str.contains(r"等\s*(共?\s*\d+\s*(人|名|位|个单位|个)?)?[。.]?$")
    if open_ended.any():
        _say_incomplete(rows.filter(open_ended), stack, name, notes)
        cut = [_AND_SO_ON.sub("", cell) for cell in rows["nickname"].to_list()]
        rows = rows.with_columns(pl.when(open_ended).then(pl.Series(cut)).otherwise("nickname").alias("nickname"))
    return explode_names(rows, "nickname")


def _say_incomplete(rows: pl.DataFrame, stack: Stack, name: str, notes: list[Note]) -> None:
    for (place,), part_rows in rows.group_by(PART, maintain_order=True):
        part = stack.parts[int(str(place))]
        rows_said = part_rows[ROW].head(LISTED).to_list()
        data = {**place_data(part.place), "column": part.header(name), "rows": rows_said, "count": part_rows.height}
        notes.append(Note("list-incomplete", data))


def read_members(stack: Stack, frame: pl.DataFrame, channels: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Return the table of memberships with `channel_id` and `person_id` or `nickname`; its cells are checked.

    Looks at each different id once, at all rows only where one of them needs it.
    """
    frame = _channel_ids(stack, frame, channels, problems)
    frame = known_channels(stack, frame, channels["channel_id"], problems)
    if "person_id" in frame.columns:
        frame = _person_ids(stack, frame, problems)
    if "nickname" in frame.columns:
        frame = _nicknames(stack, frame, problems)
    elif frame["person_id"].null_count():
        blank = frame.filter(pl.col("person_id").is_null())
        stack.report(problems, "missing-id", "person_id", blank.with_columns(value=pl.lit(None, dtype=pl.String)))
        frame = frame.filter(pl.col("person_id").is_not_null())
    return frame


def _channel_ids(stack: Stack, frame: pl.DataFrame, channels: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    if "channel_id" not in frame.columns:
        frame = frame.with_columns(channel_id=pl.lit(None, dtype=pl.String))
    if "channel_name" in frame.columns:
        frame = _by_name(stack, frame, channels, problems)
    if frame["channel_id"].null_count():
        name = "channel_id" if any("channel_id" in part.layout.fields for part in stack.parts) else "channel_name"
        blank = frame.filter(pl.col("channel_id").is_null())
        stack.report(problems, "missing-id", name, blank.with_columns(value=pl.lit(None, dtype=pl.String)))
        frame = frame.filter(pl.col("channel_id").is_not_null())
    return frame.with_columns(cells.narrow(frame["channel_id"]))


def _by_name(stack: Stack, frame: pl.DataFrame, channels: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Fill in ids by name where there is no id; a name that no channel or several have is a problem."""
    named = channels.filter(pl.col("name").is_not_null()).group_by("name").agg(pl.col("channel_id").unique())
    ids = pl.col("channel_id").list
    named = named.select(pl.col("name").alias("channel_name"), several=ids.len() > 1, found=ids.first())
    frame = frame.join(named, on="channel_name", how="left", maintain_order="left")
    without = pl.col("channel_id").is_null() & pl.col("channel_name").is_not_null()
    for code, wrong in (("ambiguous-channel", pl.col("several")), ("unknown-channel", pl.col("found").is_null())):
        bad = frame.filter(without & wrong).with_columns(value=pl.col("channel_name"))
        stack.report(problems, code, "channel_name", bad)
    frame = frame.filter(~(without & (pl.col("several") | pl.col("found").is_null())).fill_null(value=False))
    return frame.with_columns(channel_id=pl.coalesce("channel_id", "found")).drop("several", "found")


def _person_ids(stack: Stack, frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    different = pl.DataFrame({"person_id": frame["person_id"].unique()}).drop_nulls()
    if different["person_id"].str.contains(_SURE_SEPARATORS).any():
        rows = frame.filter(pl.col("person_id").is_not_null())
        rest = frame.filter(pl.col("person_id").is_null())
        frame = pl.concat([explode_names(rows, "person_id", only_sure=True), rest])
        different = pl.DataFrame({"person_id": frame["person_id"].unique()}).drop_nulls()
    if different["person_id"].str.contains(cells.LOST_NUMBER).any():
        bad = frame.filter(pl.col("person_id").str.contains(cells.LOST_NUMBER))
        stack.report(problems, "id-lost", "person_id", bad.with_columns(value=pl.col("person_id")))
    narrowed = cells.narrow(different["person_id"])
    if (narrowed != different["person_id"]).any():
        frame = frame.with_columns(cells.narrow(frame["person_id"]))
    return frame


def _nicknames(stack: Stack, frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    if "person_id" not in frame.columns:
        frame = frame.with_columns(person_id=pl.lit(None, dtype=pl.String))
    nobody = frame.filter(pl.col("person_id").is_null() & pl.col("nickname").is_null())
    stack.report(problems, "missing-id", "nickname", nobody.with_columns(value=pl.lit(None, dtype=pl.String)))
    named = frame.filter(pl.col("person_id").is_null() & pl.col("nickname").is_not_null())
    return pl.concat([frame.filter(pl.col("person_id").is_not_null()), explode_names(named, "nickname")])


def resolve(
    rows: pl.DataFrame, people: pl.DataFrame, answers: Answers
) -> tuple[pl.DataFrame, tuple[DoubtfulNickname, ...]]:
    """Return memberships with a person in every row: nicknames matched to `people`, the others persons of their own."""
    if "nickname" not in rows.columns:
        return rows, ()
    if "person_id" not in rows.columns:
        rows = rows.with_columns(person_id=pl.lit(None, dtype=pl.String))
    open_rows = rows.filter(pl.col("person_id").is_null())
    first = dict(
        open_rows.unique("nickname", keep="first", maintain_order=True).select("nickname", "channel_id").iter_rows()
    )
    matches = match_nicknames(first, people, answers)
    person = pl.col("nickname").replace(matches.persons) if matches.persons else pl.col("nickname")
    return rows.with_columns(person_id=pl.coalesce("person_id", person)), matches.doubtful


def distinct_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each pair of channel and person once, in the order in which they first come."""
    pairs = rows.select(list(MEMBERSHIPS))
    if pairs.height < _MANY:
        return pairs.unique(maintain_order=True)
    keys = number(pairs["channel_id"]).astype(np.int64) << 32 | number(pairs["person_id"])
    first = pl.Series(keys).is_first_distinct()
    return pairs if first.all() else pairs.filter(first)


def read_answers(stack: Stack, frame: pl.DataFrame, problems: Problems) -> Answers:
    """Return what the table of nicknames says: (nickname, person) → the same or not; a blank is not answered yet."""
    answers: dict[tuple[str, str], bool] = {}
    yes: dict[str, str] = {}
    for row in frame.iter_rows(named=True):
        if row["same"] is None:
            continue
        same = yes_or_no(row["same"])
        if same is None:
            problems.add(stack.problem("not-yes-or-no", "same", row, row["same"]))
            continue
        key = (row["nickname"] or "", row["person_id"] or "")
        clash = answers.get(key, same) != same or (same and yes.get(key[0], key[1]) != key[1])
        if clash:
            problems.add(stack.problem("two-answers", "same", row, row["same"], nickname=key[0]))
        answers[key] = same
        if same:
            yes[key[0]] = key[1]
    return answers

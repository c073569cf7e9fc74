"""A county's tables in: `read_inventory` turns a workbook, a file or a folder of them into an `Inventory`.

Read from the top: which sheet is which table, the rows of each table, what they mean, how they fit together. All problems
are gathered and raised at once; what was read without complaint but not as it stands is said in a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from qingzhuang.domain.channels.inventory import (
    CHANNELS,
    MEMBERSHIPS,
    PEOPLE,
    UNITS,
    DoubtfulNickname,
    InputFile,
    Inventory,
    MembersAre,
    Note,
    empty_table,
)
from qingzhuang.tables import cells
from qingzhuang.tables.checks import one_parent, unique_rows
from qingzhuang.tables.errors import Problem, Problems
from qingzhuang.tables.folder import Progress, digest, input_files, read_grids
from qingzhuang.tables.grid import Grid
from qingzhuang.tables.headers import COMPULSORY, HEADERS, Kind, is_continuation, kind_of_name
from qingzhuang.tables.layout import Layout, choose_kind, find_layout
from qingzhuang.tables.members import Answers, distinct_pairs, from_lists, read_answers, read_members, resolve
from qingzhuang.tables.rows import PART, ROW, Stack, extract, place_data
from qingzhuang.tables.values import Reader

_LISTS = ("members", "posts")


@dataclass(frozen=True)
class InventoryRead:
    """What was read: the inventory, the files it is from, what the reader should know, and which nicknames are in doubt."""

    inventory: Inventory
    inputs: tuple[InputFile, ...]
    notes: tuple[Note, ...]
    doubtful: tuple[DoubtfulNickname, ...]


def read_inventory(path: Path, *, on: date, progress: Progress | None = None) -> InventoryRead:
    """Read the workbook, CSV or Parquet file, or the folder of them, at `path`, judged as of the day `on`.

    `progress` is called with the stage (`read`), how many files are read, and how many there are and the checks besides.
    Raises `BadInput` with all problems.
    """
    reading = _Reading(on)
    files = input_files(path, reading.problems)
    sheets = [grid for grids in read_grids(files, reading.problems, progress) for grid in grids]
    reading.sort_out(sheets, alone=len(sheets) == 1)
    del sheets
    inventory, doubtful = reading.inventory()
    reading.problems.raise_if_any(path)
    inputs = tuple(InputFile(file.name, digest(file), reading.rows_of(file)) for file in files)
    if progress:
        progress("read", len(files) + 1, len(files) + 1)
    return InventoryRead(inventory, inputs, tuple(reading.notes), doubtful)


@dataclass
class _Reading:
    """One reading: the tables so far, and what is to be said of them."""

    on: date
    problems: Problems = field(default_factory=Problems)
    notes: list[Note] = field(default_factory=list)
    tables: dict[Kind, Stack] = field(default_factory=lambda: {kind: Stack() for kind in Kind})

    def sort_out(self, grids: list[Grid], *, alone: bool) -> None:
        """Find out which table each sheet is, and take its rows."""
        chosen = [(grid, *choose_kind(grid, Kind.CHANNELS if alone else None)) for grid in grids]
        if not any(kind is Kind.CHANNELS for _, kind, _ in chosen):
            chosen = [_as_channels(*one) for one in chosen]
        layouts: dict[Kind, Layout] = {}
        for grid, kind, layout in chosen:
            if (
                kind is not None
                and layout is None
                and kind in layouts
                and is_continuation(grid.place.sheet or grid.place.path.stem)
            ):
                layout = _continued(layouts[kind], len(grid.columns))  # a continuation has its table's header
            self._take(grid, kind, layout, nothing_else=not any(kind for _, kind, _ in chosen))
            if kind is not None and layout is not None:
                layouts[kind] = layout
        if not self.problems.total and not self._has_channels():
            file = grids[0].place.file if grids else ""
            self.problems.add(Problem("no-channels", file))

    def _take(self, grid: Grid, kind: Kind | None, layout: Layout | None, *, nothing_else: bool) -> None:
        place = grid.place
        blank = all(column.null_count() == len(column) for column in grid.columns)
        if blank and (layout is None or not layout.fields) and (kind is not None or nothing_else):
            self.problems.add(Problem("empty-sheet", place.file, place.sheet))
        elif kind is None:
            if not blank:
                self.notes.append(Note("sheet-ignored", place_data(place)))
        elif layout is None or layout.missing:
            self._say_missing(grid, kind, layout)
        else:
            part = extract(grid, layout, self.notes)
            if part.frame.height == 0:
                self.problems.add(Problem("empty-sheet", place.file, place.sheet))
            self.tables[kind].parts.append(part)

    def _say_missing(self, grid: Grid, kind: Kind, layout: Layout | None) -> None:
        missing = layout.missing if layout else [group[0] for group in COMPULSORY[kind]]
        row = None if layout is None else layout.header_row + 1
        for name in missing:
            data = {"column": name, "also": HEADERS[kind][name][:6], "table": kind.value}
            self.problems.add(Problem("missing-column", grid.place.file, grid.place.sheet, row, data=data))

    def inventory(self) -> tuple[Inventory, tuple[DoubtfulNickname, ...]]:
        """Put the tables together; what does not fit is a problem."""
        if not self._has_channels():
            return Inventory(empty_table(CHANNELS)), ()
        self._say_joined()
        channels, lists = self._channels()
        people = self._people()
        units = self._units()
        rows, members_are = self._memberships(channels, lists)
        doubtful: tuple[DoubtfulNickname, ...] = ()
        if members_are is MembersAre.PERSONS:
            rows, doubtful = resolve(rows, people, self._answers())
        pairs = distinct_pairs(_persons(rows))
        return Inventory(channels, pairs, people, units, members_are, self._given(members_are)), doubtful

    def rows_of(self, file: Path) -> Mapping[str, int]:
        """Return how many rows each table took from `file`."""
        rows: dict[str, int] = {}
        for kind, stack in self.tables.items():
            for part in stack.parts:
                if part.place.path == file:
                    rows[kind.value] = rows.get(kind.value, 0) + part.frame.height
        return rows

    def _channels(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the channels, and beside them the rows with the lists of members and posts."""
        stack = self.tables[Kind.CHANNELS]
        if not stack.parts:
            return self._channels_of_memberships()
        self._number_serials()
        frame = stack.frame()
        read = Reader(stack, frame, self.problems, self.on)
        columns = {
            "channel_id": read.ids("channel_id"),
            "name": read.as_written("name"),
            "platform": read.platform("platform"),
            **{name: read.text(name) for name in ("owner", "category", "purpose", "task")},
            "unit": read.unit("unit"),
            **{name: read.dates(name) for name in ("task_end", "created", "last_active", "sunset")},
            "messages_30d": read.numbers("messages_30d"),
            "secrecy": read.secrecy("secrecy"),
            "approval": read.approval("approval"),
            "head_count": read.numbers("head_count", whole=True),
            "last_work_message": read.last_heard("last_work_message"),
            **{name: read.text(name) for name in _LISTS},
        }
        whole = frame.select(ROW, PART).with_columns(**columns)
        contents = [name for name in CHANNELS if name != "channel_id"]
        once = unique_rows(stack, whole, "channel_id", contents, self.problems, self.notes)
        return _shaped(once, CHANNELS), whole.select(ROW, PART, "channel_id", *_LISTS)

    def _has_channels(self) -> bool:
        return bool(self.tables[Kind.CHANNELS].parts or self.tables[Kind.MEMBERSHIPS].parts)

    def _channels_of_memberships(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Where memberships alone were handed in, the channels are those that they name: two columns are enough."""
        frame = self.tables[Kind.MEMBERSHIPS].frame()
        named = "channel_id" if "channel_id" in frame.columns else "channel_name"
        names = cells.narrow(frame[named]).drop_nulls().unique().sort()
        self.notes.append(Note("channels-from-memberships", {"count": len(names)}))
        known = {"channel_id": names, "name": names if named == "channel_name" else None}
        return pl.DataFrame({name: known.get(name) for name in CHANNELS}, schema=CHANNELS), pl.DataFrame()

    def _number_serials(self) -> None:
        """Make running numbers (序号) ids: with the town's name before them where several sheets count from 1."""
        stack = self.tables[Kind.CHANNELS]
        serial = [part for part in stack.parts if part.layout.serial_ids]
        for part in serial:
            self.notes.append(Note("serial-ids", {**place_data(part.place), "column": part.header("channel_id")}))
        if len(serial) < 2:
            return
        files = {part.place.path for part in serial}
        for part in serial:
            prefix = part.place.path.stem if len(files) == len(serial) else f"{part.place.path.stem}-{part.place.sheet}"
            renamed = pl.format("{}-{}", pl.lit(prefix), "channel_id")
            stack.parts[stack.parts.index(part)] = replace(part, frame=part.frame.with_columns(channel_id=renamed))
            if len(files) == len(serial):
                self._number_members(part.place.path, prefix)

    def _number_members(self, path: Path, prefix: str) -> None:
        """Let the memberships in the same file as numbered channels name them as those are named now."""
        stack = self.tables[Kind.MEMBERSHIPS]
        for number, part in enumerate(stack.parts):
            if part.place.path == path and "channel_id" in part.frame.columns:
                renamed = pl.format("{}-{}", pl.lit(prefix), "channel_id")
                stack.parts[number] = replace(part, frame=part.frame.with_columns(channel_id=renamed))

    def _people(self) -> pl.DataFrame:
        stack = self.tables[Kind.PEOPLE]
        if not stack.parts:
            return empty_table(PEOPLE)
        frame = stack.frame()
        if "person_id" not in frame.columns:
            frame = frame.with_columns(person_id=pl.col("name"))
        read = Reader(stack, frame, self.problems, self.on)
        columns = {
            "person_id": read.ids("person_id"),
            "name": read.as_written("name"),
            "unit": read.unit("unit"),
            "post": read.text("post"),
            "left_on": read.dates("left_on"),
        }
        whole = frame.select(ROW, PART).with_columns(**columns)
        contents = [name for name in PEOPLE if name != "person_id"]
        return _shaped(unique_rows(stack, whole, "person_id", contents, self.problems, self.notes), PEOPLE)

    def _units(self) -> pl.DataFrame:
        stack = self.tables[Kind.UNITS]
        if not stack.parts:
            return empty_table(UNITS)
        frame = stack.frame()
        read = Reader(stack, frame, self.problems, self.on)
        columns = {"unit": read.ids("unit"), "parent": read.unit("parent"), "level": read.level("level")}
        whole = frame.select(ROW, PART).with_columns(**columns)
        one_parent(stack, whole, self.problems)
        return _shaped(unique_rows(stack, whole, "unit", ["level"], self.problems, self.notes), UNITS)

    def _memberships(self, channels: pl.DataFrame, lists: pl.DataFrame) -> tuple[pl.DataFrame, MembersAre]:
        """Return who is in which channel: from the table, from lists of members for channels that it does not speak of, or,
        where neither is there, from lists of posts."""
        stack = self.tables[Kind.MEMBERSHIPS]
        channel_stack = self.tables[Kind.CHANNELS]
        listed = pl.DataFrame()
        if self._is_given(Kind.CHANNELS, "members"):
            listed = from_lists(lists, "members", channel_stack, self.notes)
        if stack.parts:
            rows = read_members(stack, stack.frame(), channels, self.problems)
            beyond = listed.join(rows, on="channel_id", how="anti") if listed.height else listed
            if listed.height:
                self.notes.append(Note("members-twice", {"count": beyond["channel_id"].n_unique()}))
            return pl.concat([rows, beyond], how="diagonal"), MembersAre.PERSONS
        if self._is_given(Kind.CHANNELS, "members"):
            return listed, MembersAre.PERSONS
        if self._is_given(Kind.CHANNELS, "posts"):
            return from_lists(lists, "posts", channel_stack, self.notes), MembersAre.POSTS
        return pl.DataFrame(schema={**MEMBERSHIPS}), MembersAre.UNKNOWN

    def _answers(self) -> Answers:
        stack = self.tables[Kind.NICKNAMES]
        return read_answers(stack, stack.frame(), self.problems) if stack.parts else {}

    def _is_given(self, kind: Kind, name: str) -> bool:
        return any(name in part.layout.fields for part in self.tables[kind].parts)

    def _given(self, members_are: MembersAre) -> frozenset[str]:
        given = {
            f"{kind.value}.{name}"
            for kind in (Kind.CHANNELS, Kind.PEOPLE, Kind.UNITS)
            for part in self.tables[kind].parts
            for name in part.layout.fields
        }
        if members_are is MembersAre.PERSONS:
            given |= {"memberships.channel_id", "memberships.person_id"}
        if "people.name" in given:
            given.add("people.person_id")
        return frozenset(given)

    def _say_joined(self) -> None:
        """Say which files of one form were put together, and which columns some of them lack."""
        for kind in (Kind.CHANNELS, Kind.PEOPLE):
            parts = [part for part in self.tables[kind].parts if part.frame.height]
            files = list(dict.fromkeys(part.place.file for part in parts))
            if len(files) > 1:
                self.notes.append(Note("files-joined", {"table": kind.value, "files": files, "count": len(files)}))
            headers = {name: part.header(name) for part in parts for name in part.layout.fields}
            for part in parts:
                lacking = [header for name, header in headers.items() if name not in part.layout.fields]
                if lacking:
                    self.notes.append(Note("columns-missing-here", {**place_data(part.place), "columns": lacking}))


def _as_channels(grid: Grid, kind: Kind | None, layout: Layout | None) -> tuple[Grid, Kind | None, Layout | None]:
    """Take a sheet for channels that its headers alone made memberships, where nothing else is channels: 群名称 and 成员."""
    name = grid.place.sheet if grid.place.sheet is not None else grid.place.path.stem
    if kind is Kind.MEMBERSHIPS and kind_of_name(name) is None:
        other = find_layout(grid, Kind.CHANNELS)
        if other is not None and not other.missing and "members" in other.fields:
            return grid, Kind.CHANNELS, other
    return grid, kind, layout


def _continued(layout: Layout, width: int) -> Layout:
    """Return the layout of a sheet of `width` columns that goes on without a header."""
    fields = {name: column for name, column in layout.fields.items() if column < width}
    phones = [column for column in layout.phones if column < width]
    return Layout(layout.kind, 0, 0, layout.headers, fields, phones, (), (), layout.serial_ids)


def _shaped(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(kind) for name, kind in schema.items())


def _persons(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows whose members are persons or, from a list of posts, posts."""
    if "person_id" not in rows.columns:
        return rows.rename({"nickname": "person_id"})
    return rows

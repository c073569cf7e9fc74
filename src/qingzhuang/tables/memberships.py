"""Memberships for the overlap engine alone, in and out: ids as numbers in, pairs of ids out.

A file of gigabytes is never held as Python objects, nor its text longer than it takes to number the ids.
"""

from __future__ import annotations

import codecs
import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import PolarsError

from qingzhuang.tables.cells import to_text
from qingzhuang.tables.delimited import PARQUET_SUFFIXES, encoding_of, read_csv, separator_of
from qingzhuang.tables.encode import Codes, encode
from qingzhuang.tables.errors import KEPT, Problem, Problems
from qingzhuang.tables.grid import HEAD_ROWS, Grid, Place, grid_of_rows
from qingzhuang.tables.headers import COMPULSORY, HEADERS, Kind, match
from qingzhuang.tables.layout import Layout, find_layout
from qingzhuang.tables.workbook import SUFFIXES as WORKBOOK_SUFFIXES
from qingzhuang.tables.workbook import UnreadableFile, read_workbook

PAIRS = pl.Schema(
    {
        "channel_a": pl.String(),
        "channel_b": pl.String(),
        "shared": pl.Int64(),
        "jaccard": pl.Float64(),
        "containment": pl.Float64(),
    }
)
_SAMPLE = 1 << 18


@dataclass(frozen=True)
class MembershipsRead:
    """Rows as two arrays of codes; `channel_ids[code]` is a channel's id, and codes are in the order of the ids as text."""

    sets: Codes
    members: Codes
    channel_ids: pl.Series


@dataclass(frozen=True)
class _Columns:
    """The two columns as read, and what a problem in them needs to know."""

    channels: pl.Series
    persons: pl.Series
    headers: tuple[str, str]
    numbers: tuple[int, int]
    place: Place
    first_row: int


def read_memberships(path: Path) -> MembershipsRead:
    """Read the CSV or Parquet file (or the first sheet of memberships of a workbook) at `path`; raises `BadInput`."""
    problems = Problems()
    try:
        columns = _columns(path)
    except UnreadableFile as error:
        problems.add(error.problem)
        problems.raise_if_any(path)
        raise
    channels = encode(columns.channels)
    persons = encode(columns.persons)
    _check(columns, channels.codes, persons.codes, problems)
    problems.raise_if_any(path)
    whole = channels.codes >= 0
    if not whole.all():
        return MembershipsRead(channels.codes[whole], persons.codes[whole], channels.vocabulary)
    return MembershipsRead(channels.codes, persons.codes, channels.vocabulary)


def named_pairs(chunk: pl.DataFrame, channel_ids: pl.Series) -> pl.DataFrame:
    """Return a chunk of pairs of codes (`a`, `b`, `shared`, `jaccard`, `containment`) with ids in place of codes."""
    return chunk.select(
        channel_ids.gather(chunk["a"]).alias("channel_a"),
        channel_ids.gather(chunk["b"]).alias("channel_b"),
        *(pl.col(name).cast(PAIRS[name]) for name in ("shared", "jaccard", "containment")),
    )


def write_pairs(path: Path, chunks: Iterable[pl.DataFrame], channel_ids: pl.Series) -> int:
    """Write pairs chunk by chunk, as Parquet where `path` ends so and as CSV otherwise; return how many there were."""
    named = (named_pairs(chunk, channel_ids) for chunk in chunks)
    return _write_parquet(path, named) if path.suffix.lower() in PARQUET_SUFFIXES else _write_csv(path, named)


def _write_csv(path: Path, chunks: Iterator[pl.DataFrame]) -> int:
    count = 0
    with path.open("wb") as stream:
        pl.DataFrame(schema=PAIRS).write_csv(stream)
        for chunk in chunks:
            chunk.write_csv(stream, include_header=False)
            count += chunk.height
    return count


def _write_parquet(path: Path, chunks: Iterator[pl.DataFrame]) -> int:
    from pyarrow import parquet

    count = 0
    with parquet.ParquetWriter(path, pl.DataFrame(schema=PAIRS).to_arrow().schema, compression="zstd") as writer:
        for chunk in chunks:
            writer.write_table(chunk.to_arrow())
            count += chunk.height
    return count


def _check(columns: _Columns, channels: Codes, persons: Codes, problems: Problems) -> None:
    """Note each row with one of its ids blank; a row with both blank is an empty line."""
    place = columns.place
    problems.seen(place.file, place.sheet)
    blanks: tuple[npt.NDArray[np.bool_], ...] = (channels < 0, persons < 0)
    for which, header in enumerate(columns.headers):
        rows = np.flatnonzero(blanks[which] & ~blanks[1 - which])
        found = (
            Problem(
                "missing-id",
                place.file,
                place.sheet,
                int(row) + columns.first_row,
                header,
                data={"header_row": columns.first_row - 1},
                column_number=columns.numbers[which] + 1,
            )
            for row in rows[:KEPT]
        )
        problems.add_counted(found, len(rows))
    if not problems.total and (blanks[0] & blanks[1]).all():
        problems.add(Problem("empty-sheet", place.file, place.sheet))


def _columns(path: Path) -> _Columns:
    if not path.exists():
        raise UnreadableFile(Problem("not-found", path.name))
    suffix = path.suffix.lower()
    if suffix in PARQUET_SUFFIXES:
        return _parquet_columns(path)
    if suffix in WORKBOOK_SUFFIXES:
        grids = [grid for grid in read_workbook(path, path.name) if grid.height]
        grids.sort(key=lambda grid: _lacking(find_layout(grid, Kind.MEMBERSHIPS)))
        if not grids:
            raise UnreadableFile(Problem("empty-sheet", path.name))
        return _grid_columns(grids[0])
    return _csv_columns(path)


def _parquet_columns(path: Path) -> _Columns:
    try:
        names = list(pl.read_parquet_schema(path))
        fields = _fields(names, path.name)
        frame = pl.read_parquet(path, columns=[names[field] for field in fields])
    except (PolarsError, OSError) as error:
        raise UnreadableFile(Problem("truncated", path.name, data={"detail": str(error)})) from error
    headers = (names[fields[0]], names[fields[1]])
    channels, persons = (_ids(frame[header]) for header in headers)
    return _Columns(channels, persons, headers, fields, Place(path, path.name), 2)


def _ids(column: pl.Series) -> pl.Series:
    """Return ids as text or as whole numbers, whatever type they were stored in."""
    if column.dtype == pl.String or column.dtype.is_integer():
        return column
    if column.dtype.is_float() and bool((column.drop_nulls() % 1 == 0).all()):
        return column.cast(pl.Int64)
    return column.cast(pl.String)


def _fields(names: list[str], file: str) -> tuple[int, int]:
    """Return where the ids of channels and persons stand; a field's first spelling wins."""
    found: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        matched = match(Kind.MEMBERSHIPS, name)
        if matched is not None:
            found[matched[0]] = min(found.get(matched[0], (matched[1], place)), (matched[1], place))
    chosen = [
        next((found[field][1] for field in group if field in found), None) for group in COMPULSORY[Kind.MEMBERSHIPS]
    ]
    for group, choice in zip(COMPULSORY[Kind.MEMBERSHIPS], chosen, strict=True):
        if choice is None:
            raise _missing(group[0], file, None)
    return int(chosen[0] or 0), int(chosen[1] or 0)


def _missing(name: str, file: str, sheet: str | None) -> UnreadableFile:
    data = {"column": name, "also": HEADERS[Kind.MEMBERSHIPS][name][:6], "table": Kind.MEMBERSHIPS.value}
    return UnreadableFile(Problem("missing-column", file, sheet, data=data))


def _lacking(layout: Layout | None) -> int:
    return len(COMPULSORY[Kind.MEMBERSHIPS]) if layout is None else len(layout.missing)


def _found(grid: Grid) -> tuple[Layout, tuple[int, int]]:
    layout = find_layout(grid, Kind.MEMBERSHIPS)
    if layout is None or layout.missing:
        missing = layout.missing if layout else [group[0] for group in COMPULSORY[Kind.MEMBERSHIPS]]
        raise _missing(missing[0], grid.place.file, grid.place.sheet)
    channel, person = (
        next(layout.fields[field] for field in group if field in layout.fields)
        for group in COMPULSORY[Kind.MEMBERSHIPS]
    )
    return layout, (channel, person)


def _grid_columns(grid: Grid) -> _Columns:
    layout, (channel, person) = _found(grid)
    start = layout.first_row
    headers = (layout.headers[channel], layout.headers[person])
    cells = grid.columns[channel].slice(start), grid.columns[person].slice(start)
    return _Columns(*cells, headers, (channel, person), grid.place, start + 1)


def _csv_columns(path: Path) -> _Columns:
    encoding = encoding_of(path)
    if encoding is None:
        raise UnreadableFile(Problem("encoding", path.name))
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE).decode(encoding, errors="ignore").removeprefix("\ufeff")
    separator = separator_of(sample.splitlines()[:HEAD_ROWS])
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    lines = [0]
    for row in reader:
        rows.append(row)
        lines.append(reader.line_num)
        if len(rows) == HEAD_ROWS:
            break
    head = grid_of_rows(Place(path, path.name), rows)
    if not head.height:
        raise UnreadableFile(Problem("empty-sheet", path.name))
    layout, numbers = _found(head)
    try:
        with _as_utf8(path, encoding) as readable:
            channels, persons = _parse(readable, separator, lines[layout.first_row], numbers)
    except PolarsError:
        return _grid_columns(read_csv(path, path.name))
    headers = (layout.headers[numbers[0]], layout.headers[numbers[1]])
    return _Columns(channels, persons, headers, numbers, Place(path, path.name), layout.first_row + 1)


def _parse(path: Path, separator: str, skip: int, numbers: tuple[int, int]) -> tuple[pl.Series, pl.Series]:
    """Return the two columns below the header, as text."""
    frame = pl.read_csv(
        path,
        has_header=False,
        skip_lines=skip,
        columns=sorted(numbers),
        infer_schema=False,
        truncate_ragged_lines=True,
        separator=separator,
        raise_if_empty=False,
    )
    if not frame.width:
        blank = to_text([])
        return blank, blank
    first, second = frame.get_columns()
    return (first, second) if numbers[0] < numbers[1] else (second, first)


@contextmanager
def _as_utf8(path: Path, encoding: str) -> Iterator[Path]:
    """Give a file with the same text in UTF-8; another encoding is rewritten in parts, beside nothing of the user's."""
    if encoding == "utf-8":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "utf-8.csv"
        with codecs.open(str(path), "r", encoding) as source, copy.open("w", encoding="utf-8", newline="") as target:
            shutil.copyfileobj(source, target, 1 << 22)
        yield copy

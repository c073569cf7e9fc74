"""CSV and Parquet in, each file as a grid.

CSV may be UTF-8 (with or without a byte order mark), GB18030 or UTF-16, separated by commas, tabs or semicolons, with titles above the
header. Polars reads it, in parallel; what Polars finds malformed the standard library reads again, more slowly and more kindly.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from qingzhuang.tables.cells import series_text, trimmed
from qingzhuang.tables.errors import Problem
from qingzhuang.tables.grid import HEAD_ROWS, Grid, Place, grid_of_columns, grid_of_rows
from qingzhuang.tables.workbook import UnreadableFile

CSV_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
PARQUET_SUFFIXES = frozenset({".parquet"})

_PART = 1 << 24
_SAMPLE = 1 << 18
_LARGE = 1 << 28
"""From this size on a CSV is parsed where it lies, without a copy in memory."""


def read_csv(path: Path, file: str) -> Grid:
    """Return the CSV file at `path` as a grid; raises `UnreadableFile` where the bytes are in no known encoding."""
    place = Place(path, file)
    encoding = encoding_of(path)
    if encoding is None:
        raise UnreadableFile(Problem("encoding", file))
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE).decode(encoding, errors="ignore").removeprefix("\ufeff")
    separator = separator_of(sample.splitlines()[:HEAD_ROWS])
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths = [len(row) for row, _ in zip(reader, range(HEAD_ROWS), strict=False)]
    if not max(widths, default=0):
        return Grid(place, ())
    if encoding == "utf-8" and widths[0] == max(widths) and path.stat().st_size > _LARGE:
        return _grid_of_frame(place, _parse(path, separator, max(widths), has_header=False))
    return _csv_grid(place, _utf8(path, encoding), separator, max(widths))


def encoding_of(path: Path) -> str | None:
    """Return the encoding of the text file at `path`, read in parts: utf-16, utf-8 or gb18030; None where it is none of them."""
    with path.open("rb") as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    return next((encoding for encoding in ("utf-8", "gb18030") if decodes(path, encoding)), None)


def decodes(path: Path, encoding: str) -> bool:
    """Tell whether the whole file at `path` is text in `encoding`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while part := stream.read(_PART):
                decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(lines: list[str]) -> str:
    """Return the separator that the first lines use most: comma, tab or semicolon."""
    return max((",", "\t", ";"), key=lambda mark: sum(line.count(mark) for line in lines))


def _utf8(path: Path, encoding: str) -> bytes:
    content = path.read_bytes()
    return (content if encoding == "utf-8" else content.decode(encoding).encode("utf-8")).removeprefix(codecs.BOM_UTF8)


def _csv_grid(place: Place, content: bytes, separator: str, width: int) -> Grid:
    # a first line of full width tells Polars how many columns there are, whatever titles stand above the header
    first = (separator.join(["_"] * width) + "\n").encode()
    try:
        return _grid_of_frame(place, _parse(io.BytesIO(first + content), separator, width, has_header=True))
    except PolarsError:
        return grid_of_rows(
            place, list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=separator))
        )


def _parse(source: Path | io.BytesIO, separator: str, width: int, *, has_header: bool) -> pl.DataFrame:
    return pl.read_csv(
        source,
        has_header=has_header,
        new_columns=[f"column_{index}" for index in range(width)],
        infer_schema=False,
        truncate_ragged_lines=True,
        separator=separator,
        raise_if_empty=False,
    )


def _grid_of_frame(place: Place, frame: pl.DataFrame) -> Grid:
    return grid_of_columns(place, [trimmed(column) for column in frame.get_columns()])


def read_parquet(path: Path, file: str) -> Grid:
    """Return the Parquet file at `path` as a grid whose first row is the header; raises `UnreadableFile`."""
    try:
        frame = pl.read_parquet(path)
    except (PolarsError, OSError) as error:
        raise UnreadableFile(Problem("truncated", file, data={"detail": str(error)})) from error
    columns = [series_text(column) for column in frame.get_columns()]
    head: list[list[str | None]] = [list(frame.columns)]
    return Grid(Place(path, file), columns, clean=True, head=head)

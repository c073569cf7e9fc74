"""What INPUT is: one workbook, one CSV or Parquet file, or a folder of either; each file is read and its digest taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from qingzhuang.tables.delimited import CSV_SUFFIXES, PARQUET_SUFFIXES, read_csv, read_parquet
from qingzhuang.tables.errors import Problem, Problems
from qingzhuang.tables.grid import Grid
from qingzhuang.tables.workbook import SUFFIXES as WORKBOOK_SUFFIXES
from qingzhuang.tables.workbook import UnreadableFile, read_workbook

Progress = Callable[[str, int, int], None]

_KNOWN = WORKBOOK_SUFFIXES | CSV_SUFFIXES | PARQUET_SUFFIXES


def input_files(path: Path, problems: Problems) -> list[Path]:
    """Return the files that `path` stands for, in the order of their names (2 before 10)."""
    if not path.exists():
        problems.add(Problem("not-found", path.name))
        return []
    if path.is_file():
        if path.suffix.lower() not in _KNOWN:
            problems.add(Problem("unknown-format", path.name))
            return []
        return [path]
    files = [entry for entry in path.iterdir() if _is_input(entry)]
    if not files:
        problems.add(Problem("no-files", path.name))
    return sorted(files, key=lambda file: _natural(file.name))


def read_grids(files: list[Path], problems: Problems, progress: Progress | None) -> Iterator[list[Grid]]:
    """Yield the sheets of each file in turn; a file that cannot be read gives none, and its problem."""
    for number, path in enumerate(files):
        if progress:
            progress("read", number, len(files) + 1)
        try:
            grids = _read(path)
        except UnreadableFile as error:
            problems.add(error.problem)
            grids = []
        for grid in grids:
            problems.seen(grid.place.file, grid.place.sheet)
        yield grids


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at `path`, read in parts."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(path: Path) -> list[Grid]:
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return read_workbook(path, path.name)
    if suffix in PARQUET_SUFFIXES:
        return [read_parquet(path, path.name)]
    return [read_csv(path, path.name)]


def _is_input(path: Path) -> bool:
    """Tell a table from what else lies in a folder: hidden files, the locks of open workbooks (~$), notices in Word."""
    return path.is_file() and path.suffix.lower() in _KNOWN and not path.name.startswith((".", "~"))


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]

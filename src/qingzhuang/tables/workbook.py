"""Workbooks in: .xlsx, .xlsm, .xls and .et, each sheet as a grid.

calamine reads them all but an .et that is neither BIFF nor OOXML inside: that goes through LibreOffice where it is
installed. The content decides, not the name's ending. Password-protected: OOXML under a password is an OLE file with a
stream `EncryptedPackage`; an .xls has a FILEPASS record behind its first.
"""

from __future__ import annotations

import gc
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import python_calamine as calamine

from qingzhuang.tables.errors import Problem
from qingzhuang.tables.grid import Grid, Place, grid_of_rows

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PASSWORD = re.compile(
    b"(?s)"
    + re.escape("EncryptedPackage".encode("utf-16-le"))
    + rb"|\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00"
)
_LONGEST_MATCH = 64
_CONVERT_SECONDS = 300


class UnreadableFile(Exception):  # it names what was found
    """A file that gives no table at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep `problem`."""
        self.problem = problem
        super().__init__(problem.code)


def read_workbook(path: Path, file: str) -> list[Grid]:
    """Return the sheets of the workbook at `path` in order, hidden ones too; raises `UnreadableFile`.

    Sheets are read two at a time (calamine works outside the interpreter's lock).
    """
    signature = _signature(path)
    if not signature:
        raise _unreadable("empty-file", file)
    if signature.startswith(_OLE) and _matches(path, _PASSWORD):
        raise _unreadable("password", file)
    if not signature.startswith((_OLE, _ZIP)) and path.suffix.lower() == ".et":
        return _read_through_libreoffice(path, file)
    if not signature.startswith((_OLE, _ZIP)):
        raise _unreadable("not-a-workbook", file)
    try:
        return _read_sheets(path, path, file)
    except UnreadableFile:
        if path.suffix.lower() != ".et":
            raise
        return _read_through_libreoffice(path, file)


def _read_sheets(readable: Path, path: Path, file: str) -> list[Grid]:
    try:
        with readable.open("rb") as stream, calamine.load_workbook(stream) as book:
            kinds = calamine.SheetTypeEnum
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == kinds.WorkSheet]
        with _no_collection(), ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda name: _read_sheet(readable, Place(path, file, name)), names))
    except calamine.PasswordError as error:
        raise _unreadable("password", file) from error
    except (calamine.CalamineError, OSError) as error:
        raise _unreadable("truncated", file, detail=str(error)) from error


def _read_sheet(readable: Path, place: Place) -> Grid:
    with readable.open("rb") as stream, calamine.load_workbook(stream) as book:
        sheet = book.get_sheet_by_name(place.sheet or "")
        return grid_of_rows(place, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ())


def _read_through_libreoffice(path: Path, file: str) -> list[Grid]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise _unreadable("needs-libreoffice", file)
    with tempfile.TemporaryDirectory() as folder:
        home = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", folder, str(path.resolve())]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_CONVERT_SECONDS)  # noqa: S603  # a fixed command
        except (subprocess.SubprocessError, OSError) as error:
            raise _unreadable("truncated", file, detail=str(error)) from error
        converted = Path(folder, f"{path.stem}.xlsx")
        if not converted.exists():
            raise _unreadable("truncated", file)
        return _read_sheets(converted, path, file)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector back while millions of cells are made: none of them is garbage, and looking costs as much as reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _signature(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(len(_OLE))


def _matches(path: Path, wanted: re.Pattern[bytes]) -> bool:
    """Tell whether `wanted` stands anywhere in the file; read in parts that overlap."""
    tail = b""
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            if wanted.search(tail + part):
                return True
            tail = part[-_LONGEST_MATCH:]
    return False


def _unreadable(code: str, file: str, **data: object) -> UnreadableFile:
    return UnreadableFile(Problem(code, file, data=data))

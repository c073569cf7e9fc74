"""Files as counties hand them in, made for a test: workbooks, and old .xls byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

Rows = Sequence[Sequence[object]]

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096


def book(path: Path, sheets: Mapping[str, Rows], merges: Mapping[str, Iterable[str]] | None = None) -> Path:
    """Write a workbook with these rows a sheet and these merged ranges."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    workbook.save(path)
    return path


def compound_file(path: Path, streams: Mapping[str, bytes]) -> Path:
    """Write an OLE compound file (MS-CFB, version 3) with these streams, none of them in the mini stream."""
    contents = {name: content.ljust(_SMALLEST, b"\0") for name, content in streams.items()}
    chains: list[bytes] = []
    table: list[int] = [_FAT, _END]
    entries = [_entry("Root Entry", kind=5, child=1, start=_END, size=0)]
    for number, (name, content) in enumerate(contents.items(), 1):
        sectors = -(-len(content) // _SECTOR)
        start = len(table)
        table += [*range(start + 1, start + sectors), _END]
        chains.append(content.ljust(sectors * _SECTOR, b"\0"))
        right = number + 1 if number < len(contents) else _FREE
        entries.append(_entry(name, kind=2, child=_FREE, start=start, size=len(content), right=right))
    assert len(entries) <= 4, "one sector of directory"
    assert len(table) <= _SECTOR // 4, "one sector of table"
    entries += [_entry("", kind=0, child=_FREE, start=0, size=0)] * (4 - len(entries))
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        1,
        0,
        4096,
        _END,
        0,
        _END,
        0,
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    path.write_bytes(header + struct.pack(f"<{len(table)}I", *table) + b"".join(entries) + b"".join(chains))
    return path


def _entry(name: str, *, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII16sIQQIQ", text, length, kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size)


def old_workbook(path: Path, sheets: Mapping[str, Rows], *, password: int | None = None) -> Path:
    """Write an .xls (BIFF8) whose cells are texts and numbers; `password` is the method (0 XOR, 1 RC4) of one."""
    heads: list[bytes] = []
    bodies = [_sheet(rows) for rows in sheets.values()]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if password is not None:
        start += _record(0x002F, struct.pack("<HHH", password, 0x1234, 0x5678))
    start += _record(0x0042, struct.pack("<H", 1200))
    length = len(start) + sum(4 + 8 + 2 * len(name) for name in sheets) + 4
    for name, body in zip(sheets, bodies, strict=True):
        heads.append(_record(0x0085, struct.pack("<IHBB", length, 0, len(name), 1) + name.encode("utf-16-le")))
        length += len(body)
    content = start + b"".join(heads) + _record(0x000A, b"") + b"".join(bodies)
    return compound_file(path, {"Workbook": content})


def _sheet(rows: Rows) -> bytes:
    parts = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                text = struct.pack("<HHHHB", number, column, 0, len(cell), 1) + cell.encode("utf-16-le")
                parts.append(_record(0x0204, text))
            elif isinstance(cell, (int, float)):
                parts.append(_record(0x0203, struct.pack("<HHHd", number, column, 0, cell)))
    return b"".join([*parts, _record(0x000A, b"")])


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content

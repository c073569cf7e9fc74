"""WPS tables that only an office program can read, through the real LibreOffice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingzhuang.tables.errors import BadInput
from qingzhuang.tables.inventory import read_inventory

FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="工作群">{rows}</table:table></office:spreadsheet></office:body>
</office:document>"""


def written(path: Path, rows: list[list[str]]) -> Path:
    """Write a table in a form that is no workbook of Excel's, under the name of a WPS table."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    path.write_text(FLAT.format(rows=lines), encoding="utf-8")
    return path


@pytest.mark.needs("soffice")
def test_read_inventory_et_through_libreoffice(tmp_path: Path) -> None:
    path = written(tmp_path / "工作群.et", [["群编号", "群名称"], ["1", "防汛群"], ["2", "普查群"]])
    read = read_inventory(path, on=date(2026, 11, 1))
    assert read.inventory.channels["name"].to_list() == ["防汛群", "普查群"]


@pytest.mark.needs("soffice")
def test_read_inventory_et_that_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "x.et").write_bytes(b"\x00\x01\x02")
    with pytest.raises(BadInput):
        read_inventory(tmp_path / "x.et", on=date(2026, 11, 1))

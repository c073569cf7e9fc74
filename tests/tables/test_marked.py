"""The input comes back with what is wrong in it coloured and commented, and nothing in it that runs."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.tables.files import book, old_workbook
from tests.tables.reading import TODAY

from qingzhuang.tables.errors import BadInput
from qingzhuang.tables.inventory import read_inventory
from qingzhuang.tables.marked import write_marked
from qingzhuang.words import Words

RED = "FFFFC7CE"


def bad(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_inventory(path, on=TODAY)
    return caught.value


def marked(path: Path) -> openpyxl.Workbook:
    out = path.parent.parent / "marked.xlsx"
    write_marked(bad(path), out)
    return openpyxl.load_workbook(out)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def coloured(sheet: object) -> list[str]:
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED]  # type: ignore[attr-defined]


def test_write_marked_gives_the_workbook_back(folder: Path) -> None:
    sheets = {"工作群": [["群编号", "创建时间"], ["1", "去年"], ["2", "2019-1-1"]], "说明": [["随便"]]}
    back = marked(book(folder / "x.xlsx", sheets))
    assert back.sheetnames == ["工作群", "说明"]
    assert [[cell.value for cell in row] for row in back["工作群"].iter_rows()] == sheets["工作群"]
    assert coloured(back["工作群"]) == ["B2"]
    assert "「去年」读不出是哪一天" in back["工作群"]["B2"].comment.text


def test_write_marked_marks_more_than_are_listed(folder: Path) -> None:
    back = marked(book(folder / "x.xlsx", {"工作群": [["群编号", "人数"], *([str(n), "约3"] for n in range(120))]}))
    assert len(coloured(back["工作群"])) == 120


def test_write_marked_speaks_english(folder: Path, tmp_path: Path) -> None:
    found = bad(book(folder / "x.xlsx", {"工作群": [["群编号", "人数"], ["1", "约3"]]}))
    write_marked(found, tmp_path / "en.xlsx", Words("en"))
    comment = openpyxl.load_workbook(tmp_path / "en.xlsx")["工作群"]["B2"].comment
    assert comment is not None
    assert "cannot be read as a number" in comment.text


def test_write_marked_two_problems_in_one_cell_and_merged_cells(folder: Path) -> None:
    rows = [["群编号", "人数"], ["1", "约3"], ["2", None], [None, "5"]]
    back = marked(book(folder / "x.xlsx", {"工作群": rows}, {"工作群": ["B2:B3"]}))
    assert coloured(back["工作群"]) == ["B2", "A4"]
    assert back["工作群"]["B2"].comment.text.count("读不出") == 2


def test_write_marked_problem_of_a_whole_sheet_stands_in_its_first_cell(folder: Path) -> None:
    back = marked(book(folder / "x.xlsx", {"工作群": [["群名称"], ["甲"]], "人员": [["姓名"], ["张三"]]}))
    assert "channel_id" in back["工作群"]["A1"].comment.text


def test_write_marked_text_that_looks_like_a_formula_stays_text(folder: Path) -> None:
    path = book(folder / "x.xlsx", {"工作群": [["群编号", "人数", "群名称"], ["1", "约3", "x"]]})
    given = openpyxl.load_workbook(path)
    cell = given["工作群"]["C2"]
    cell.value = "=cmd|' /C calc'!A0"
    cell.data_type = "s"
    given.save(path)
    cell = marked(path)["工作群"]["C2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=cmd|' /C calc'!A0", True)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_write_marked_rows_of_csv_are_harmless(folder: Path, sign: str) -> None:
    path = folder / "channels.csv"
    path.write_text(f"群编号,群名称,创建时间\n1,好,2019-1-1\n2,{sign}1+cmd,去年\n")
    back = marked(path)
    sheet = back["channels"]
    assert [cell.value for cell in sheet[1]] == ["channels.csv", "群编号", "群名称", "创建时间"]
    assert [cell.value for cell in sheet[2]] == [3, "2", f"{sign}1+cmd", "去年"]
    assert (sheet["C2"].data_type, sheet["C2"].quotePrefix) == ("s", True)
    assert coloured(sheet) == ["D2"]
    assert sheet["D2"].comment is not None


def test_write_marked_parquet_old_workbook_and_folder(folder: Path) -> None:
    pl.DataFrame({"channel_id": ["1"], "head_count": [-3]}).write_parquet(folder / "channels.parquet")
    old_workbook(folder / "乙镇.xls", {"工作群": [["统计表"], ["群编号", "人数"], ["2", "约3"]]})
    back = marked(folder)
    assert [cell.value for cell in back["channels"][2]] == [2, "1", "-3"]
    assert [cell.value for cell in back["工作群"][1]] == ["乙镇.xls · 工作群", "群编号", "人数"]
    assert [cell.value for cell in back["工作群"][2]] == [3, "2", "约3"]
    assert coloured(back["channels"]) == ["C2"]


def test_write_marked_file_that_cannot_be_opened(folder: Path) -> None:
    (folder / "x.xlsx").write_bytes(b"PK\x03\x04 cut off")
    back = marked(folder / "x.xlsx")
    assert "不完整" in back.worksheets[0]["A1"].comment.text


def test_write_marked_one_bad_workbook_of_a_folder_comes_back_whole(folder: Path) -> None:
    book(folder / "甲镇.xlsx", {"工作群": [["群编号", "人数"], ["1", "3"]]})
    book(folder / "乙镇.xlsx", {"工作群": [["群编号", "人数"], ["2", "约3"]]})
    assert marked(folder)["工作群"]["A2"].value == "2"


def test_write_marked_leaves_nothing_half_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = bad(book(folder / "x.xlsx", {"工作群": [["群编号", "人数"], ["1", "约3"]]}))

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(openpyxl.Workbook, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        write_marked(found, tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]

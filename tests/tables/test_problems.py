"""What has two readings or none is an error that names file, sheet, row, column and value; all of them at once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables.files import book, compound_file, old_workbook
from tests.tables.reading import TODAY, problem, problems, read

from qingzhuang.tables.checks import rings
from qingzhuang.tables.describe import describe
from qingzhuang.tables.errors import BadInput
from qingzhuang.tables.inventory import read_inventory
from qingzhuang.words import Words


def channels(path: Path, *rows: Sequence[object]) -> Path:
    return book(path / "x.xlsx", {"工作群": rows})


def test_duplicate_id_with_different_contents(tmp_path: Path) -> None:
    found = problem(channels(tmp_path, ["群编号", "群名称"], ["1", "甲"], ["2", "乙"], ["1", "丙"]))
    assert (found.code, found.file, found.sheet, found.row, found.column, found.value) == (
        "duplicate-id", "x.xlsx", "工作群", 4, "群编号", "1",
    )  # fmt: skip
    assert (found.data["first_row"], found.data["columns"]) == (2, ["群名称"])


def test_duplicate_person_with_different_contents(tmp_path: Path) -> None:
    sheets = {"channels": [["channel_id"], ["1"]], "people": [["person_id", "unit"], ["p", "甲"], ["p", "乙"]]}
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.sheet, found.row) == ("duplicate-id", "people", 3)


def test_membership_of_an_unknown_channel(tmp_path: Path) -> None:
    sheets = {"channels": [["channel_id"], ["1"]], "memberships": [["channel_id", "person_id"], ["1", "p"], ["9", "p"]]}
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.sheet, found.row, found.column, found.value) == (
        "unknown-channel", "memberships", 3, "channel_id", "9",
    )  # fmt: skip


def test_membership_of_a_name_that_two_channels_have(tmp_path: Path) -> None:
    sheets = {
        "工作群": [["群编号", "群名称"], ["1", "甲"], ["2", "甲"]],
        "群成员": [["群名称", "姓名"], ["甲", "张三"], ["乙", "张三"]],
    }
    assert [found.code for found in problems(book(tmp_path / "x.xlsx", sheets))] == [
        "ambiguous-channel",
        "unknown-channel",
    ]


@pytest.mark.parametrize("text", ["2019年3月", "19.3.25", "2019-02-30", "去年", "25/3/2019", "2019.1-2019.12"])
def test_date_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    found = problem(channels(tmp_path, ["群编号", "创建时间"], ["1", text]))
    assert (found.code, found.row, found.column, found.column_number, found.value) == (
        "bad-date",
        2,
        "创建时间",
        2,
        text,
    )


@pytest.mark.parametrize("header", ["创建时间", "最后活跃"])
def test_date_in_the_future(tmp_path: Path, header: str) -> None:
    found = problem(channels(tmp_path, ["群编号", header], ["1", "2026-03-25"], ["2", "2026-03-26"]))
    assert (found.code, found.row, found.data["on"]) == ("future-date", 3, TODAY.isoformat())


def test_end_of_task_sunset_and_leaving_may_lie_ahead(tmp_path: Path) -> None:
    sheets = {
        "channels": [["channel_id", "task_end", "sunset"], ["1", "2099-01-01", "2099-01-01"]],
        "people": [["person_id", "left_on"], ["p", "2099-01-01"]],
    }
    assert read(book(tmp_path / "x.xlsx", sheets)).inventory.channels.height == 1


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("近30天消息数", "约30", "bad-number"),
        ("近30天消息数", "-1", "negative"),
        ("人数", "3.5", "bad-number"),
        ("人数", "-2", "negative"),
        ("密级", "看情况", "unknown-secrecy"),
        ("最近工作消息", "前阵子", "unknown-last-message"),
        ("最近工作消息", "2026-04-01", "future-date"),
    ],
)
def test_cell_that_cannot_be_read(tmp_path: Path, header: str, value: str, code: str) -> None:
    found = problem(channels(tmp_path, ["群编号", header], ["1", value]))
    assert (found.code, found.row, found.column, found.value) == (code, 2, header, value)


def test_rows_are_named_as_in_excel(tmp_path: Path) -> None:
    found = problem(channels(tmp_path, ["甲县统计表"], [], [None, "群编号", "创建时间"], [], [None, "1", "不知"]))
    assert (found.row, found.column_number) == (5, 3)


def test_rows_are_named_as_in_excel_for_csv(tmp_path: Path) -> None:
    path = tmp_path / "channels.csv"
    path.write_text('题目\n\n群编号,群名称,创建时间\n1,"两\n行",2019-1-1\n\n2,甲,不知\n')
    found = problem(path)
    assert (found.file, found.sheet, found.row, found.column) == ("channels.csv", None, 6, "创建时间")


def test_blank_id(tmp_path: Path) -> None:
    found = problem(channels(tmp_path, ["群编号", "群名称"], ["1", "甲"], [None, "乙"]))
    assert (found.code, found.row, found.column) == ("missing-id", 3, "群编号")


@pytest.mark.parametrize("person", ["person_id", "姓名"])
def test_blank_ids_in_memberships(tmp_path: Path, person: str) -> None:
    sheets = {
        "channels": [["channel_id"], ["1"]],
        "memberships": [["channel_id", person], ["1", None], [None, "p"], ["1", "q"]],
    }
    found = problems(book(tmp_path / "x.xlsx", sheets))
    assert [(one.code, one.row, one.column) for one in found] == [
        ("missing-id", 2, person),
        ("missing-id", 3, "channel_id"),
    ]


@pytest.mark.parametrize("value", ["1.38E+10", 522628199001011234])
def test_id_ruined_by_scientific_notation(tmp_path: Path, value: object) -> None:
    sheets = {"channels": [["channel_id"], ["1"]], "memberships": [["channel_id", "person_id"], ["1", value]]}
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.sheet, found.row, found.column) == ("id-lost", "memberships", 2, "person_id")


@pytest.mark.parametrize("sheets", [{"channels": []}, {"channels": [["channel_id", "name"]]}, {"Sheet1": []}])
def test_empty_sheet(tmp_path: Path, sheets: dict[str, list[list[str]]]) -> None:
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.sheet) == ("empty-sheet", next(iter(sheets)))


def test_empty_sheet_of_memberships(tmp_path: Path) -> None:
    sheets = {"channels": [["channel_id"], ["1"]], "memberships": [["channel_id", "person_id"]]}
    assert problem(book(tmp_path / "x.xlsx", sheets)).sheet == "memberships"


@pytest.mark.parametrize("header", [["群名称", "群主"], ["name", "owner", "unit"]])
def test_missing_channel_id(tmp_path: Path, header: list[str]) -> None:
    found = problem(channels(tmp_path, header, ["甲"] * len(header)))
    assert (found.code, found.sheet, found.data["column"]) == ("missing-column", "工作群", "channel_id")


def test_missing_person_id(tmp_path: Path) -> None:
    sheets = {"channels": [["channel_id"], ["1"]], "memberships": [["channel_id"], ["1"]]}
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.sheet, found.data["column"]) == ("missing-column", "memberships", "person_id")


def test_continuation_that_lacks_a_column(tmp_path: Path) -> None:
    sheets = {
        "channels": [["channel_id"], ["1"]],
        "memberships": [["channel_id", "person_id"], ["1", "p"]],
        "memberships_2": [["1"]],
    }
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.sheet, found.data["column"]) == ("missing-column", "memberships_2", "person_id")


def test_no_channels_at_all(tmp_path: Path) -> None:
    sheets = {"people": [["person_id", "unit"], ["p", "甲镇"]]}
    assert problem(book(tmp_path / "x.xlsx", sheets)).code == "no-channels"


def test_unit_with_two_parents(tmp_path: Path) -> None:
    sheets = {
        "channels": [["channel_id"], ["1"]],
        "units": [["unit", "parent"], ["甲", "县"], ["甲", "市"], ["乙", "县"], ["乙", "县"]],
    }
    found = problem(book(tmp_path / "x.xlsx", sheets))
    assert (found.code, found.row, found.column, found.value) == ("two-parents", 3, "parent", "市")


def test_ring_of_parents(tmp_path: Path) -> None:
    rows = [["unit", "parent"], ["丁", "甲"], ["甲", "乙"], ["乙", "丙"], ["丙", "甲"]]
    found = problem(book(tmp_path / "x.xlsx", {"channels": [["channel_id"], ["1"]], "units": rows}))
    assert (found.code, found.row, found.data["units"]) == ("parent-cycle", 3, ["甲", "乙", "丙", "甲"])


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))
def test_rings_are_the_units_that_come_back_to_themselves(parents: dict[str, str]) -> None:
    def comes_back(unit: str) -> bool:
        above = parents.get(unit)
        for _ in parents:
            if above == unit:
                return True
            above = parents.get(above or "")
        return False

    found = [unit for ring in rings(parents) for unit in ring]
    assert sorted(found) == sorted(filter(comes_back, parents))


def test_contradicting_answers_about_a_nickname(tmp_path: Path) -> None:
    rows = [["昵称", "人员编号", "是否同一人"], ["老李", "p1", "是"], ["老李", "p2", "是"], ["老王", "p3", "也许"]]
    sheets = {"工作群": [["群编号", "成员"], ["1", "老李"]], "昵称核对": rows}
    assert [found.code for found in problems(book(tmp_path / "x.xlsx", sheets))] == ["two-answers", "not-yes-or-no"]


def test_password_on_a_workbook(tmp_path: Path) -> None:
    path = compound_file(tmp_path / "x.xlsx", {"EncryptedPackage": b"\x08", "EncryptionInfo": b"\x04"})
    assert problem(path).code == "password"


@pytest.mark.parametrize("method", [0, 1])
def test_password_on_an_old_workbook(tmp_path: Path, method: int) -> None:
    path = old_workbook(tmp_path / "x.xls", {"工作群": [["群编号"], ["1"]]}, password=method)
    assert problem(path).code == "password"


@pytest.mark.parametrize("part", [0.5, 0.95])
def test_truncated_workbook(tmp_path: Path, part: float) -> None:
    whole = channels(tmp_path, ["群编号", "群名称"], *([str(n), "甲"] for n in range(500))).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(len(whole) * part)])
    assert problem(path).code == "truncated"


def test_truncated_old_workbook(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "x.xls", {"工作群": [["群编号"], ["1"]]})
    path.write_bytes(path.read_bytes()[:700])
    assert problem(path).code == "truncated"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.xlsx", b"", "empty-file"),
        ("x.xls", b"<html><table></table></html>", "not-a-workbook"),
        ("x.docx", b"x", "unknown-format"),
        ("x.csv", b"\xff\xff\x80,\xff", "encoding"),
        ("x.parquet", b"PAR1x", "truncated"),
    ],
)
def test_file_that_is_no_table(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert (problem(path).code, problem(path).file) == (code, name)


def test_no_such_file_and_empty_folder(tmp_path: Path) -> None:
    assert problem(tmp_path / "nothing.xlsx").code == "not-found"
    assert problem(tmp_path).code == "no-files"


def test_et_that_needs_libreoffice_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    path = tmp_path / "x.et"
    path.write_bytes(b"something of its own")
    assert problem(path).code == "needs-libreoffice"


def test_all_problems_at_once_first_fifty_and_the_count(tmp_path: Path) -> None:
    rows = [[str(n), "不知", "约3"] for n in range(40)]
    path = channels(tmp_path, ["群编号", "创建时间", "人数"], *rows)
    with pytest.raises(BadInput) as caught:
        read_inventory(path, on=TODAY)
    assert caught.value.total == 80
    assert len(caught.value.problems) == 50
    assert len(caught.value.marked) == 80
    assert [one.row for one in caught.value.problems[:4]] == [2, 2, 3, 3]


def test_many_problems_are_counted_and_not_kept(tmp_path: Path) -> None:
    (tmp_path / "channels.csv").write_text("channel_id\n1\n")
    (tmp_path / "memberships.csv").write_text("channel_id,person_id\n" + "9,p\n" * 20_000)
    with pytest.raises(BadInput) as caught:
        read_inventory(tmp_path, on=TODAY)
    assert (caught.value.total, len(caught.value.marked)) == (20_000, 5_000)


def test_problems_of_several_files_at_once(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"工作群": [["群编号", "人数"], ["1", "约3"]]})
    (tmp_path / "b.xlsx").write_bytes(b"")
    assert {found.code for found in problems(tmp_path)} == {"bad-number", "empty-file"}


def test_describe_says_cell_fault_and_remedy(tmp_path: Path) -> None:
    found = problem(channels(tmp_path, ["群编号", "创建时间"], ["1", "去年"]))
    assert describe(found, Words("zh-Hans")) == (
        "「x.xlsx · 工作群」第 2 行「创建时间」（B2）：「去年」读不出是哪一天。请写成 2019-03-25 或 2019年3月25日；没有就留空。"
    )
    assert describe(found, Words("en")) == (
        "x.xlsx · 工作群, row 2, “创建时间” (B2): “去年” cannot be read as a day. Write 2019-03-25, or leave it blank."
    )

"""A county's tables in, in good order: what is read, from which kinds of file, under which headers."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import polars as pl
import pytest
from tests.tables.files import book, old_workbook
from tests.tables.reading import TODAY, notes, read

from qingzhuang.domain.channels.inventory import CHANNELS, MEMBERSHIPS, PEOPLE, UNITS, MembersAre
from qingzhuang.tables.inventory import read_inventory

CHANNEL_ROWS = [
    ["channel_id", "name", "platform", "last_active", "messages_30d", "secrecy"],
    ["g1", "党政群", "微信", dt.date(2026, 3, 1), 30, "内部"],
    ["g2", "扶贫群", "QQ", "2025年12月31日", "１２", "公开"],
]
MEMBER_ROWS = [["channel_id", "person_id"], ["g1", "p1"], ["g1", "p2"], ["g2", "p1"], ["g2", "p1"]]
PEOPLE_ROWS = [["person_id", "unit", "left_on"], ["p1", "甲镇", None], ["p2", "乙村", "2030.1.2"]]
UNIT_ROWS = [["unit", "parent", "level"], ["甲镇", None, "乡镇"], ["乙村", "甲镇", "村"]]
SHEETS = {"channels": CHANNEL_ROWS, "memberships": MEMBER_ROWS, "people": PEOPLE_ROWS, "units": UNIT_ROWS}


def test_read_inventory_workbook_with_all_sheets(tmp_path: Path) -> None:
    path = book(tmp_path / "county.xlsx", SHEETS)
    result = read(path)
    inventory = result.inventory
    assert dict(inventory.channels.schema) == CHANNELS
    assert dict(inventory.memberships.schema) == MEMBERSHIPS
    assert dict(inventory.people.schema) == PEOPLE
    assert dict(inventory.units.schema) == UNITS
    assert inventory.channels.select("channel_id", "platform", "last_active", "messages_30d", "secrecy").rows() == [
        ("g1", "wechat", dt.date(2026, 3, 1), 30.0, "internal"),
        ("g2", "qq", dt.date(2025, 12, 31), 12.0, "public"),
    ]
    assert inventory.memberships.rows() == [("g1", "p1"), ("g1", "p2"), ("g2", "p1")]
    assert inventory.people["left_on"].to_list() == [None, dt.date(2030, 1, 2)]
    assert inventory.units.rows() == [("甲镇", None, "town"), ("乙村", "甲镇", "village")]
    assert inventory.members_are is MembersAre.PERSONS
    assert result.notes == ()
    assert result.doubtful == ()


def test_read_inventory_says_what_was_given(tmp_path: Path) -> None:
    inventory = read(book(tmp_path / "county.xlsx", SHEETS)).inventory
    assert inventory.has("channels.last_active", "memberships.person_id", "people.left_on", "units.parent")
    assert not inventory.has("channels.owner")
    assert inventory.channels["owner"].null_count() == 2


def test_read_inventory_column_that_is_blank_is_given(tmp_path: Path) -> None:
    path = book(tmp_path / "county.xlsx", {"channels": [["channel_id", "owner"], ["g1", None]]})
    assert read(path).inventory.has("channels.owner")


def test_read_inventory_gives_digest_and_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "county.xlsx", SHEETS)
    (source,) = read(path).inputs
    assert source.name == "county.xlsx"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.rows == {"channels": 2, "memberships": 4, "people": 2, "units": 2}


def test_read_inventory_reports_progress(tmp_path: Path) -> None:
    path = book(tmp_path / "county.xlsx", SHEETS)
    seen: list[tuple[str, int, int]] = []
    read_inventory(path, on=TODAY, progress=lambda stage, done, total: seen.append((stage, done, total)))
    assert seen == [("read", 0, 2), ("read", 2, 2)]


def test_read_inventory_chinese_names_and_headers(tmp_path: Path) -> None:
    sheets = {
        "工作群": [
            [
                "群编号",
                "群名称",
                "群主",
                "单 位",
                "最后活跃",
                "近３０天消息数（条）",
                "任務結束",
                "密级",
                "注销",
                "审批文号",
            ],
            ["1", "甲", "张三", "甲镇", "2026/3/1", "5", "2027-01-01", "涉密", "2028.1.1", "甲发〔2026〕1号"],
        ],
        "群成员": [["群编号", "人员编号"], ["1", "p1"]],
        "人员": [["人员编号", "姓名", "单位", "岗位", "离岗时间"], ["p1", "张三", "甲镇", "镇长", ""]],
        "单位": [["单位", "上级单位", "层级"], ["甲镇", "县", "乡镇"]],
    }
    inventory = read(book(tmp_path / "县.xlsx", sheets)).inventory
    (row,) = inventory.channels.to_dicts()
    assert row["owner"] == "张三"
    assert row["unit"] == "甲镇"
    assert row["messages_30d"] == 5
    assert row["task_end"] == dt.date(2027, 1, 1)
    assert row["secrecy"] == "restricted"
    assert row["sunset"] == dt.date(2028, 1, 1)
    assert row["approval"] == "甲发〔2026〕1号"
    assert inventory.memberships.rows() == [("1", "p1")]
    assert inventory.people.rows() == [("p1", "张三", "甲镇", "镇长", None)]
    assert inventory.units.rows() == [("甲镇", "县", "town")]


def test_read_inventory_sheets_known_by_headers(tmp_path: Path) -> None:
    sheets = {
        "Sheet1": [["群编号", "群名称", "平台", "群主"], ["1", "甲", "微信", "张三"]],
        "Sheet2": [["群编号", "成员编号"], ["1", "p1"]],
        "Sheet3": [["人员编号", "姓名", "单位"], ["p1", "张三", "甲镇"]],
        "Sheet4": [["单位", "上级单位"], ["甲镇", "县"]],
        "Sheet5": [],
    }
    inventory = read(book(tmp_path / "x.xlsx", sheets)).inventory
    assert [t.height for t in (inventory.channels, inventory.memberships, inventory.people, inventory.units)] == [1] * 4


def test_read_inventory_sheet_that_says_nothing_is_noted(tmp_path: Path) -> None:
    sheets = {"channels": [["channel_id"], ["g1"]], "说说": [["今天天气好"], ["是啊"]]}
    (note,) = read(book(tmp_path / "x.xlsx", sheets)).notes
    assert note.code == "sheet-ignored"
    assert note.data["sheet"] == "说说"


def test_read_inventory_unknown_column_is_noted(tmp_path: Path) -> None:
    sheets = {"channels": [["channel_id", "星座"], ["g1", "双鱼"]]}
    (note,) = read(book(tmp_path / "x.xlsx", sheets)).notes
    assert (note.code, note.data["sheet"], note.data["column"]) == ("unknown-column", "channels", "星座")


@pytest.mark.parametrize("header", [True, False])
def test_read_inventory_memberships_go_on(tmp_path: Path, header: bool) -> None:
    more = [["channel_id", "person_id"]] if header else []
    sheets = {
        "channels": [["channel_id"], ["g1"]],
        "memberships": [["channel_id", "person_id"], ["g1", "p1"]],
        "memberships_2": [*more, ["g1", "p2"], ["g1", "p3"]],
    }
    assert read(book(tmp_path / "x.xlsx", sheets)).inventory.memberships["person_id"].to_list() == ["p1", "p2", "p3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_read_inventory_folder_of_csv(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "channels.csv").write_text("群编号,群名称,最后活跃\n1,扶贫群,2019.3.25\n", encoding=encoding)
    (tmp_path / "memberships.csv").write_text("群编号,person_id\n1,张三\n", encoding=encoding)
    (tmp_path / "memberships_2.csv").write_text("群编号,person_id\n1,李四\n", encoding=encoding)
    inventory = read(tmp_path).inventory
    assert inventory.channels.select("name", "last_active").rows() == [("扶贫群", dt.date(2019, 3, 25))]
    assert inventory.memberships["person_id"].to_list() == ["张三", "李四"]


def test_read_inventory_folder_of_parquet(tmp_path: Path) -> None:
    pl.DataFrame(
        {"channel_id": [1, 2], "last_active": [dt.date(2019, 3, 25), None], "messages_30d": [1.5, None]}
    ).write_parquet(tmp_path / "channels.parquet")
    pl.DataFrame({"channel_id": [1, 2, 2], "person_id": ["a", "b", "b"]}).write_parquet(
        tmp_path / "memberships.parquet"
    )
    inventory = read(tmp_path).inventory
    assert inventory.channels.select("channel_id", "last_active", "messages_30d").rows() == [
        ("1", dt.date(2019, 3, 25), 1.5),
        ("2", None, None),
    ]
    assert inventory.memberships.rows() == [("1", "a"), ("2", "b")]


def test_read_inventory_single_csv_is_channels(tmp_path: Path) -> None:
    path = tmp_path / "甲镇.csv"
    path.write_text(
        "序号,群名称,单位,人数,最近工作消息,面向岗位\n1,甲群,甲镇,35,本周,村支书、网格员\n2,乙群,甲镇,3,更久,村支书\n"
    )
    inventory = read(path).inventory
    assert inventory.members_are is MembersAre.POSTS
    assert inventory.channels.select("channel_id", "head_count", "last_work_message").rows() == [
        ("1", 35, "week"),
        ("2", 3, "longer"),
    ]
    assert inventory.memberships.rows() == [("1", "村支书"), ("1", "网格员"), ("2", "村支书")]
    assert not inventory.has("memberships.person_id")


def test_read_inventory_without_any_members(tmp_path: Path) -> None:
    inventory = read(book(tmp_path / "x.xlsx", {"channels": [["channel_id"], ["g1"]]})).inventory
    assert inventory.members_are is MembersAre.UNKNOWN
    assert inventory.memberships.height == 0
    assert dict(inventory.memberships.schema) == MEMBERSHIPS


def test_read_inventory_old_workbook(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "x.xls", {"工作群": [["群编号", "群名称"], [1.0, "甲群"]]})
    assert read(path).inventory.channels.select("channel_id", "name").rows() == [("1", "甲群")]


def test_read_inventory_et_with_an_old_workbook_inside(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "x.et", {"工作群": [["群编号", "群名称"], [1.0, "甲群"]]})
    assert read(path).inventory.channels["name"].to_list() == ["甲群"]


def test_read_inventory_workbook_named_otherwise(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {"channels": [["channel_id"], ["g1"]]}).rename(tmp_path / "x.xls")
    assert read(path).inventory.channels.height == 1


def test_read_inventory_formula_gives_its_stored_value(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as workbook:
        sheet = workbook.add_worksheet("channels")
        sheet.write_row(0, 0, ["channel_id", "head_count"])
        sheet.write_string(1, 0, "g1")
        sheet.write_formula(1, 1, "=6*7", None, 42)
    assert read(tmp_path / "x.xlsx").inventory.channels["head_count"].to_list() == [42]


def test_read_inventory_several_towns_are_joined(tmp_path: Path) -> None:
    for town in ("甲镇", "乙镇"):
        rows = [["群编号", "群名称", "单位"], [f"{town}01", f"{town}群", town]]
        members = [["群编号", "姓名"], [f"{town}01", "张三"]]
        book(tmp_path / f"{town}.xlsx", {"Sheet1": rows, "成员": members})
    result = read(tmp_path)
    assert set(result.inventory.channels["unit"]) == {"甲镇", "乙镇"}
    assert result.inventory.memberships.height == 2
    (note,) = notes(result, "files-joined")
    assert set(note.data["files"]) == {"甲镇.xlsx", "乙镇.xlsx"}  # type: ignore[call-overload]
    assert [source.name for source in result.inputs] == sorted(["甲镇.xlsx", "乙镇.xlsx"])


def test_read_inventory_several_towns_with_running_numbers(tmp_path: Path) -> None:
    for town in ("甲镇", "乙镇"):
        book(tmp_path / f"{town}.xlsx", {"Sheet1": [["序号", "群名称", "单位"], [1, "大群", town], [2, "小群", town]]})
    result = read(tmp_path)
    assert set(result.inventory.channels["channel_id"]) == {"甲镇-1", "甲镇-2", "乙镇-1", "乙镇-2"}
    assert len(notes(result, "serial-ids")) == 2


def test_read_inventory_town_that_lacks_a_column_is_noted(tmp_path: Path) -> None:
    book(tmp_path / "甲镇.xlsx", {"工作群": [["群编号", "群主"], ["1", "张三"]]})
    book(tmp_path / "乙镇.xlsx", {"工作群": [["群编号"], ["2"]]})
    (note,) = notes(read(tmp_path), "columns-missing-here")
    assert (note.data["file"], note.data["columns"]) == ("乙镇.xlsx", ["群主"])


def test_read_inventory_folder_passes_over_other_files(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(b"x")
    (tmp_path / "~$channels.xlsx").write_bytes(b"x")
    (tmp_path / "channels.csv").write_text("channel_id\ng1\n")
    assert [source.name for source in read(tmp_path).inputs] == ["channels.csv"]


def test_read_inventory_channel_named_by_name(tmp_path: Path) -> None:
    sheets = {
        "工作群": [["群编号", "群名称"], ["1", "甲"], ["2", "乙"]],
        "群成员": [["群名称", "姓名"], ["乙", "张三"]],
    }
    assert read(book(tmp_path / "x.xlsx", sheets)).inventory.memberships.rows() == [("2", "张三")]


def test_read_inventory_apps_keep_their_purpose(tmp_path: Path) -> None:
    sheets = {
        "政务APP": [
            ["APP编号", "APP名称", "平台", "功能"],
            ["a1", "某某通", "APP", "打卡、报数"],
            ["a2", "某某号", "公众号", "宣传"],
        ]
    }
    channels = read(book(tmp_path / "x.xlsx", sheets)).inventory.channels
    assert channels.select("platform", "purpose").rows() == [("app", "打卡、报数"), ("public-account", "宣传")]


def test_read_inventory_date_for_last_work_message(tmp_path: Path) -> None:
    rows = [
        ["群编号", "最近工作消息"],
        *([str(n), day] for n, day in enumerate(["2026-03-20", "2026-03-01", "2026-01-05", "2020-01-01", "不详"])),
    ]
    heard = read(book(tmp_path / "x.xlsx", {"工作群": rows})).inventory.channels["last_work_message"]
    assert heard.to_list() == ["week", "month", "quarter", "longer", "unknown"]


def test_read_inventory_cells_that_say_nothing_are_blank(tmp_path: Path) -> None:
    rows = [["群编号", "群主", "任务结束", "人数", "审批"], ["1", "无", "长期", "/", "未审批"]]
    (row,) = read(book(tmp_path / "x.xlsx", {"工作群": rows})).inventory.channels.to_dicts()
    assert [row[name] for name in ("owner", "task_end", "head_count", "approval")] == [None] * 4


def test_read_inventory_one_sheet_of_names_and_members_is_channels(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {"Sheet1": [["群编号", "群名称", "成员"], ["1", "甲", "张三、李四"]]})
    inventory = read(path).inventory
    assert inventory.channels["name"].to_list() == ["甲"]
    assert inventory.memberships["person_id"].to_list() == ["张三", "李四"]

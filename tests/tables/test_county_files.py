"""Real county files are read without complaint; what is not read as it stands is said."""

from __future__ import annotations

from pathlib import Path

from tests.tables.files import book
from tests.tables.reading import notes, read


def test_title_rows_above_the_header(tmp_path: Path) -> None:
    rows = [
        ["甲县工作群清理整合情况统计表"],
        ["填报单位：甲镇", None, "2026年3月"],
        ["群编号", "群名称", "群主"],
        ["1", "甲群", "张三"],
    ]
    result = read(book(tmp_path / "x.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:C1"]}))
    assert result.inventory.channels["name"].to_list() == ["甲群"]


def test_title_rows_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "工作群.csv"
    path.write_text("甲县工作群统计表\n\n群编号,群名称\n1,甲群\n\n2,乙群\n", encoding="gb18030")
    assert read(path).inventory.channels["name"].to_list() == ["甲群", "乙群"]


def test_two_row_header_with_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["甲县统计表"],
        ["群编号", "群名称", "群主", None, "活跃情况", None],
        [None, None, "姓名", "电话", "最后活跃", "近30天消息数"],
        ["1", "甲群", "张三", "13800000001", "2026.3.1", "7"],
    ]
    merges = ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"]
    result = read(book(tmp_path / "x.xlsx", {"Sheet1": rows}, {"Sheet1": merges}))
    (row,) = result.inventory.channels.to_dicts()
    assert (row["name"], row["owner"], str(row["last_active"]), row["messages_30d"]) == (
        "甲群",
        "张三",
        "2026-03-01",
        7,
    )
    assert [note.data["column"] for note in notes(result, "phone-ignored")] == ["群主 电话"]


def test_two_row_header_that_says_nothing_more_below(tmp_path: Path) -> None:
    rows = [["群编号", "群名称", "联系"], [None, None, "电话"], ["1", "甲群", "13800000001"]]
    result = read(book(tmp_path / "x.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:A2", "B1:B2"]}))
    assert result.inventory.channels.height == 1


def test_two_row_header_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "工作群.csv"
    path.write_text("群编号,群名称,活跃情况,\n,,最后活跃,近30天消息数\n1,甲群,2026-3-1,7\n")
    (row,) = read(path).inventory.channels.to_dicts()
    assert (row["name"], row["messages_30d"]) == ("甲群", 7)


def test_merged_group_column_is_filled_down_and_noted(tmp_path: Path) -> None:
    rows = [
        ["单位", "群编号", "群名称"],
        ["甲镇", "1", "甲"],
        [None, "2", "乙"],
        [None, "3", "丙"],
        ["乙镇", "4", "丁"],
        [None, "5", "戊"],
    ]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}, {"工作群": ["A2:A4"]}))
    assert result.inventory.channels["unit"].to_list() == ["甲镇", "甲镇", "甲镇", "乙镇", None]
    (note,) = notes(result, "filled-down")
    assert (note.data["sheet"], note.data["column"], note.data["count"]) == ("工作群", "单位", 2)


def test_merged_id_with_members_below_is_one_channel(tmp_path: Path) -> None:
    rows = [["群编号", "群名称", "平台", "成员"], ["1", "甲", "微信", "张三"], [None, None, None, "李四"]]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}, {"工作群": ["A2:A3", "B2:B3", "C2:C3"]}))
    assert result.inventory.channels["channel_id"].to_list() == ["1"]
    assert result.inventory.memberships["person_id"].to_list() == ["张三", "李四"]


def test_totals_and_remarks_are_left_out_and_listed(tmp_path: Path) -> None:
    rows = [
        ["序号", "单位", "群名称", "人数"],
        [1, "甲镇", "甲", 3],
        [None, "小 计", None, 3],
        ["序号", "单位", "群名称", "人数"],
        [2, "乙镇", "乙", 4],
        ["合计", None, None, 7],
        [None, None, None, None],
        ["备注：本表由各单位填写", None, None, None],
        ["填表人：张三", None, None, None],
        ["以上数据均经核实无误", None, None, None],
    ]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}, {"工作群": ["A10:D10"]}))
    assert result.inventory.channels["channel_id"].to_list() == ["1", "2"]
    (note,) = notes(result, "rows-left-out")
    assert note.data["rows"] == [3, 4, 6, 8, 9, 10]
    assert note.data["sheet"] == "工作群"
    assert "张三" not in str(note.data)


def test_names_of_groups_that_look_like_remarks_stay(tmp_path: Path) -> None:
    rows = [["群编号", "群名称"], ["1", "备注核对群"], ["2", "会计合计群"], ["说明1", "丙"]]
    assert read(book(tmp_path / "x.xlsx", {"工作群": rows})).inventory.channels.height == 3


def test_several_names_in_one_cell(tmp_path: Path) -> None:
    rows = [["群编号", "成员"], ["1", "张三、李四，王五,赵六;孙七\n周八（镇长、书记）"], ["2", "张三"]]
    inventory = read(book(tmp_path / "x.xlsx", {"工作群": rows})).inventory
    assert inventory.memberships.filter(channel_id="1")["person_id"].to_list() == [
        "张三",
        "李四",
        "王五",
        "赵六",
        "孙七",
        "周八（镇长、书记）",
    ]
    assert inventory.has("memberships.person_id")


def test_several_names_in_one_cell_of_memberships(tmp_path: Path) -> None:
    sheets = {"工作群": [["群编号"], ["1"]], "群成员": [["群编号", "成员"], ["1", "张三、李四"], ["1", "李四"]]}
    assert read(book(tmp_path / "x.xlsx", sheets)).inventory.memberships["person_id"].to_list() == ["张三", "李四"]


def test_a_list_that_ends_in_and_others_is_noted(tmp_path: Path) -> None:
    rows = [["群编号", "成员"], ["1", "张三、李四等12人"]]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}))
    assert result.inventory.memberships["person_id"].to_list() == ["张三", "李四"]
    assert notes(result, "list-incomplete")[0].data["rows"] == [2]


def test_full_width_digits_and_numbers_as_text_are_one_id(tmp_path: Path) -> None:
    sheets = {
        "channels": [["channel_id", "messages_30d"], ["１２", "１，２００"], [13, 5]],
        "memberships": [["channel_id", "person_id"], [12, "p1"], ["13", "ｐ２"], [" 13　", "p2"]],
    }
    inventory = read(book(tmp_path / "x.xlsx", sheets)).inventory
    assert inventory.channels.select("channel_id", "messages_30d").rows() == [("12", 1200.0), ("13", 5.0)]
    assert inventory.memberships.rows() == [("12", "p1"), ("13", "p2")]


def test_phone_numbers_are_ignored_and_lost_ones_said(tmp_path: Path) -> None:
    rows = [
        ["群编号", "群主", "联系电话"],
        ["1", "张三", "1.38E+10"],
        ["2", "李四", 13812300000],
        ["3", "王五", 13812345678],
    ]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}))
    (lost,) = notes(result, "phone-lost")
    assert (lost.data["rows"], lost.data["count"], lost.data["column"]) == ([2, 3], 2, "联系电话")
    assert notes(result, "phone-ignored")
    assert "13812345678" not in str(result)


def test_blank_rows_and_columns_are_passed_over(tmp_path: Path) -> None:
    rows = [
        [None, "群编号", None, "群名称"],
        [None, None, None, None],
        [None, "1", None, "甲"],
        [None, " ", None, "　"],
        [None, "2", None, "乙"],
    ]
    assert read(book(tmp_path / "x.xlsx", {"工作群": rows})).inventory.channels["name"].to_list() == ["甲", "乙"]


def test_merged_cells_beyond_the_last_row_and_column(tmp_path: Path) -> None:
    rows = [["群编号", "群名称"], ["1", "甲"]]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}, {"工作群": ["B1:D1", "B2:B9", "E7:F9"]}))
    assert result.inventory.channels["name"].to_list() == ["甲"]


def test_same_row_twice_is_counted_once_and_noted(tmp_path: Path) -> None:
    rows = [["群编号", "群名称"], ["1", "甲"], ["2", "乙"], ["1", "甲"]]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}))
    assert result.inventory.channels["channel_id"].to_list() == ["1", "2"]
    (note,) = notes(result, "same-row-twice")
    assert note.data["rows"] == [4]


def test_two_columns_of_one_meaning_are_noted(tmp_path: Path) -> None:
    rows = [["群编号", "负责人", "群主"], ["1", "张三", "李四"]]
    result = read(book(tmp_path / "x.xlsx", {"工作群": rows}))
    assert result.inventory.channels["owner"].to_list() == ["李四"]
    assert [note.data["column"] for note in notes(result, "repeated-column")] == ["负责人"]


def test_member_column_beside_a_member_table(tmp_path: Path) -> None:
    sheets = {
        "工作群": [["群编号", "成员"], ["1", "王五"], ["2", "张三、李四"]],
        "群成员": [["群编号", "人员编号"], ["1", "p1"]],
    }
    result = read(book(tmp_path / "x.xlsx", sheets))
    assert sorted(result.inventory.memberships.rows()) == [("1", "p1"), ("2", "张三"), ("2", "李四")]
    assert notes(result, "members-twice")[0].data["count"] == 1


def test_nicknames_are_matched_and_the_doubtful_listed(tmp_path: Path) -> None:
    sheets = {
        "工作群": [["群编号"], ["1"], ["2"]],
        "群成员": [["群编号", "群昵称"], ["1", "甲镇-张三"], ["1", "甲镇-李"], ["2", "甲镇-李"], ["2", "路人"]],
        "人员": [["人员编号", "姓名", "单位"], ["p1", "张三", "甲镇"], ["p2", "李四", "甲镇"]],
    }
    result = read(book(tmp_path / "x.xlsx", sheets))
    assert result.inventory.memberships.rows() == [("1", "p1"), ("1", "甲镇-李"), ("2", "甲镇-李"), ("2", "路人")]
    (doubt,) = result.doubtful
    assert (doubt.nickname, doubt.channel_id, doubt.candidates) == ("甲镇-李", "1", ("p2",))


def test_answers_settle_nicknames(tmp_path: Path) -> None:
    sheets = {
        "工作群": [["群编号"], ["1"]],
        "群成员": [["群编号", "群昵称"], ["1", "老李"], ["1", "老王"]],
        "人员": [["人员编号", "姓名"], ["p2", "李四"], ["p3", "王五"]],
        "昵称核对": [["昵称", "人员编号", "是否同一人"], ["老李", "p2", "是"], ["老王", "p3", "否"]],
    }
    result = read(book(tmp_path / "x.xlsx", sheets))
    assert result.inventory.memberships["person_id"].to_list() == ["p2", "老王"]
    assert result.doubtful == ()


def test_people_without_ids_go_by_name(tmp_path: Path) -> None:
    sheets = {
        "工作群": [["群编号"], ["1"]],
        "群成员": [["群编号", "姓名"], ["1", "甲镇-张三"]],
        "人员": [["姓名", "单位"], ["张三", "甲镇"]],
    }
    inventory = read(book(tmp_path / "x.xlsx", sheets)).inventory
    assert inventory.memberships.rows() == [("1", "张三")]
    assert inventory.people["person_id"].to_list() == ["张三"]

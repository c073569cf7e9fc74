from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.documents import big, county

from qingzhuang.documents.lighten import Report, write_plan_workbook
from qingzhuang.documents.lighten.long_sheet import escaped
from qingzhuang.words import LANGUAGES, Words

SHEETS = ["概览", "先办", "措施", "拟加人员", "问题", "规则", "待确认昵称"]


@pytest.fixture(scope="module")
def book(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan_workbook(report, path, Words())
    return load_workbook(path)


def rows_of(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_workbook_has_its_sheets_in_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_workbook_is_written_in_every_language(report: Report, tmp_path: Path, lang: str) -> None:
    write_plan_workbook(report, tmp_path / "plan.xlsx", Words(lang))
    assert len(load_workbook(tmp_path / "plan.xlsx").sheetnames) == len(SHEETS)


def test_actions_have_each_channel_with_owner_target_and_reasons(book: Workbook) -> None:
    rows = rows_of(book, "措施")
    assert len(rows) == 1 + len(county.ROWS)
    merged = next(row for row in rows if row[0] == "c16")
    assert merged[1:9] == (
        "健康扶贫信息报送群",
        "县卫健局",
        county.OWNER,
        "合并",
        "c01",
        "全县脱贫攻坚工作群",
        2,
        9,
    )
    assert "全县脱贫攻坚工作群" in str(merged[9])


def test_actions_can_be_filtered_scrolled_and_printed(book: Workbook) -> None:
    sheet = book["措施"]
    assert sheet.auto_filter.ref == f"A1:J{1 + len(county.ROWS)}"
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert "&P" in sheet.oddFooter.center.text
    assert sheet.column_dimensions["B"].width >= 24
    grounds = {sheet.cell(row, 5).value: sheet.cell(row, 5).fill.fgColor.rgb for row in range(2, sheet.max_row + 1)}
    assert len(set(grounds.values())) == 3


@pytest.mark.parametrize("text", ['=HYPERLINK("x","点这里")', "+86 接待群", "-12345 转办群", "@所有人 迎检群"])
def test_text_that_looks_like_a_formula_is_text_and_harmless(book: Workbook, text: str) -> None:
    cells = [cell for row in book["措施"].iter_rows() for cell in row if cell.value == text]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells} == {True}


def test_no_cell_anywhere_is_a_formula(book: Workbook) -> None:
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


def test_what_must_be_decided_first_is_listed_unresolved_before_secrecy(book: Workbook) -> None:
    assert [(row[0], row[1]) for row in rows_of(book, "先办")[1:]] == [
        ("该清理、没有去处", "c09"),
        ("该清理、没有去处", "c10"),
        ("密级与平台不符", "c07"),
    ]


def test_people_to_add_stand_with_name_unit_and_target(book: Workbook) -> None:
    rows = rows_of(book, "拟加人员")
    assert ("p000", county.PERSON, "容美镇", "c01", "全县脱贫攻坚工作群", "健康扶贫信息报送群") in rows
    assert len(rows) - 1 == sum(len(action.adds) for action in county.actions())


def test_findings_and_rules_say_their_source(book: Workbook) -> None:
    findings = rows_of(book, "问题")
    assert len(findings) - 1 == len(county.findings())
    assert any("见过原文" in row for row in findings)
    text = str(rows_of(book, "规则"))
    assert "鹤纪发〔2019〕3 号" in text
    assert "b" * 64 in text


def test_nicknames_can_go_back_into_the_input(book: Workbook) -> None:
    rows = rows_of(book, "待确认昵称")
    assert rows[0][:3] == ("群昵称", "人员编号", "是否本人")
    assert rows[1] == ("容美镇-孙", "p000", None, county.PERSON, "容美镇", "全县脱贫攻坚工作群")
    assert rows[3][0] == "=1+1"
    choice = book["待确认昵称"].data_validations.dataValidation[0]
    assert (choice.formula1, str(choice.sqref)) == ('"是,否"', "C2:C4")


def test_table_past_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    write_plan_workbook(big.report(30), tmp_path / "plan.xlsx", Words(), rows=11)
    book = load_workbook(tmp_path / "plan.xlsx")
    assert [name for name in book.sheetnames if name.startswith("措施")] == ["措施", "措施_2", "措施_3"]
    rows = [row for name in ("措施", "措施_2", "措施_3") for row in list(book[name].iter_rows(values_only=True))[1:]]
    assert [row[0] for row in rows] == [f"g{number:07}" for number in range(30)]
    assert {book[name]["A1"].value for name in ("措施", "措施_3")} == {"编号"}


def test_escaped_keeps_what_excel_would_read_as_a_character() -> None:
    assert escaped("a_x0041_b & <c>") == "a_x005F_x0041_b &amp; &lt;c&gt;"

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import polars as pl
import pytest
from openpyxl import load_workbook
from tests.documents import big, county

from qingzhuang.documents.lighten import Report, write_report_docx
from qingzhuang.documents.lighten.report_docx import chinese_numeral
from qingzhuang.documents.lighten.word_chart import C
from qingzhuang.words import LANGUAGES, Words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=LANGUAGES)
def path(report: Report, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    path = tmp_path_factory.mktemp(request.param) / "report.docx"
    write_report_docx(report, path, Words(request.param))
    return path


def all_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))


def test_document_opens_with_its_headings_tables_and_four_charts(path: Path) -> None:
    document = docx.Document(str(path))
    assert len([p for p in document.paragraphs if p.style.name == "Heading 1"]) == 15
    assert len(document.tables) >= 9
    assert len(document.inline_shapes) == 4


def test_chart_parts_have_the_figures_and_an_embedded_workbook_with_the_same(path: Path) -> None:
    posts = county.posts()
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("word/charts/chart4.xml"))
        values = [[int(v.text or "") for v in series.iter(f"{{{C}}}v")] for series in root.iter(f"{{{C}}}val")]
        sheet = load_workbook(BytesIO(archive.read("word/embeddings/chart4.xlsx"))).active
        relations = archive.read("word/charts/_rels/chart4.xml.rels").decode()
    assert values == [posts["before"].to_list(), posts["after"].to_list()]
    assert [[row[1], row[2]] for row in sheet.iter_rows(min_row=2, values_only=True)] == posts.select(
        "before", "after"
    ).to_numpy().tolist()
    assert 'Id="rId1"' in relations
    assert "embeddings/chart4.xlsx" in relations


def test_chart_has_a_description_for_a_screen_reader(path: Path) -> None:
    document = docx.Document(str(path))
    described = [element.get("descr") for element in document.element.body.iter() if element.tag.endswith("}docPr")]
    assert len(described) == 4
    assert all(described)


def test_tables_repeat_their_header_and_keep_their_rows_whole(path: Path) -> None:
    for table in docx.Document(str(path)).tables:
        rows = list(table._tbl.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_page_is_a4_with_a_number_and_chinese_typefaces(report: Report, tmp_path: Path) -> None:
    write_report_docx(report, tmp_path / "report.docx", Words())
    document = docx.Document(str(tmp_path / "report.docx"))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    assert "PAGE" in section.footer._element.xml
    assert 'w:eastAsia="仿宋"' in document.styles["Normal"].element.xml
    assert 'w:eastAsia="黑体"' in document.styles["Heading 1"].element.xml
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        assert "FangSong" in archive.read("word/fontTable.xml").decode()


def test_no_person_and_no_owner_is_named(path: Path) -> None:
    text = all_text(path)
    people = [county.OWNER, county.PERSON, "周文", "吴核对", "p000", "p900", "容美镇-孙"]
    assert [name for name in people if name in text] == []


def test_long_lists_are_capped_and_say_where_the_rest_is(tmp_path: Path) -> None:
    write_report_docx(big.report(400), tmp_path / "report.docx", Words())
    text = all_text(tmp_path / "report.docx")
    assert "共 100 条，这里列出前 50 条；全部在 plan.xlsx 的「先办」表。" in text


def test_control_characters_are_left_out(report: Report, tmp_path: Path) -> None:
    channels = report.inventory.channels.with_columns(name=pl.lit("坏\x00名\x0b称"), unit=pl.lit("坏\x01单位"))
    bad = replace(report, inventory=replace(report.inventory, channels=channels))
    write_report_docx(bad, tmp_path / "report.docx", Words())
    assert "坏名称" in all_text(tmp_path / "report.docx")


def test_chinese_numeral_counts_to_nineteen() -> None:
    assert [chinese_numeral(number) for number in (1, 10, 11, 15)] == ["一", "十", "十一", "十五"]

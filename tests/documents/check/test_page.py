"""The page about one notice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.documents.check.pack import cells, full, judged, paragraph

from qingzhuang.documents.check.page import write_page
from qingzhuang.domain.demands import Ask, AskKind, Deadline, Demand, Joined, Kind, Level, Medium, Target, demand_of
from qingzhuang.domain.demands.burden import Burden, BurdenLine, Landing
from qingzhuang.domain.gate import Judgement
from qingzhuang.domain.notices import Notice, Role
from qingzhuang.words import LANGUAGES, Words

DEMAND = Demand(
    Kind.REPORT,
    "走访情况",
    "清河县农业农村局",
    dated=date(2026, 3, 20),
    targets=(Target(Level.VILLAGE, "", 12),),
    asks=(
        Ask(AskKind.FIELD, "走访台账", Fraction(52)),
        Ask(AskKind.EVIDENCE, "走访<照片>", Fraction(1), 10, Medium.PHOTO),
    ),
    deadline=Deadline("", hours=24),
    joined=(Joined(Kind.CHANNEL, "走访群", "2026年底"),),
    sanctions=("一票否决",),
)


def page(judgement: Judgement, folder: Path, lang: str = "zh-Hans", burden: Burden | None = None) -> str:
    write_page(judgement, folder / "page.html", Words(lang), burden)
    return (folder / "page.html").read_text(encoding="utf-8")


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text.strip())  # the page is written so that it is XML as well


def text_of(element: ET.Element) -> str:
    """Return what a reader sees of `element`: not what only a screen reader says, not the numbers of the notes."""
    if "unseen" in element.get("class", "") or element.tag == "sup":
        return ""
    return (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element)


def marked(root: ET.Element) -> dict[str, str]:
    """Return the words that lead to each note."""
    found: dict[str, str] = {}
    for link in root.iter("a"):
        if link.get("class", "").startswith("mark"):
            name = link.get("href", "")[1:]
            found[name] = found.get(name, "") + text_of(link)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("notice", [full(), "照常上班。"], ids=["full", "clean"])
def test_page_is_well_formed_and_every_link_leads_somewhere(notice: Notice | str, tmp_path: Path, lang: str) -> None:
    root = parsed(page(judged(notice), tmp_path, lang))
    assert root.get("lang") == lang
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href", "")[1:] for link in root.iter("a")} <= set(ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_needs_nothing_from_outside_and_runs_nothing(tmp_path: Path, lang: str) -> None:
    text = page(replace(judged(full()), demand=DEMAND), tmp_path, lang)
    assert re.findall(r"https?:|//[a-z]|\bsrc\s*=|<script|<link|@import|url\(|\son\w+=", text) == []
    assert "default-src 'none'" in text


@pytest.mark.parametrize(
    ("notice", "verdict"),
    [
        (full(), "2 处会被退回，2 处提醒，1 处提示"),
        ("每日报送。", "没有会被退回的地方，1 处提醒"),
        ("照常上班。", "没有发现问题"),
    ],
    ids=["refused", "warned", "clean"],
)
def test_verdict_is_the_first_thing_said(notice: Notice | str, verdict: str, tmp_path: Path) -> None:
    text = page(judged(notice), tmp_path)
    heading = parsed(text).find(".//h1")
    assert heading is not None
    assert text_of(heading) == verdict
    assert "按 2026年3月25日 有效的规则判断（指定的日期）" in text


def test_verdict_in_english_counts_one_and_many(tmp_path: Path) -> None:
    heading = parsed(page(judged(full()), tmp_path, "en")).find(".//h1")
    assert heading is not None
    assert text_of(heading) == "2 places will be refused, 2 warnings, 1 remark"


def test_emergency_and_scan_are_said_where_they_are_so(tmp_path: Path) -> None:
    text = page(judged(full(scanned=True), emergency=True), tmp_path)
    assert text.count('class="warning"') == 2
    assert "请对照原件看过再定" in text
    assert 'class="warning"' not in page(judged(full()), tmp_path)


def test_note_says_kind_message_basis_certainty_suggestion_and_place(tmp_path: Path) -> None:
    root = parsed(page(judged(full()), tmp_path))
    note = root.find(".//*[@id='note-2']")
    assert note is not None
    told = " ".join(text_of(note).split())
    for wanted in (
        "提醒 打卡签到接龙",
        "第 2 页，第 4 段第 8 字",
        "“拍照”不该要",
        "改法 改掉“拍照”",
        "《试行规定》 · 第三条 据二手材料",
    ):
        assert wanted in told


def test_overlapping_findings_are_all_marked_and_the_text_is_whole(tmp_path: Path) -> None:
    root = parsed(page(judged(full()), tmp_path))
    written = [text_of(element) for element in root.iter("p") if element.get("class") == "text"]
    assert written[0] == "每次走访须拍照上传工作群，<b>没有</b>照片的一票否决。"
    assert marked(root) == {
        "note-1": "须上传",
        "note-2": "拍照",
        "note-3": "工作群",
        "note-4": "一票否决",
        "note-5": "每日",
    }
    assert {f"at-{n}" for n in range(1, 6)} <= {element.get("id") for element in root.iter("a")}


def test_each_finding_is_one_stop_of_the_keyboard_and_is_announced(tmp_path: Path) -> None:
    root = parsed(page(judged(full()), tmp_path))
    stops = [a for a in root.iter("a") if a.get("class", "").startswith("mark") and a.get("tabindex") is None]
    assert [stop.get("id") for stop in stops] == ["at-1", "at-2", "at-3", "at-4", "at-5"]
    assert stops[3].findtext("span") == "[第 4 处，退回，一票否决] "


def test_findings_on_the_same_words_can_all_be_reached(tmp_path: Path) -> None:
    judgement = judged("实行一票否决。")
    root = parsed(page(replace(judgement, findings=judgement.findings * 3), tmp_path))
    links = [link for link in root.iter("a") if link.get("id")]
    assert [(link.get("id"), text_of(link)) for link in links] == [("at-1", "一票否决"), ("at-2", ""), ("at-3", "")]
    assert links[1].get("aria-label") == "第 2 处，退回，一票否决"


def test_severity_is_told_by_words_and_not_by_colour_alone(tmp_path: Path) -> None:
    root = parsed(page(judged(full()), tmp_path))
    labels = [text_of(one) for one in root.iter("span") if one.get("class", "").startswith("label")]
    assert labels == ["退回", "退回", "提醒", "提醒", "提示", "退回", "提醒", "提示", "退回", "提醒"]


def test_table_title_heading_signature_and_footer_are_set_as_such(tmp_path: Path) -> None:
    root = parsed(page(judged(full()), tmp_path))
    article = root.find(".//article")
    assert article is not None
    rows = [[text_of(cell).strip() for cell in row] for row in article.iter("tr")]
    assert rows == [["内容", "频次", "单位"], ["台账", "每日", ""]]
    looks = {
        look: [text_of(e) for e in article.iter() if e.get("class") == look]
        for look in ("title", "heading", "margin", "closing")
    }
    assert looks == {
        "title": ["关于做好入户走访工作的通知"],
        "heading": ["一、报送要求"],
        "margin": ["第 1 页"],
        "closing": ["清河县农业农村局", "2026年3月20日"],
    }


def test_title_of_plain_text_is_found_by_its_words(tmp_path: Path) -> None:
    text = page(
        judged("清河县水利局文件\n关于报送情况的通知\n各乡镇：\n每日报送。\n清河县水利局\n2026年3月2日"), tmp_path
    )
    assert '<h2 class="title" dir="auto">关于报送情况的通知</h2>' in text
    assert '<p class="above" dir="auto">清河县水利局文件</p>' in text
    assert '<p class="addressees" dir="auto">各乡镇：</p>' in text
    assert '<p class="closing" dir="auto">2026年3月2日</p>' in text


def test_two_tables_and_several_paragraphs_in_a_cell(tmp_path: Path) -> None:
    both = [*cells(1, ("甲", "乙")), *cells(3, ("丙",), table=2)]
    both.insert(1, replace(both[0], text="甲二"))
    root = parsed(page(judged(Notice("-", "docx", tuple(both))), tmp_path))
    assert [[text_of(p) for p in cell.iter("p")] for cell in root.iter("td")] == [["甲", "甲二"], ["乙"], ["丙"]]
    assert len(list(root.iter("table"))) == 2


def test_text_cannot_become_markup_and_hidden_characters_are_shown(tmp_path: Path) -> None:
    hard = paragraph('<img src="x">\u202e每日\u200b&amp;\x07"\'', 1)
    notice = Notice('<i>\u202e".txt', "txt", (hard, paragraph("每日\u2066", 2, role=Role.MARGIN)))
    text = page(judged(notice), tmp_path)
    parsed(text)
    assert "<img" not in text
    assert "<i>" not in text
    assert [c for c in text if not c.isprintable() and c not in "\n\u3000"] == []
    for sign in ("U+202E", "U+200B", "U+0007", "U+2066"):
        assert f'<span class="hidden" title="看不见的字符">{sign}</span>' in text


def test_demand_is_shown_with_what_it_asks(tmp_path: Path) -> None:
    text = page(replace(judged(full()), demand=DEMAND), tmp_path)
    section = parsed(text).find(".//section")
    assert section is not None
    fields = {text_of(one[0]): text_of(one[1]) for one in section.iterfind("dl/div")}
    assert fields == {
        "名称": "走访情况",
        "类型": "报送",
        "发出单位": "清河县农业农村局",
        "日期": "2026年3月20日",
        "对象": "村（社区）（12 个）",
        "时限": "24 小时内",
        "要加入的": "走访群（到 2026年底 为止）",
        "不照办的后果": "一票否决",
    }
    rows = [[text_of(cell) for cell in row] for row in section.iterfind("table/tbody/tr")]
    assert rows == [["走访台账", "数据、表格或者材料", "52 次"], ["走访<照片>", "照片", "1 次，每次 10 件"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_burden_is_summed_line_by_line(tmp_path: Path, lang: str) -> None:
    line = BurdenLine(DEMAND.asks[0], (Landing(Level.VILLAGE, 12, True),), Fraction(52), 1, Fraction(1, 2))
    other = BurdenLine(DEMAND.asks[1], (), Fraction(1), 10, Fraction(1, 20), every_household=True)
    text = page(replace(judged(full()), demand=DEMAND), tmp_path, lang, Burden((line, other)))
    section = parsed(text).findall(".//section")[1]
    hours = [text_of(cell) for cell in section.iter("td") if cell.get("class") == "figure"]
    assert hours == ["312", "0.5", "312.5"]
    assert Words(lang)("check.page_burden_household") in text


def test_demand_written_as_yaml_is_shown_field_by_field(tmp_path: Path) -> None:
    asks = [{"kind": "field", "text": "每日走访台账"}]
    demand, notice = demand_of({"kind": "report", "title": "走访情况", "asks": asks, "sanctions": ["一票否决"]})
    root = parsed(page(replace(judged(notice), demand=demand), tmp_path))
    names = [text_of(element) for element in root.iter("p") if element.get("class") == "name"]
    values = [text_of(element) for element in root.iter("p") if element.get("class") == "field"]
    assert names == ["类型", "名称", "报送要求", "不照办的后果"]
    assert values == ["报送", "走访情况", "数据、表格或者材料", "每日走访台账", "一票否决"]
    assert marked(root) == {"note-1": "每日", "note-2": "一票否决"}


def test_field_at_fault_as_a_whole_is_marked_by_its_name(tmp_path: Path) -> None:
    demand, notice = demand_of({"kind": "report", "title": "走访", "asks": [{"kind": "field", "text": "台账"}]})
    at = next(i for i, one in enumerate(notice.paragraphs) if one.text == "asks：")
    (finding,) = judged("每日").findings
    finding = replace(finding, paragraph=at, start=0, end=5, words="asks：")
    root = parsed(page(replace(judged(notice), demand=demand, findings=(finding,)), tmp_path))
    assert marked(root) == {"note-1": "报送要求"}

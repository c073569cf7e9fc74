"""Findings as a linter shows them."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import category, east_asian_width

import pytest
from tests.documents.check.pack import full, judged

from qingzhuang.documents.check.terminal import COLUMNS, excerpt, paint_ansi, summary, text_of
from qingzhuang.domain.gate import Judgement
from qingzhuang.domain.notices import Notice, Origin, Paragraph
from qingzhuang.words import Words


def width(text: str) -> int:
    return sum(0 if category(c) == "Mn" else 2 if east_asian_width(c) in {"W", "F"} else 1 for c in text)


def under(judgement: Judgement, columns: int = COLUMNS - 4) -> list[tuple[str, str]]:
    """Return, for each finding, what its carets stand under in a terminal, and the words."""
    found = []
    for finding in judgement.findings:
        line, marks = excerpt(finding, columns)
        begin = width(marks) - width(marks.lstrip())
        ends, at = [], 0
        for character in line:
            if begin <= at < width(marks) and width(character):
                ends.append(character)
            at += width(character)
        found.append(("".join(ends), finding.words))
    return found


def lines(judgement: Judgement, lang: str = "zh-Hans") -> list[str]:
    return list(text_of(judgement, Words(lang)))


def test_finding_has_place_severity_code_message_basis_and_suggestion() -> None:
    told = lines(judged("各村：\n未报的，实行一票否决。"))
    assert told == [
        "通知.txt  按 2026-03-25 有效的规则判断（指定的日期）",
        "通知.txt:2:7 拒绝 one-vote-veto “一票否决”不该要",
        "  | 未报的，实行一票否决。",
        "  | 　　　　　　＾＾＾＾",
        "  = 依据: 《试行规定》 · 第三条 · 轻装或本县自定",
        "  = 改法: 改掉“一票否决”（one-vote-veto）",
        "",
    ]


def test_notice_without_a_finding_has_one_line() -> None:
    assert lines(judged("照常上班。"), "en") == [
        "通知.txt  nothing against it · judged by the rules in force on 2026-03-25 (the day given)",
        "",
    ]


def test_emergency_scan_and_page_are_said() -> None:
    told = lines(judged(full(scanned=True), emergency=True))
    assert "按应急情形判断" in told[0]
    assert "扫描件识别，请对照原件" in told[0]
    assert told[1].startswith("待发/走访 通知.docx:4:7 (第 2 页) 拒绝")


@pytest.mark.parametrize("text", ["每日", "APP 须 100% 每日 abc 每日报", "（ｆｕｌｌ）“每日”…每日", "e\u0301每日"])
def test_carets_stand_under_the_words_whatever_their_width(text: str) -> None:
    assert all(at == wanted for at, wanted in under(judged(text)))


@pytest.mark.parametrize("before", [0, 5, 30, 80])
@pytest.mark.parametrize("behind", [0, 5, 30, 80])
def test_long_line_is_cut_to_the_terminal_around_the_words(before: int, behind: int) -> None:
    judgement = judged("前" * before + "每日" + "后" * behind)
    assert under(judgement) == [("每日", "每日")]
    told = lines(judgement)
    assert max(map(width, told[2:4])) <= COLUMNS
    if before + behind <= 35:
        assert "…" not in told[2]
    else:
        assert width(told[2]) >= COLUMNS - 2


def test_words_longer_than_the_terminal_are_cut_with_their_carets() -> None:
    judgement = judged("每日")
    (finding,) = judgement.findings
    long = "每日" + "报" * 200
    line, marks = excerpt(replace(finding, words=long, excerpt="请" + long, excerpt_start=1, end=202))
    assert width(line) <= COLUMNS - 4
    assert line.endswith("…")
    assert width(marks) == width(line)


def test_words_over_two_lines_are_marked_on_the_first_and_the_end_is_named() -> None:
    joined = Paragraph("未报的，一票否决。", (Origin(0, 5, 3), Origin(6, 6, 1)))
    told = lines(judged(Notice("通知.pdf", "pdf", (joined,))))
    assert told[1].startswith("通知.pdf:5:7")
    assert told[2:4] == ["  | 未报的，一票", "  | 　　　　＾＾ 到第 6 行第 2 字"]


def test_colours_are_put_around_the_words_in_the_line_too() -> None:
    told = list(text_of(judged("实行一票否决。"), Words(), paint_ansi))
    assert told[2] == "  | 实行\x1b[1;31m一票否决\x1b[0m。"


def test_controls_in_the_text_and_in_the_name_do_not_reach_the_terminal() -> None:
    notice = Notice("坏\x1b]0;名\x07\u202e.txt", "txt", (Paragraph("\x1b[2J每日\u200b\u202e", (Origin(0, 1, 1),)),))
    told = "\n".join(lines(judged(notice)))
    assert [c for c in told if c != "\n" and not c.isprintable() and c != "\u3000"] == []


def test_summary_counts_files_findings_and_what_could_not_be_read() -> None:
    judgements = [judged(full()), judged("照常上班。")]
    assert summary(judgements, 0, Words()) == "2 个文件：2 处拒绝，2 处提醒，1 处提示"
    assert summary(judgements[:1], 1, Words("en")) == (
        "1 file: 2 to reject, 2 to warn of, 1 for information; 1 file could not be read"
    )

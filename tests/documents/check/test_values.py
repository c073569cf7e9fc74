"""What every form of output says about one finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.documents.check.pack import full, judged, paragraph

from qingzhuang.documents.check.values import around, parts, printable, said, said_day, said_place, tally
from qingzhuang.domain.gate import Code
from qingzhuang.domain.notices import Notice
from qingzhuang.engines.rules import Severity
from qingzhuang.words import LANGUAGES, Words


def test_said_has_message_basis_certainty_and_suggestion() -> None:
    (one,) = (said(finding, Words()) for finding in judged("实行一票否决。").findings)
    assert (one.severity, one.kind, one.message) == ("拒绝", "一票否决", "“一票否决”不该要")
    assert one.basis == "《试行规定》 · 第三条 · 轻装或本县自定"
    assert one.suggestion == "改掉“一票否决”（one-vote-veto）"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_name(code: Code, lang: str) -> None:
    (finding,) = judged("实行一票否决。").findings
    assert said(replace(finding, code=code), Words(lang)).kind.strip()


def test_around_cuts_a_long_line_on_both_sides() -> None:
    (finding,) = judged("前" * 60 + "一票否决" + "后" * 60).findings
    before, at, behind = around(finding)
    assert (before, at, behind) == ("…" + "前" * 36, "一票否决", "后" * 36 + "…")


def test_tally_counts_by_severity() -> None:
    assert tally([judged(full()), judged("每日")]) == {Severity.REJECT: 2, Severity.WARN: 3, Severity.INFO: 1}


def test_place_counts_paragraphs_in_word_and_lines_elsewhere() -> None:
    for form, wanted in (("docx", "第 2 页，第 4 段第 7 字"), ("pdf", "第 2 页，第 4 行第 7 字")):
        judgement = judged(full(form))
        assert said_place(judgement, judgement.findings[0], Words()) == wanted
    judgement = judged(Notice("-", "txt", (paragraph("每日", 3),)))
    assert said_place(judgement, judgement.findings[0], Words("en")) == "line 3, character 1"


def test_day_is_said_as_people_write_it() -> None:
    day = date(2026, 3, 5)
    assert [said_day(day, Words(lang)) for lang in LANGUAGES] == ["2026年3月5日", "2026年3月5日", "5 March 2026"]


def test_hidden_characters_are_named_or_left_out() -> None:
    text = "不\u200b得\u202e上\tA\u00a0B\u3000\ufeff"
    assert [part for part, hidden in parts(text) if hidden] == ["U+200B", "U+202E", "U+FEFF"]
    assert printable(text) == "不得上 A B\u3000"
    assert printable("第一行\n第二行\x1b[31m") == "第一行 第二行[31m"

"""The verb `check`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Command

NOTICE = """关于报送走访情况的通知
各乡镇人民政府：
请于今日下班前报送,附工作照片；未按时报送的，实行一票否决。
清河县水利局
2026年3月2日
"""
CLEAN = "关于放假的通知\n各单位：\n元旦放假一天。\n清河县人民政府办公室\n2025年12月28日\n"
KEYS = {
    "file",
    "line",
    "column",
    "end_column",
    "code",
    "rule",
    "severity",
    "message",
    "citation",
    "excerpt",
    "suggestion",
}


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def codes(out: str) -> dict[str, tuple[int, int, int, str]]:
    return {one["code"]: (one["line"], one["column"], one["end_column"], one["severity"]) for one in json.loads(out)}


def test_check_says_where_what_why_and_how_to_mend_it(qingzhuang: Command, notice: Path) -> None:
    ran = qingzhuang("check", notice)
    assert ran.code == 1
    lines = ran.out.splitlines()
    (at,) = [i for i, line in enumerate(lines) if "one-vote-veto" in line]
    assert lines[at].startswith(f"{notice}:3:")
    assert "拒绝" in lines[at]
    excerpt, marks = lines[at + 1].removeprefix("  | "), lines[at + 2].removeprefix("  | ")
    assert excerpt == "请于今日下班前报送,附工作照片；未按时报送的，实行一票否决。"
    assert [excerpt[i] for i, mark in enumerate(marks) if mark in "^＾"] == list("一票否决")
    assert "严格控制“一票否决”事项" in lines[at + 3]
    assert "改法" in lines[at + 4]
    assert "\x1b" not in ran.out


def test_check_json_has_the_keys_that_others_rely_on(qingzhuang: Command, notice: Path) -> None:
    ran = qingzhuang("check", notice, "--json")
    found = json.loads(ran.out)
    assert all(one.keys() >= KEYS for one in found)
    assert all(one["citation"].keys() == {"document", "clause", "certainty"} for one in found)
    assert codes(ran.out)["one-vote-veto"] == (3, 26, 30, "reject")
    assert codes(ran.out)["short-deadline"][3] == "warn"
    assert qingzhuang("check", notice, "--format", "json").out == ran.out


def test_check_by_the_day_given_else_the_notices_own(qingzhuang: Command, notice: Path) -> None:
    assert codes(qingzhuang("check", notice, "--json").out)["screenshot-evidence"][3] == "reject"
    before = codes(qingzhuang("check", notice, "--json", "--on", "2018-01-01").out)
    assert "screenshot-evidence" not in before
    text = NOTICE.replace("附工作照片", "每日打卡").replace("2026年3月2日", "2020年3月2日")
    notice.write_text(text, encoding="utf-8")
    assert "check-in" not in codes(qingzhuang("check", notice, "--json").out)
    assert codes(qingzhuang("check", notice, "--json", "--on", "2026-03-02").out)["check-in"][3] == "reject"


def test_check_nothing_against_it(qingzhuang: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(CLEAN, encoding="utf-8")
    ran = qingzhuang("check", path)
    assert ran.code == 0
    assert "没有发现问题" in ran.out


def test_check_goes_on_after_a_file_that_cannot_be_read(qingzhuang: Command, notice: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    ran = qingzhuang("check", tmp_path / "empty.txt", tmp_path / "nowhere.docx", notice, "--json")
    assert ran.code == 2
    assert "one-vote-veto" in codes(ran.out)
    assert "empty.txt" in ran.err
    assert "nowhere.docx" in ran.err


def test_check_refuses_marked_text_and_names_the_mark_alone(qingzhuang: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("秘密★5年\n关于报送情况的通知\n请报送独一无二的内容。\n", encoding="utf-8")
    ran = qingzhuang("check", path)
    assert ran.code == 2
    assert "秘密" in ran.err
    assert "保密员" in ran.err
    assert "独一无二" not in ran.out + ran.err
    path.write_text("关于报送情况的通知\n本县特别标志\n请报送。\n", encoding="utf-8")
    assert qingzhuang("check", path).code != 2
    assert qingzhuang("check", path, "--mark", "本县特别标志").code == 2


def test_check_an_emergency(qingzhuang: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("各村每日17时前报送进展。", encoding="utf-8")
    assert "frequency" in codes(qingzhuang("check", path, "--json").out)
    assert json.loads(qingzhuang("check", path, "--json", "--emergency").out) == []


def test_check_beside_the_higher_document(qingzhuang: Command, tmp_path: Path) -> None:
    own, higher = tmp_path / "own.txt", tmp_path / "higher.txt"
    own.write_text("各乡镇人居环境整治工作进展情况每月报送一次。", encoding="utf-8")
    higher.write_text("各县人居环境整治工作进展情况每季度报送一次。", encoding="utf-8")
    assert "added-layer" not in codes(qingzhuang("check", own, "--json").out)
    assert "added-layer" in codes(qingzhuang("check", own, "--json", "--higher", higher).out)
    assert qingzhuang("check", own, "--higher", tmp_path / "nowhere.txt").code == 2


def test_check_standard_input(qingzhuang: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTICE.encode("gb18030"))))
    ran = qingzhuang("check", "-", "--json")
    assert json.loads(ran.out)[0]["file"] == "-"
    assert "one-vote-veto" in codes(ran.out)


def test_check_a_rule_of_the_countys_own(qingzhuang: Command, notice: Path, tmp_path: Path) -> None:
    pack = tmp_path / "rules"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        """id: ours
title: 本县规定
issuer: 县减负办
in_force: {from: 2026-01-01}
rules:
  - {id: cpc-2019-03/one-vote-veto, severity: warn}
  - {id: gate/short-deadline, severity: off}
  - id: ours/relay
    code: trace-as-basis
    severity: reject
    text: {patterns: [走访情况]}
    message: {zh-Hans: "不要再报“{words}”", en: "no more “{words}”"}
    citation: {document: 本县规定, certainty: own}
    cases: {fails: [报送走访情况。], passes: [报送名单。]}
""",
        encoding="utf-8",
    )
    found = codes(qingzhuang("check", notice, "--json", "--rules", pack).out)
    assert found["one-vote-veto"][3] == "warn"
    assert "short-deadline" not in found
    assert found["trace-as-basis"] == (1, 5, 9, "reject")


def test_check_usage(qingzhuang: Command, notice: Path) -> None:
    assert qingzhuang("check").code == 2
    assert qingzhuang("check", notice, "--format", "html").code == 2
    assert qingzhuang("check", notice, notice, "--draft", "a.yaml").code == 2


def test_check_in_three_languages(qingzhuang: Command, notice: Path) -> None:
    assert "拒絕" in qingzhuang("check", notice, "--lang", "zh-Hant").out
    assert "reject" in qingzhuang("check", notice, "--lang", "en").out

"""The verb `rules`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command

HEAD = "id: ours\ntitle: 本县规定\nissuer: 县减负办\nin_force: {from: 2026-01-01}\n"
RULE = """rules:
  - id: ours/selfie
    code: screenshot-evidence
    severity: warn
    text: {patterns: [自拍]}
    message: 不要自拍
    citation: {document: 本县规定, certainty: own}
    cases: {fails: [FAILS], passes: [拍卖]}
"""


def pack(folder: Path, fails: str) -> Path:
    (folder / "pack.yaml").write_text(HEAD + RULE.replace("FAILS", fails), encoding="utf-8")
    return folder


def test_rules_list_the_day_decides(qingzhuang: Command) -> None:
    then = {one["id"] for one in json.loads(qingzhuang("rules", "list", "--on", "2018-12-01", "--json").out)}
    now = {one["id"] for one in json.loads(qingzhuang("rules", "list", "--on", "2026-11-01", "--json").out)}
    assert "cpc-2018-10/one-vote-veto" in then & now
    assert "cpc-2019-03/one-vote-veto" in now - then
    assert "2018-12-01" in qingzhuang("rules", "list", "--on", "2018-12-01").out


def test_rules_show(qingzhuang: Command) -> None:
    ran = qingzhuang("rules", "show", "cpc-sc-2024-08/too-long", "--on", "2026-11-01")
    assert ran.code == 0
    assert "most_characters = 4000" in ran.out
    assert "《整治形式主义为基层减负若干规定》" in ran.out
    shown = json.loads(qingzhuang("rules", "show", "cpc-sc-2024-08/too-long", "--on", "2026-11-01", "--json").out)
    assert shown["parameters"]["most_characters_comprehensive"] == 5000


def test_rules_show_says_from_which_scores_the_weights_count_and_what_tells_the_matter(qingzhuang: Command) -> None:
    ran = qingzhuang("rules", "show", "cpc-2019-03/pledge-letter", "--on", "2026-11-01")
    (line,) = [line for line in ran.out.splitlines() if "-0.7" in line]
    assert "责任" in line


def test_rules_show_one_that_is_not_there(qingzhuang: Command) -> None:
    ran = qingzhuang("rules", "show", "too-long", "--on", "2026-11-01")
    assert ran.code == 2
    assert "cpc-sc-2024-08/too-long" in ran.err


def test_rules_test_runs_every_case(qingzhuang: Command, tmp_path: Path) -> None:
    assert qingzhuang("rules", "test", "--on", "2026-11-01").code == 0
    assert qingzhuang("rules", "test", "--on", "2026-11-01", "--rules", pack(tmp_path, "请自拍一张")).code == 0
    ran = qingzhuang("rules", "test", "--on", "2026-11-01", "--rules", pack(tmp_path, "请合影一张"))
    assert ran.code == 1
    assert "ours/selfie" in ran.out
    assert "请合影一张" in ran.out


def test_rules_refuses_a_wrong_pack_with_file_and_line(qingzhuang: Command, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        HEAD + RULE.replace("FAILS", "请自拍").replace("[自拍]", "['自拍(']"), encoding="utf-8"
    )
    ran = qingzhuang("rules", "list", "--rules", tmp_path)
    assert ran.code == 2
    assert f"{tmp_path / 'pack.yaml'}:9:" in ran.err

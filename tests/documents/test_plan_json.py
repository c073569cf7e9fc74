from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents import county

from qingzhuang.documents.lighten import Report, plan_dict, write_plan_json
from qingzhuang.documents.lighten.plan_json import plain
from qingzhuang.domain.channels.result import Code, ReasonCode
from qingzhuang.words import LANGUAGES, Words

PROMISED = {"as_of", "inputs", "before", "after", "bound", "actions", "unresolved", "findings"}
BESIDE = {"rules", "notes", "switched_off", "solved", "by_unit", "by_platform"}


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)


def written(report: Report, path: Path, words: Words) -> dict:
    write_plan_json(report, path / "plan.json", words)
    return json.loads((path / "plan.json").read_text(encoding="utf-8"))


def test_plan_dict_has_the_keys_that_are_promised(report: Report, words: Words) -> None:
    plan = plan_dict(report, words)
    assert plan.keys() == PROMISED | BESIDE
    assert plan["before"].keys() == {
        "channels",
        "memberships",
        "people",
        "channels_per_person",
        "messages_per_person_week",
    }
    assert plan["after"]["channels_per_person"].keys() == {"median", "p95", "max"}
    assert plan["bound"].keys() == {"objective", "lower_bound", "gap"}
    assert plan["inputs"][0] == {
        "name": "鹤峰县工作群清单.xlsx",
        "sha256": "c" * 64,
        "rows": {"channels": 32, "memberships": 1000},
    }


def test_plan_dict_has_one_action_a_channel_with_its_reasons(report: Report, words: Words) -> None:
    actions = plan_dict(report, words)["actions"]
    assert [action["channel_id"] for action in actions] == [row[0] for row in county.ROWS]
    assert {frozenset(action) for action in actions} == {
        frozenset({"channel_id", "action", "into", "adds", "exposes", "reasons"})
    }
    merged = next(action for action in actions if action["channel_id"] == "c16")
    assert (merged["action"], merged["into"], merged["adds"], merged["exposes"]) == (
        "merge",
        "c01",
        ["p000", "p900"],
        9,
    )
    assert merged["reasons"][0]["code"] == "duplicate"
    assert "全县脱贫攻坚工作群" in merged["reasons"][0]["text"]


def test_plan_dict_has_each_finding_with_its_source(report: Report, words: Words) -> None:
    findings = plan_dict(report, words)["findings"]
    assert {frozenset(finding) for finding in findings} == {
        frozenset({"channel_id", "code", "rule", "severity", "citation", "evidence", "message"})
    }
    forbidden = next(finding for finding in findings if finding["code"] == "forbidden")
    assert (forbidden["rule"], forbidden["severity"]) == ("channels/forbidden", "reject")
    assert forbidden["citation"]["certainty"] == "V"
    assert forbidden["evidence"]["category"] == "学习群"


def test_every_code_occurs_and_has_words(report: Report, words: Words) -> None:
    plan = plan_dict(report, words)
    assert {reason["code"] for action in plan["actions"] for reason in action["reasons"]} == set(ReasonCode)
    assert {finding["code"] for finding in plan["findings"]} == set(Code)
    texts = [reason["text"] for action in plan["actions"] for reason in action["reasons"]]
    texts += [finding["message"] for finding in plan["findings"]] + [note["text"] for note in plan["notes"]]
    assert [text for text in texts if not text or "{" in text or "—" in text] == []


def test_write_plan_json_writes_what_plan_dict_returns(report: Report, tmp_path: Path, words: Words) -> None:
    assert written(report, tmp_path, words) == plan_dict(report, words)


def test_write_plan_json_writes_floats_that_read_back_exactly(report: Report, tmp_path: Path) -> None:
    read = written(report, tmp_path, Words())
    assert read["bound"]["objective"] == report.result.bound.objective
    assert read["bound"]["gap"] == report.result.bound.gap
    assert read["before"]["messages_per_person_week"] == 87.30000000000001


def test_write_plan_json_is_the_same_bytes_each_time_in_utf_8(report: Report, tmp_path: Path) -> None:
    write_plan_json(report, tmp_path / "a.json", Words())
    write_plan_json(county.report(), tmp_path / "b.json", Words())
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert "全县脱贫攻坚工作群".encode() in (tmp_path / "a.json").read_bytes()


def test_write_plan_json_of_an_empty_plan_is_json(report: Report, tmp_path: Path) -> None:
    empty = replace(
        report, result=replace(report.result, actions=(), findings=(), by_unit=report.result.by_unit.clear())
    )
    read = written(empty, tmp_path, Words())
    assert (read["actions"], read["findings"], read["by_unit"]) == ([], [], [])


def test_plain_takes_what_a_finding_may_hold() -> None:
    assert plain({"day": county.DAY, "ids": frozenset({"b", "a"}), "share": float("nan"), "code": Code.ZOMBIE}) == {
        "day": "2019-03-25",
        "ids": ["a", "b"],
        "share": None,
        "code": "zombie",
    }


def test_units_stand_in_the_order_of_the_roll_and_not_of_rank(report: Report) -> None:
    units = [row["unit"] for row in plan_dict(report, Words())["by_unit"]]
    assert units == [*county.OFFICES, *county.TOWNS, None]

"""Findings as SARIF 2.1.0: what its schema demands, and what we add."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.documents.check.pack import full, judged

from qingzhuang.documents.check.sarif import sarif_log, uri
from qingzhuang.words import LANGUAGES, Words

LEVELS = {"none", "note", "warning", "error"}


def run_of(lang: str = "zh-Hans", *notices: Any) -> dict[str, Any]:
    log = sarif_log([judged(notice) for notice in notices or (full(), "各村\n每日报")], Words(lang))
    assert json.loads(json.dumps(log)) == log
    (run,) = log["runs"]
    return dict(run)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_log_has_what_the_schema_requires(lang: str) -> None:
    log = sarif_log([judged(full())], Words(lang))
    assert log.keys() == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    assert log["$schema"].startswith("https://")
    (run,) = log["runs"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    assert re.fullmatch(r"[a-zA-Z]{2}|[a-zA-Z]{2}-[a-zA-Z]{2}", run["language"])
    driver = run["tool"]["driver"]
    assert driver["name"] == "qingzhuang"
    assert driver["version"]
    for rule in driver["rules"]:
        assert {"id", "name", "shortDescription", "properties"} <= rule.keys()
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in LEVELS
    for result in run["results"]:
        check_result(result, driver["rules"])


def check_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert result["message"]["text"]
    assert result["level"] in LEVELS
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (location,) = result["locations"]
    region = location["physicalLocation"]["region"]
    assert all(region[key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
    assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=:@%/]+", uri)


def test_each_rule_that_occurs_is_described_once() -> None:
    run = run_of()
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert len(rules) == len(run["tool"]["driver"]["rules"]) == 5
    assert len(run["results"]) == 6
    assert rules["t/check-in"] == {
        "id": "t/check-in",
        "name": "check-in",
        "shortDescription": {"text": "打卡签到接龙"},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"citation": "《试行规定》 · 第三条", "certainty": "S"},
        "help": {"text": "改掉“…”（check-in）"},
    }


def test_result_says_severity_place_and_words() -> None:
    run = run_of()
    found = {result["properties"]["code"]: result for result in run["results"]}
    assert {code: one["level"] for code, one in found.items()} == {
        "screenshot-evidence": "error",
        "check-in": "warning",
        "instant-reply": "note",
        "one-vote-veto": "error",
        "frequency": "warning",
    }
    veto = found["one-vote-veto"]
    assert veto["message"]["text"] == "“一票否决”不该要"
    assert veto["properties"]["severity"] == "reject"
    location = veto["locations"][0]["physicalLocation"]
    assert location["region"] == {
        "startLine": 4,
        "startColumn": 28,
        "endLine": 4,
        "endColumn": 32,
        "snippet": {"text": "一票否决"},
    }
    assert location["artifactLocation"]["uri"] == "%E5%BE%85%E5%8F%91/%E8%B5%B0%E8%AE%BF%20%E9%80%9A%E7%9F%A5.docx"


def test_nothing_found_is_a_run_without_results() -> None:
    run = run_of("zh-Hans", "照常上班。")
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


@pytest.mark.parametrize(
    ("file", "wanted"),
    [("a/b c.txt", "a/b%20c.txt"), ("../50%#?.md", "../50%25%23%3F.md"), ("a:b.txt", "a%3Ab.txt"), ("-", "-")],
)
def test_relative_path_stays_relative_and_no_part_of_it_is_taken_for_something_else(file: str, wanted: str) -> None:
    assert uri(file) == wanted


def test_absolute_path_becomes_a_file_uri() -> None:
    assert uri("/data/通知.txt") == "file:///data/%E9%80%9A%E7%9F%A5.txt"

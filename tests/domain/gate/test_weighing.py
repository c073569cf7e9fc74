"""What learned weights find by themselves, and what they keep of the patterns' finds."""

from __future__ import annotations

from datetime import date

import pytest

from qingzhuang.domain.gate import Gate
from qingzhuang.domain.gate.weighing import EXCUSED, FORBIDDEN, marks_of
from qingzhuang.domain.notices import Reading, notice_of
from qingzhuang.engines.rules import SignWeights, open_book, read_pack
from qingzhuang.engines.rules.weights import NOTHING, Weights

BIAS = -1.0
MUCH, LITTLE = NOTHING + 60, NOTHING - 60


def _weights(**told: int) -> Weights:
    """Return weights of one sign for the runs of `told`; of one known run a score is BIAS and a tenth of its byte above NOTHING."""
    table = bytes(byte for weight in told.values() for byte in (weight, 2))
    return Weights(("photo",), {"run": tuple(told)}, table, scale=(0.1,), bias=(BIAS,))


FAULT = _weights(照片=MUCH, 截图=NOTHING, 年会=LITTLE)
MATTER = _weights(照片=MUCH, 截图=MUCH, 校庆=0)


def _found(text: str, *, emergency: bool = False, **thresholds: float) -> list[str]:
    data = {
        "id": "ours",
        "title": "本县",
        "issuer": "减负办",
        "in_force": {"from": date(2020, 1, 1)},
        "signs": {
            "photo": {
                "patterns": ["截图"],
                "excuses": ["forbidden", "quoted", "emergency"],
                "weighed": {"finds": 0, "keeps": -3, "about": 0} | thresholds,
            }
        },
        "rules": [
            {
                "id": "ours/photo",
                "code": "screenshot-evidence",
                "severity": "warn",
                "message": "要照片",
                "citation": {"document": "本县规定", "certainty": "own"},
                "text": {"signs": ["photo"]},
            }
        ],
    }
    pack = read_pack(data, sha256="", weights=SignWeights(FAULT, MATTER).to_json().encode())
    gate = Gate(open_book([pack], date(2026, 1, 1)))
    return [finding.words for finding in gate.judge_notice(notice_of(text), emergency=emergency)]


def test_a_sentence_that_speaks_loud_enough_is_found_and_its_loudest_clause_shown() -> None:
    assert _found("一、各村要重视，走访后发来照片，不得迟到。会议结束。") == ["走访后发来照片"]
    assert _found("（二）发来照片。") == ["发来照片"]
    assert _found("各村要重视。") == []


def test_the_thresholds_decide() -> None:
    assert _found("发来照片。", finds=5.1) == []
    assert _found("发来照片。", finds=4.9) == ["发来照片"]
    assert _found("发来照片。", about=5.1) == []


def test_a_sentence_about_another_matter_is_not_found() -> None:
    assert _found("校庆照片。") == []


def test_what_a_pattern_finds_is_kept_where_the_weights_do_not_speak_against_it() -> None:
    assert _found("年会上发截图。", finds=99) == []
    assert _found("走访后发截图。", finds=99) == ["截图"]
    assert _found("年会上发截图。", finds=99, keeps=-9) == ["截图"]


def test_a_pattern_and_the_weights_find_a_sentence_once() -> None:
    assert _found("发截图和照片。") == ["截图"]


@pytest.mark.parametrize("text", ["学习《关于报送照片的通知》。", "《照片管理办法》"])
def test_a_title_excuses_what_the_weights_find(text: str) -> None:
    assert _found(text) == []


def test_an_emergency_excuses_what_the_weights_find() -> None:
    assert _found("发来照片。", emergency=True) == []


def test_a_prohibition_is_for_the_weights_to_know() -> None:
    assert _found("不得要求发来照片。") == ["不得要求发来照片"]
    assert _found("不得要求发截图。") == []


def test_the_marks_of_a_sentence_are_what_excuses_its_words() -> None:
    reading = Reading(notice_of("请报送总结。不得要求截图，按《办法》办。\n另行通知"))
    none, sentence, *rest = [marks_of(reading, i) for i in range(4)]
    assert none == []
    assert rest == [[], []]
    marked = {
        mark: {reading.sentences[1][start:end] for start, end, kind in sentence if kind == mark}
        for mark in (FORBIDDEN, EXCUSED)
    }
    assert any(words.startswith("不得要求截图") for words in marked[FORBIDDEN])
    assert "《办法》" in marked[EXCUSED]

"""Patterns find what a reader would mark, in time linear in the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules import Pattern, PatternSpec, Searched, SignPattern, Within

WORDS = {"send": ("报", "上传", "报送"), "photo": ("照片", "图")}


def found(expression: str, text: str) -> list[str]:
    return [text[m.start : m.end] for m in Pattern(expression, WORDS).matches(Searched(text))]


@pytest.mark.parametrize(
    ("expression", "text", "words"),
    [
        ("<send>~<photo>", "请上传走访照片。", ["上传走访照片"]),
        ("<send>~<photo>", "请上传，照片另交", []),
        ("<send>~~<photo>", "请上传，照片另交", ["上传，照片"]),
        ("<send>~~<photo>", "请上传。照片另交", []),
        ("<send>~2<photo>", "报一二图报一二三图", ["报一二图"]),
        ("<send>", "报送", ["报送"]),
        ("每日(?P<at>打卡)", "每日打卡", ["打卡"]),
        (r"\d+张", "不少于12张", ["12张"]),
    ],
)
def test_matches(expression: str, text: str, words: list[str]) -> None:
    assert found(expression, text) == words


@pytest.mark.parametrize(
    ("expression", "code"), [("a(", "bad-pattern"), ("<none>", "unknown-vocabulary"), ("(?=a)", "bad-pattern")]
)
def test_check_refuses(expression: str, code: str) -> None:
    with pytest.raises(EngineInputError) as caught:
        Pattern(expression, WORDS).check()
    assert caught.value.code == code


@given(st.text(alphabet="报上传照片图，。；a\U0001f600", max_size=60))
def test_matches_count_characters_and_not_bytes(text: str) -> None:
    for match in Pattern("<send>~<photo>", WORDS).matches(Searched(text)):
        words = text[match.start : match.end]
        assert words.startswith(("报", "上传"))
        assert words.endswith(("照片", "图"))


def test_a_pattern_that_others_backtrack_on_for_ever_ends() -> None:
    began = time.monotonic()
    assert found("(a+)+b", "a" * 100_000) == []
    assert found("(?:报|报)*图", "报" * 100_000) == []
    assert time.monotonic() - began < 10  # backtracking would need longer than the universe is old


@pytest.mark.parametrize(
    ("spec", "text", "shows"),
    [
        (PatternSpec("截图", with_=("考核",)), "截图计入考核。", True),
        (PatternSpec("截图", with_=("考核",)), "上传截图。年终考核。", False),
        (PatternSpec("截图", Within.PARAGRAPH, with_=("考核",)), "上传截图。年终考核。", True),
        (PatternSpec("截图", Within.TEXT, with_=("考核",)), "上传截图。\n年终考核。", True),
        (PatternSpec("截图", without=("故障",)), "故障截图。", False),
        (PatternSpec("截图", not_after=("故障",)), "故障截图。", False),
        (PatternSpec("截图", not_after=("故障",)), "截图故障。", True),
        (PatternSpec("截图", not_before=("工具",)), "截图工具。", False),
    ],
)
def test_company(spec: PatternSpec, text: str, shows: bool) -> None:
    def around(within: Within, offset: int) -> tuple[int, int]:
        ends = {Within.SENTENCE: "。\n", Within.PARAGRAPH: "\n", Within.TEXT: ""}[within]
        start = max((text.rfind(end, 0, offset) + 1 for end in ends), default=0)
        stops = [at for end in ends if (at := text.find(end, offset)) >= 0]
        return start, min(stops, default=len(text) - 1) + 1

    assert any(SignPattern(spec, WORDS).matches(Searched(text), around)) is shows

"""Anchors: what no match can do without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.engines.rules import Pattern, Searched, Words
from qingzhuang.engines.rules.anchors import anchors_of

WORDS = {"send": ("上传", "报送"), "often": ("每日", "每[一二]天"), "may": ("(?:可)?",)}


@pytest.mark.parametrize(
    ("expression", "anchors"),
    [
        ("截图", [{"截图"}]),
        ("<send>~8截图", [{"上传", "报送"}, {"截图"}]),
        ("<send>?截图", [{"截图"}]),
        ("截图?", [{"截"}]),
        ("(?:截图|照片)~~考核", [{"截图", "照片"}, {"考核"}]),
        ("(?:截图|照片)?考核", [{"考核"}]),
        ("(?P<at>截图)", [{"截图"}]),
        ("截图|照片", [{"截图", "照片"}]),
        ("截图|[一二]", []),
        (r"\d+张", [{"张"}]),
        ("<often>报", [{"每日", "每"}, {"报"}]),
        ("<may>截图", [{"截图"}]),
        ("截{1,2}图", [{"截"}, {"图"}]),
        ("[^，。]{0,6}", []),
    ],
)
def test_anchors_of(expression: str, anchors: list[set[str]]) -> None:
    assert sorted(map(sorted, anchors_of(expression, WORDS))) == sorted(map(sorted, anchors))


EXPRESSIONS = [
    "<send>~截图",
    "(?:截图|照片)?~2考核",
    "截图?~~<often>",
    "<may>截图|每日~照片",
    r"[一二]{0,2}张?照片",
    "(?:上传(?:截|照)|报送)~图",
]


@given(st.text(alphabet="上传报送截图照片每日一二天张考核可，。", max_size=40), st.sampled_from(EXPRESSIONS))
def test_no_match_is_lost_for_its_anchors(text: str, expression: str) -> None:
    pattern = Pattern(expression, WORDS)
    ends = [i + 1 for i, c in enumerate(text) if c == "。"]
    plain = list(pattern.matches(Searched(text, ends)))
    assert list(pattern.matches(Searched(text, ends, Words(pattern.anchors)))) == plain

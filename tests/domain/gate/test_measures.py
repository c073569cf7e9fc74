"""How often, what share, how many, until when: read from words in either numerals."""

from __future__ import annotations

import pytest

from qingzhuang.domain.gate.measures import measures, number


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("每半年检查一次", "times a year", 2.0),
        ("一旬一次", "times a year", 36.0),
        ("每两周报送一次", "times a year", 26.0),
        ("全年不少于12场", "times a year", 12.0),
        ("按季度走访", "times a year", 4.0),
        ("月报", "times a year", 12.0),
        ("抽查千分之五", "share", 0.5),
        ("两成", "share", 20.0),
        ("任务一千二百户", "count of 户", 1200.0),
    ],
)
def test_measures_reads(text: str, kind: str, value: float) -> None:
    assert (kind, value) in [(one.kind, one.value) for one in measures(text)]


@pytest.mark.parametrize(
    ("text", "due"),
    [("年底前完成", "3月底前完成"), ("明年4月底前完成", "年内完成"), ("2025年底前完成", "2024年底前完成")],
)
def test_measures_earlier_is_stricter(text: str, due: str) -> None:
    later, earlier = ([one.value for one in measures(said) if one.kind == "due"] for said in (text, due))
    assert max(earlier) > max(later)


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("二十三", 23), ("一百零五", 105), ("两千", 2000), ("三", 3), ("0.5", 0.5)]
)
def test_number_reads_both_numerals(text: str, value: float) -> None:
    assert number(text) == value

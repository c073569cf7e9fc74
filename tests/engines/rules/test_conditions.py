"""Conditions in CEL: typed, compiled once, refused in words."""

from __future__ import annotations

import pytest

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules import Conditions

TYPES = {"n.size": "int", "n.title": "string", "n.whole": "bool", "n.asks": "list(map)", "n.levels": "list(string)"}
VALUES = {
    "n.size": 5,
    "n.title": "通知",
    "n.whole": True,
    "n.asks": [{"kind": "evidence", "year": 2.0}],
    "n.levels": ["town"],
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("n.size > 4", True),
        ("n.size > params.most", False),
        ("n.whole && n.title == '通知'", True),
        ("n.asks.exists(a, a.kind == 'evidence' && a.year > 1.0)", True),
        ("n.asks.exists(a, a.kind in params.kinds)", False),
        ("'town' in n.levels && !('village' in n.levels)", True),
        ("n.title.matches('^通.$')", True),
    ],
)
def test_holds(condition: str, holds: bool) -> None:
    conditions = Conditions(TYPES, ["most", "kinds"])
    assert conditions.holds(condition, {**VALUES, "params.most": 5, "params.kinds": ["visit"], "other": 1}) is holds


@pytest.mark.parametrize("condition", ["n.sise > 1", "n.size >", "n.size == 'a'", "n.size", "params.unknown > 1"])
def test_compile_refuses_what_is_no_condition(condition: str) -> None:
    with pytest.raises(EngineInputError) as caught:
        Conditions(TYPES, ["most"]).compile(condition)
    assert caught.value.code == "bad-condition"
    assert "\n" not in str(caught.value.data["why"])


def test_holds_says_what_cannot_be_evaluated() -> None:
    with pytest.raises(EngineInputError) as caught:
        Conditions(TYPES).holds("n.asks[0].nothing == 'a'", VALUES)
    assert caught.value.code == "condition-failed"

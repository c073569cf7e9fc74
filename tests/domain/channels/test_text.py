"""When two short texts say the same."""

import pytest

from qingzhuang.domain.channels.text import fold, fold_category, fold_functions


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("防汛 抗旱", "防汛抗旱"),
        ("防汛（抗旱）", "防汛抗旱"),
        ("ＡＰＰ推广１", "app推广1"),
        ("鄉村振興", "乡村振兴"),
        ("党建、宣传", "党建宣传"),
    ],
)
def test_fold_same_text_in_another_dress(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_fold_other_text() -> None:
    assert fold("防汛") != fold("防火")


def test_fold_category_with_and_without_its_ending() -> None:
    assert fold_category("机关群") == fold_category("機關") == fold_category("机关工作群")
    assert fold_category("群") == "群"


def test_fold_functions_in_any_order() -> None:
    assert fold_functions("填报；签到") == fold_functions("签到、填报") != fold_functions("填报")

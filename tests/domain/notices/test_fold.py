"""One form for what is written in many, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.notices import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("上傳照片,須於今日", "上传照片，须于今日"),
        ("ＡＰＰ安装率≥９５％", "app安装率≥95%"),
        ("一票\u200b否决", "一票否决"),
        ("责 任 状", "责任状"),
        ("“自願”「截圖」", "“自愿”“截图”"),
        ('他说"打卡"和"签到"', "他说“打卡”和“签到”"),
        ("14:30前(含)", "14：30前（含）"),
        ("work in English stays apart", "work in english stays apart"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(alphabet='上傳照片 \u200b,。ａA1“"須İ', max_size=40))
def test_fold_leads_back(text: str) -> None:
    folded = fold(text)
    assert folded.original(len(folded.text)) == len(text)
    offsets = [folded.original(i) for i in range(len(folded.text))]
    assert offsets == sorted(set(offsets))
    for i, character in enumerate(folded.text):
        assert folded.original_end(i + 1) == offsets[i] + 1
        assert fold(text[offsets[i]]).text in {character, "“", "”", ""} or character in "“”"

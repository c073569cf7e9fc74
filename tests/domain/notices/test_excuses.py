"""Words that are there and ask for nothing."""

from __future__ import annotations

import pytest

from qingzhuang.domain.notices import Excuse, Excuses, fold

ASKS: list[str] = [
    "每次走访须上传截图。",
    "不得漏传截图。",
    "截图不得少于三张。",
    "未上传截图的，不予认定。",
    "严禁弄虚作假，须上传截图。",
    "不得迟报，每周要报送截图。",
    "切实做好人居环境整治，按时上传截图。",
]
EXCUSED: list[tuple[str, Excuse]] = [
    ("不得要求上传截图。", Excuse.FORBIDDEN),
    ("严禁以打卡、截图、接龙等方式代替工作。", Excuse.FORBIDDEN),
    ("不得要求村干部拍照，并将截图作为考核依据。", Excuse.FORBIDDEN),
    ("上传截图的做法一律取消。", Excuse.FORBIDDEN),
    ("严禁下列行为：\n（一）要求上传截图；\n（二）要求打卡。", Excuse.FORBIDDEN),
    ("按照《关于整治截图留痕的通知》执行。", Excuse.QUOTED),
    ("有村干部反映，每天要上传截图。", Excuse.TOLD),
    ("是否要求您上传截图？", Excuse.TOLD),
    ("检查发现某镇存在要求上传截图的问题。", Excuse.TOLD),
    ("过去每次走访都要上传截图，如今不用了。", Excuse.ENDED),
    ("启动防汛二级应急响应，各村每小时上传截图。", Excuse.EMERGENCY),
]


def excuses(text: str) -> set[Excuse]:
    folded = fold(text).text
    at = folded.index("截图")
    return Excuses(folded).of(at, at + 2)


@pytest.mark.parametrize("text", ASKS)
def test_words_that_ask_have_no_excuse(text: str) -> None:
    assert excuses(text) == set()


@pytest.mark.parametrize(("text", "excuse"), EXCUSED)
def test_words_that_ask_for_nothing(text: str, excuse: Excuse) -> None:
    assert excuse in excuses(text)


def test_an_emergency_that_is_declared_excuses_everything() -> None:
    assert Excuses("每日上传截图。", emergency=True).of(4, 6) == {Excuse.EMERGENCY}

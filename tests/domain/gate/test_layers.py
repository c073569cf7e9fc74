"""Which own demands go beyond a higher body's, and which only repeat or soften it."""

from __future__ import annotations

import pytest

from qingzhuang.domain.gate.layers import added_layers, added_layers_beside

ADDED = [
    ("市里要求每季度报一次，我县改为每月报一次。", "每月报一次"),
    ("市标：入户走访一年2次；县标：一年6次。", "一年6次"),
    ("市局要求每月上报一次，我们一周不报两次就说不过去。", "一周不报两次"),
    ("市里两月一调度，县里半月一调度。", "半月一调度"),
    ("各县每月汇总一次是省厅要求。按照市局要求每月一次，各乡镇每周一、周四各报一次。", "每周一、周四"),
    ("市医保局确定参保率目标95%，我县定为98%。", "98%"),
    ("省厅要求抽查三成，我县逐户检查，覆盖率百分之百。", "百分之百"),
    ("上级下达造林任务2万亩，我县按照2.2万亩分解。", "2.2万亩"),
    ("市级下达200亩，为留有余地按240亩安排到村。", "240亩"),
    ("省里定2200亩，市里定2500亩，县里定3200亩。", "2500亩"),
    ("省里明确年底前完成，我县务必于9月底前完成。", "9月底前"),
    ("区里说月底交就行，咱镇要求20号全部整完。", "20号"),
    ("市里给的期限是15个工作日，我局要求5个工作日内办结。", "5个工作日"),
    ("省里要求每村建一个，咱镇要求每村建三个。", "三个"),
    ("市局要求一户一表，我局要求一户一表一照片一签字。", "一户一表一照片一签字"),
    ("省级方案只要求填一张汇总表，我县另需逐户附照片。", "另需"),
    ("国家政策讲的是自愿参保，我镇实行应保尽保。", "应保尽保"),
    ("项目|上级要求|我县要求\n巡查次数|每月1次|每周2次", "每周2次"),
]
NOTHING_ADDED = [
    "市里要求每季度报一次，我县同样每季度报一次，不增加频次。",
    "市里要求每月走访一次，我县改为每季度一次。",
    "上级下达任务2万亩，我县原数分解到乡镇，一亩不加。",
    "省里要求6月底前完成，我县延长至9月底。",
    "市里要求每周调度，我县每月调度一次。",
    "市级方案要求提交五份材料，我县合并为两份。",
    "市里要求报4次，不得把每季度一报改为每月一报。",
    "你镇拟将市定95%的目标提高到99%，经研究不予同意。",
    "市里下达任务500户，我县实际完成620户。",
    "上级没有要求的，我县一律不做要求。",
    "城市里每天清运垃圾，市场里每周消毒。",
    "我县每月报一次，市里每季度报一次。",
    "",
]


@pytest.mark.parametrize(("text", "shown"), ADDED)
def test_added_layers_finds_the_own_demand(text: str, shown: str) -> None:
    assert shown in [text[start:end] for start, end in added_layers(text)]


@pytest.mark.parametrize("text", NOTHING_ADDED)
def test_added_layers_passes_what_repeats_or_softens(text: str) -> None:
    assert list(added_layers(text)) == []


def test_added_layers_forgets_what_was_told_long_before() -> None:
    between = "各有关单位按照职责分工，加强沟通协作，形成工作合力。" * 12
    assert not list(added_layers(f"市里要求每季度报一次。{between}我县每月开一次例会。"))


def test_added_layers_beside_compares_the_same_matter() -> None:
    higher = "河长巡河每月不少于一次。\n河道清理工作于12月底前完成。"
    own = "镇级河长巡河每周不少于一次。\n河道清理工作于12月底前完成。\n农家书屋每天开放。"
    assert [own[start:end] for start, end in added_layers_beside(own, higher)] == ["每周不少于一次"]


def test_added_layers_beside_leaves_other_matters_alone() -> None:
    assert not list(added_layers_beside("环卫工人每日清扫道路。", "河长巡河每月不少于一次。"))

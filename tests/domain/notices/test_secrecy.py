"""What is a classification mark, and what only speaks of secrets."""

from __future__ import annotations

import pytest

from qingzhuang.domain.notices.secrecy import NOTE, secret_mark

MARKS = [
    ("秘密★10年", "秘密"),
    ("机密 ★ 长期", "机密"),
    ("绝密★启用前", "绝密"),
    ("绝密启用前", "绝密"),
    ("2026年招聘考试 绝密★启用前 语文", "绝密"),
    ("000012　　　　机密★1年　　　　特急", "机密"),
    ("机密*长期", "机密"),
    ("秘密☆", "秘密"),
    ("密级:机密", "机密"),
    ("密 级：秘 密", "秘密"),
    ("密级\t绝密", "绝密"),
    ("单位：某局 密级：秘密级 编号：3", "秘密"),
    ("保密等级：工作秘密", "工作秘密"),
    ("秘密等级：机密", "机密"),
    ("本件密级为“机密”", "机密"),
    ("机密·1年", "机密"),
    ("机密 2年", "机密"),
    ("秘密—至2030年12月31日", "秘密"),
    ("秘 密", "秘密"),
    ("机密", "机密"),
    ("机　密　特　急", "机密"),
    ("【机密】", "机密"),
    ("机密级", "机密"),
    ("秘密文件", "秘密"),
    ("[秘密]关于召开会议的通知", "秘密"),
    ("（秘密）关于召开会议的通知", "秘密"),
    ("关于报送人员名单的通知（机密）", "机密"),
    ("No.000123 绝密", "绝密"),
    ("工作秘密", "工作秘密"),
    ("工作秘密★", "工作秘密"),
    ("工作秘密★6个月", "工作秘密"),
    ("工作秘密 3年", "工作秘密"),
    ("【工作秘密】", "工作秘密"),
    ("（工作秘密）", "工作秘密"),
    ("关于信访情况的报告（工作秘密）", "工作秘密"),
    ("内部资料 注意保存", NOTE),
    ("内部资料，注意保存", NOTE),
    ("内部资料·注意保存", NOTE),
    ("（内部资料，请注意保管）", NOTE),
    ("内部文件　注意保密", NOTE),
    ("简报第3期 内部资料注意保存", NOTE),
    ("絕密★長期", "绝密"),
    ("機密", "机密"),
    ("祕密★十年", "秘密"),
    ("密級：機密", "机密"),
    ("工作祕密", "工作秘密"),
    ("內部資料　注意保存", NOTE),
    ("秘\u200b密\u200d★10年", "秘密"),
    ("机\u2060密", "机密"),
    ("机\ufe00密", "机密"),
    ("机\u202e密", "机密"),
    ("秘密★１０年", "秘密"),
    ("Ｎｏ．１２　机密", "机密"),
]

SPEAKING = [
    "不得泄露国家秘密和工作秘密。",
    "《中华人民共和国保守国家秘密法》",
    "关于印发《工作秘密管理暂行办法》的通知",
    "各单位要加强保密工作，做好保密教育。",
    "涉及国家秘密、商业秘密、个人隐私的，不予公开。",
    "与企业签订商业秘密2年保护协议。",
    "确保数据的机密性、完整性和可用性。",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "绝密级国家秘密不超过30年，机密级不超过20年，秘密级不超过10年。",
    "密级：□绝密 □机密 □秘密",
    "密级：绝密、机密、秘密（请勾选）",
    "密级：公开",
    "密级为秘密以上的文件由专人保管。",
    "绝密\t机密\t秘密",
    "秘密\t12\t30",
    "工作秘密的确定、使用和管理，依照本办法。",
    "严禁在工作群传输涉密文件和标注“工作秘密”的资料。",
    "整理好各类内部资料，注意保存好各类票据。",
    "把内部资料注意保存好。",
    "密切配合，形成合力。",
    "保守秘密",
    "严守纪律，不得泄密。",
    "涉及（工作秘密）的事项另行通知。",
    "",
]


@pytest.mark.parametrize(("text", "mark"), MARKS)
def test_secret_mark_of_marked_text(text: str, mark: str) -> None:
    assert secret_mark([text]) == mark
    assert secret_mark(["关于召开会议的通知", "", text, "各村："]) == mark


@pytest.mark.parametrize("text", SPEAKING)
def test_secret_mark_of_text_that_speaks_of_secrets(text: str) -> None:
    assert secret_mark([text]) is None


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["秘", "密"], "秘密"),
        (["内部资料", "注意保存"], NOTE),
        (["密级", "机密"], "机密"),
        (["机密", "★1年"], "机密"),
        (["会议纪要不得泄露国家", "秘密"], None),
        (["秘书处", "密"], None),
    ],
)
def test_secret_mark_over_two_lines(lines: list[str], mark: str | None) -> None:
    assert secret_mark(lines) == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("本件仅供县领导参阅。", "仅供县领导参阅"),
        ("本件 僅 供 縣 領 導 參 閱", "仅供县领导参阅"),
        ("ｉｎｔｅｒｎａｌ only", "Internal Only"),
        ("供县领导参阅", None),
    ],
)
def test_secret_mark_that_the_county_adds(text: str, mark: str | None) -> None:
    assert secret_mark([text], ["", "仅供县领导参阅", "Internal Only"]) == mark


def test_secret_mark_that_the_county_adds_over_two_lines() -> None:
    assert secret_mark(["各位领导：本件仅供县", "领导参阅，阅后退回。"], ["仅供县领导参阅"]) == "仅供县领导参阅"


@pytest.mark.parametrize("head", ["秘", "秘密", "密级", "密级：", "内部资料", "密级 密 级", "至", "机密（"])
@pytest.mark.parametrize("tail", [" ", "·", "密", "秘", "1", "年", "（", "★", "内部", "\t,"])
def test_secret_mark_takes_time_in_proportion(head: str, tail: str) -> None:
    secret_mark([head + tail * 200_000])
    secret_mark([(head + tail * 9) * 20_000])

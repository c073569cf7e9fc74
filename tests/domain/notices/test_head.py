"""Who issues a notice, to whom, when, and what its body is."""

from __future__ import annotations

from datetime import date

import pytest

from qingzhuang.domain.notices import Issuer, kind_of, notice_of, read_head

NOTICE = """清河县水利局文件
清水发〔2026〕12号
清河县水利局关于开展河道保洁的
通知
各乡镇人民政府、街道办事处：
请按时完成。
附件：1.保洁标准
清河县水利局
2026年3月2日
附件1
保洁标准，内容很长很长。"""


def test_read_head_of_a_whole_notice() -> None:
    head = read_head(notice_of(NOTICE))
    assert head.whole
    assert head.title == "清河县水利局关于开展河道保洁的通知"
    assert head.number == "清水发〔2026〕12号"
    assert (head.issuer, head.issuer_kind) == ("清河县水利局", Issuer.DEPARTMENT)
    assert head.addressees == "各乡镇人民政府、街道办事处"
    assert head.dated == date(2026, 3, 2)
    assert head.characters == len("请按时完成。")


def test_read_head_of_a_clipping() -> None:
    head = read_head(notice_of("各村注意，今天下班前把表报来。"))
    assert not head.whole
    assert (head.title, head.issuer, head.dated) == (None, None, None)


def test_read_head_date_in_chinese_numerals_and_signature_on_one_line() -> None:
    head = read_head(notice_of("关于放假的通知\n各单位：\n放假。\n清河县人民政府办公室 二〇二六年十月二十八日"))
    assert head.dated == date(2026, 10, 28)
    assert head.issuer_kind is Issuer.OFFICE


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("中共清河县委", Issuer.COMMITTEE),
        ("清河县人民政府", Issuer.GOVERNMENT),
        ("清河县委办公室", Issuer.OFFICE),
        ("县政府办", Issuer.OFFICE),
        ("清河县教育局", Issuer.DEPARTMENT),
        ("清河县农村厕所革命领导小组办公室", Issuer.DEPARTMENT),
        ("清河县教育局、清河县人民政府", Issuer.GOVERNMENT),
        (None, Issuer.UNKNOWN),
    ],
)
def test_kind_of(issuer: str | None, kind: Issuer) -> None:
    assert kind_of(issuer) is kind

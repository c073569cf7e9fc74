"""Headers and the words in cells, and that the reference lists just what the code knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qingzhuang.domain.channels.inventory import CHANNELS, PEOPLE, UNITS
from qingzhuang.tables.headers import (
    HEADERS,
    PHONE,
    PHONE_HEADERS,
    SERIAL,
    SERIAL_HEADERS,
    TABLE_NAMES,
    Kind,
    hint_of_name,
    is_continuation,
    kind_of_name,
    match,
)
from qingzhuang.tables.lexicon import LAST_HEARD, LEVELS, PLATFORMS, SECRECY, code_of

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/reference/input.md").read_text(encoding="utf-8")
TABLE_ROW = re.compile(r"^\| `([\w-]+)` \| ([^|]+) \|", re.MULTILINE)


def section(title: str) -> str:
    return re.split(r"\n#{2,3} ", REFERENCE.split(f"· {title}\n", 1)[1])[0]


def listed(title: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(spellings.strip().split("、")) for name, spellings in TABLE_ROW.findall(section(title))}


@pytest.mark.parametrize("kind", Kind)
def test_reference_lists_the_headers(kind: Kind) -> None:
    assert listed(kind.value) == dict(HEADERS[kind])
    assert "、".join(TABLE_NAMES[kind]) in section(kind.value)


@pytest.mark.parametrize(
    ("title", "words"),
    [("platform", PLATFORMS), ("secrecy", SECRECY), ("last_work_message", LAST_HEARD), ("level", LEVELS)],
)
def test_reference_lists_the_words_in_cells(title: str, words: dict[str, tuple[str, ...]]) -> None:
    assert listed(title) == {str(code): spellings for code, spellings in words.items()}


def test_reference_lists_what_is_passed_over() -> None:
    assert "、".join(SERIAL_HEADERS) in REFERENCE
    assert "、".join(PHONE_HEADERS) in REFERENCE


def test_every_column_of_the_inventory_has_headers() -> None:
    assert set(CHANNELS) <= set(HEADERS[Kind.CHANNELS])
    assert set(PEOPLE) == set(HEADERS[Kind.PEOPLE])
    assert set(UNITS) == set(HEADERS[Kind.UNITS])


@pytest.mark.parametrize("kind", Kind)
def test_every_header_means_its_own_column(kind: Kind) -> None:
    for field, headers in HEADERS[kind].items():
        for header in headers:
            found = match(kind, header)
            assert found is not None
            assert found[0] == field, header


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("群 名 称", "name"), ("*群名称", "name"), ("群名称（全称）", "name"), ("群名稱", "name"), ("ＮＡＭＥ", "name"),
        ("Last Active", "last_active"), ("messages-30d", "messages_30d"), ("序号", SERIAL), ("群主手机号", PHONE),
        ("联系电话（必填）", PHONE),
    ],
)  # fmt: skip
def test_match_folds(header: str, field: str) -> None:
    found = match(Kind.CHANNELS, header)
    assert found is not None
    assert found[0] == field


def test_match_unknown() -> None:
    assert match(Kind.CHANNELS, "星座") is None
    assert match(Kind.CHANNELS, "") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("channels", Kind.CHANNELS), ("Memberships_2", Kind.MEMBERSHIPS), ("工作群清单", Kind.CHANNELS), ("群成員", Kind.MEMBERSHIPS),
        ("人员花名册 (2)", Kind.PEOPLE), ("单位表", Kind.UNITS), ("Sheet1", None), ("甲镇", None),
    ],
)  # fmt: skip
def test_kind_of_name(name: str, kind: Kind | None) -> None:
    assert kind_of_name(name) == kind


def test_hint_of_name() -> None:
    assert hint_of_name("甲镇微信工作群清理表") == Kind.CHANNELS
    assert hint_of_name("甲镇群成员") == Kind.MEMBERSHIPS
    assert hint_of_name("甲镇") is None


def test_is_continuation() -> None:
    assert is_continuation("memberships_12")
    assert not is_continuation("memberships")


def test_code_of() -> None:
    assert code_of(PLATFORMS, "微信") == "wechat"
    assert code_of(PLATFORMS, " Ｑ Ｑ 群") == "qq"
    assert code_of(PLATFORMS, "某某平台") is None

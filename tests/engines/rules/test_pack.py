"""A pack is read whole or refused with every fault and its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingzhuang.engines.rules import PackError, read_pack

SOURCE = {"document": "某通知", "certainty": "own"}
HEAD: dict[str, Any] = {"id": "local", "title": "本县规则", "issuer": "减负办", "in_force": {"from": date(2024, 1, 1)}}
VALUE = {"from": date(2024, 1, 1), "value": 90, "citation": SOURCE}


def faults(**fields: Any) -> set[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(PackError) as caught:
        read_pack({**HEAD, **fields}, sha256="", list_names=("must_keep",))
    return {(fault.code, fault.place) for fault in caught.value.faults}


def test_read_pack_right() -> None:
    pack = read_pack(
        {**HEAD, "parameters": {"days": {"values": [VALUE]}}, "must_keep": ["a", 7]},
        sha256="x",
        list_names=("must_keep",),
    )
    assert pack.head.in_force_from == date(2024, 1, 1)
    assert pack.parameters["days"].values[0].value == 90
    assert pack.lists == {"must_keep": ("a", "7")}


def test_read_pack_names_every_fault_at_once() -> None:
    found = faults(
        colour="red",
        in_force={"from": "2024"},
        must_keep=[{}],
        parameters={"days": {"values": [{"from": date(2024, 1, 1)}]}},
    )
    assert found >= {
        ("unknown-field", ("colour",)),
        ("not-a-date", ("in_force", "from")),
        ("not-an-id", ("must_keep", 0)),
        ("missing-field", ("parameters", "days", "values", 0)),
    }


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        (
            {"in_force": {"from": date(2024, 1, 1), "until": date(2023, 1, 1)}},
            "ends-before-it-begins",
            ("in_force", "until"),
        ),
        (
            {"parameters": {"days": {"values": [VALUE, VALUE]}}},
            "two-values-on-one-day",
            ("parameters", "days", "values"),
        ),
        ({"rules": [{"id": "r", "severity": "deadly"}]}, "unknown-severity", ("rules", 0, "severity")),
        ({"rules": [{"id": "r"}, {"id": "r"}]}, "rule-twice", ("rules", 0)),
        ({"rules": {}}, "not-a-list", ("rules",)),
        ({"title": {"zh-Hans": "题", "en": " "}}, "not-a-text", ("title", "en")),
        ({"title": {"zh-Hans": "题"}}, "missing-field", ("title",)),
        ({"must_keep": "a"}, "not-a-list", ("must_keep",)),
    ],
)
def test_read_pack_refuses(fields: dict[str, Any], code: str, place: tuple[str | int, ...]) -> None:
    assert (code, place) in faults(**fields)


def test_read_pack_that_is_no_table() -> None:
    with pytest.raises(PackError):
        read_pack(["id"], sha256="")

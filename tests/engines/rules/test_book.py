"""What holds on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.rules import Pack, PackError, Severity, open_book, read_pack

SOURCE = {"document": "某通知", "certainty": "own"}
RULE = {"id": "r", "code": "zombie", "severity": "warn", "message": "说明", "citation": SOURCE}
ON = date(2026, 1, 1)


def pack(name: str, since: date = date(2020, 1, 1), until: date | None = None, **fields: Any) -> Pack:
    head = {"id": name, "title": name, "issuer": "县", "in_force": {"from": since, "until": until}}
    return read_pack({**head, **fields}, sha256=name, list_names=("must_keep",))


def dated(*values: tuple[date, object]) -> dict[str, Any]:
    return {"days": {"values": [{"from": since, "value": value, "citation": SOURCE} for since, value in values]}}


def test_open_book_takes_the_value_of_the_day() -> None:
    one = pack("a", parameters=dated((date(2020, 1, 1), 90), (date(2025, 1, 1), 60)))
    assert [open_book([one], day).value("days") for day in (date(2024, 12, 31), date(2025, 1, 1))] == [90, 60]


def test_open_book_later_pack_changes_only_what_it_says() -> None:
    local = pack(
        "b", parameters=dated((date(2024, 1, 1), 30)), rules=[{"id": "r", "severity": "info"}], must_keep=["g2"]
    )
    base = pack("a", parameters=dated((date(2020, 1, 1), 90)), rules=[RULE], must_keep=["g1"])
    book = open_book([base, local], ON)
    assert book.value("days") == 30
    assert book.rules["r"].severity is Severity.INFO
    assert book.rules["r"].message["zh-Hans"] == "说明"
    assert book.lists["must_keep"] == ("g1", "g2")
    assert [head.id for head in book.packs] == ["a", "b"]


def test_open_book_leaves_out_packs_not_in_force() -> None:
    base, ended = pack("a", rules=[RULE]), pack("b", until=date(2025, 12, 31), rules=[{"id": "r", "severity": "off"}])
    assert "r" in open_book([base, ended], ON).rules
    assert "r" not in open_book([base, ended], date(2025, 12, 31)).rules


def test_rule_gives_the_strongest_of_a_code() -> None:
    book = open_book([pack("a", rules=[RULE, {**RULE, "id": "s", "severity": "reject"}])], ON)
    rule = book.rule("zombie")
    assert rule is not None
    assert rule.id == "s"
    assert book.rule("nothing") is None


def test_open_book_refuses_a_rule_that_is_never_written_out() -> None:
    with pytest.raises(PackError):
        open_book([pack("a", rules=[{"id": "r", "severity": "warn"}])], ON)


def test_value_that_is_not_in_force_yet() -> None:
    with pytest.raises(EngineInputError) as caught:
        open_book([pack("a", parameters=dated((date(2030, 1, 1), 1)))], ON).value("days")
    assert caught.value.code == "parameter-not-in-force"

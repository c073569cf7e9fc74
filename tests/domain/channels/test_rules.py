"""The numbers by which channels are judged, read from rule packs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.channels.build import ON, rules

from qingzhuang.domain.channels import BadRules, ChannelRules, Code, channel_rules
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import open_book, read_pack
from qingzhuang.tables.packs import load_packs

SOURCE = {"document": "本县通知", "certainty": "own"}


def with_values(**values: Any) -> ChannelRules:
    parameters = {
        name: {"values": [{"from": date(2020, 1, 1), "value": value, "citation": SOURCE}]}
        for name, value in values.items()
    }
    head = {
        "id": "local",
        "title": "本县",
        "issuer": "县",
        "in_force": {"from": date(2020, 1, 1)},
        "parameters": parameters,
    }
    packs = [*load_packs([], lists=LISTS), read_pack(head, sha256="", list_names=LISTS)]
    return channel_rules(open_book(packs, ON))


def test_channel_rules_defaults_cover_every_code() -> None:
    default = rules()
    assert set(default.rules) == set(Code)
    assert (default.jaccard, default.containment) == (Fraction(4, 5), Fraction(9, 10))


def test_channel_rules_reads_numbers_exactly() -> None:
    assert with_values(jaccard=0.7, carry="1/3").jaccard == Fraction(7, 10)
    assert with_values(containment="off").containment is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zombie_days", 90),
        ("zombie_days", {"default": 0}),
        ("zombie_days", {"default": 90, "colour": 1}),
        ("allowed_categories", "机关群"),
        ("must_go_codes", ["ugly"]),
        ("jaccard", "1.1"),
        ("containment", "many"),
        ("merge_needs", {"group": ["love"]}),
        ("max_outsiders", -1),
        ("max_outsider_share", 1),
        ("expose", 0),
        ("carry", -1),
        ("blank_secrecy", "secret"),
    ],
)
def test_channel_rules_refuses_a_value_that_makes_no_sense(name: str, value: object) -> None:
    with pytest.raises(BadRules) as caught:
        with_values(**{name: value})
    assert caught.value.data["parameter"] == name


@given(
    shared=st.integers(0, 50),
    only_i=st.integers(0, 50),
    only_j=st.integers(0, 50),
    weekly_i=st.fractions(0, 50),
    weekly_j=st.fractions(0, 50),
    carry=st.fractions(0, 20),
    expose=st.fractions("1/10", 20),
)
def test_saving_jaccard_misses_no_merge_that_saves(
    shared: int, only_i: int, only_j: int, weekly_i: Fraction, weekly_j: Fraction, carry: Fraction, expose: Fraction
) -> None:
    merged = weekly_i * (shared + only_i + only_j) + (weekly_j + carry) * only_i + expose * (only_i + only_j)
    kept = (weekly_i + carry) * (shared + only_i)
    if merged < kept:
        least = rules(carry=carry, expose=expose).saving_jaccard
        assert shared > least * (shared + only_i + only_j)

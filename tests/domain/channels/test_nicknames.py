"""Group nicknames are matched to people; what is in doubt is listed, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.channels.nicknames import MOST_CANDIDATES, match_nicknames

PEOPLE = pl.DataFrame(
    [
        ("p1", "张三", "甲镇", "镇长"),
        ("p2", "李四", "县民政局", "科员"),
        ("p3", "王五", "甲镇", None),
        ("p4", "王五", "乙乡", None),
        ("p5", "赵六", None, None),
        ("p6", "欧阳小明", "乙乡", "书记"),
        ("p7", "周大海", "甲镇", None),
        ("p8", None, "甲镇", None),
    ],
    schema=["person_id", "name", "unit", "post"],
    orient="row",
)


def match(nickname: str, answers: Mapping[tuple[str, str], bool] | None = None) -> tuple[str | None, tuple[str, ...]]:
    """Return the person matched, and the candidates to ask about."""
    matches = match_nicknames({nickname: "g1"}, PEOPLE, answers or {})
    return matches.persons.get(nickname), matches.doubtful[0].candidates if matches.doubtful else ()


@pytest.mark.parametrize(
    ("nickname", "person"),
    [
        ("李四", "p2"),
        ("甲镇-张三", "p1"),
        ("甲镇张三", "p1"),
        ("张三（镇长）", "p1"),
        ("甲镇 镇长 张三", "p1"),
        ("民政-李四", "p2"),
        ("民政局李四", "p2"),
        ("張三", "p1"),
        ("张 三", "p1"),
        ("张三13800000000", "p1"),
        ("周大海🌸", "p7"),
        ("乙乡欧阳小明", "p6"),
        ("教育局-赵六", "p5"),
        ("甲镇-王五", "p3"),
        ("p2", "p2"),
    ],
)
def test_match_nicknames_whole_name_of_one_person(nickname: str, person: str) -> None:
    assert match(nickname) == (person, ())


@pytest.mark.parametrize(
    ("nickname", "candidates"),
    [
        ("王五", ("p3", "p4")),
        ("王五（驻村）", ("p3", "p4")),
        ("甲镇-张", ("p1",)),
        ("张…", ("p1",)),
        ("老李", ("p2",)),
        ("李科长", ("p2",)),
        ("乙乡-张三", ("p1",)),
        ("教育局-李四", ("p2",)),
        ("张三（书记）", ("p1",)),
        ("周大河", ("p7",)),
        ("甲镇周大河", ("p7",)),
        ("周海", ("p7",)),
        ("张三李四", ("p2", "p1")),
    ],
)
def test_match_nicknames_in_doubt(nickname: str, candidates: tuple[str, ...]) -> None:
    person, asked = match(nickname)
    assert person is None
    assert set(asked) <= set(candidates)
    assert asked


@pytest.mark.parametrize("nickname", ["路人", "甲镇", "AA", "🌸", "13800000000", ""])
def test_match_nicknames_nobody(nickname: str) -> None:
    assert match(nickname) == (None, ())


def test_match_nicknames_yes_settles() -> None:
    assert match("王五", {("王五", "p4"): True}) == ("p4", ())


def test_match_nicknames_no_strikes_a_candidate() -> None:
    assert match("王五", {("王五", "p4"): False}) == (None, ("p3",))
    assert match("老李", {("老李", "p2"): False}) == (None, ())


def test_match_nicknames_no_beats_a_sure_match() -> None:
    assert match("甲镇-张三", {("甲镇-张三", "p1"): False}) == (None, ())


def test_match_nicknames_asks_with_a_channel_and_few_candidates() -> None:
    many = pl.DataFrame(
        {"person_id": [f"p{n}" for n in range(9)], "name": ["王五"] * 9, "unit": [None] * 9, "post": [None] * 9},
        schema=PEOPLE.schema,
    )
    (doubt,) = match_nicknames({"王五": "g7"}, many, {}).doubtful
    assert doubt.channel_id == "g7"
    assert len(doubt.candidates) == MOST_CANDIDATES


@given(st.lists(st.text(st.sampled_from("张三李四王五甲镇老-（）长 "), max_size=8), max_size=6))
def test_match_nicknames_each_is_matched_or_asked_or_nobody(nicknames: list[str]) -> None:
    matches = match_nicknames(dict.fromkeys(nicknames, "g"), PEOPLE, {})
    asked = [doubt.nickname for doubt in matches.doubtful]
    assert len(asked) == len(set(asked))
    assert not set(asked) & set(matches.persons)
    assert set(matches.persons.values()) <= set(PEOPLE["person_id"])
    for doubt in matches.doubtful:
        assert set(doubt.candidates) <= set(PEOPLE["person_id"])

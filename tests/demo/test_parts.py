from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.demo.block import rank_within
from qingzhuang.demo.kinds import APPS, DERIVED, GOES, GROUPS, HUBS, Kind
from qingzhuang.demo.names import names
from qingzhuang.demo.places import FIRST_DEPARTMENT, FIRST_TOWN, FIRST_VILLAGE, OWN, OWN_TOWN, OWN_VILLAGE, layout
from qingzhuang.demo.settle import savings, settled
from qingzhuang.demo.shapes import Block
from qingzhuang.demo.units import unit_table


def block(kinds: list[Kind], sets: list[set[int]], monthly: list[int], parent: list[int] | None = None) -> Block:
    members = np.array([[person in each for person in range(40)] for each in sets])
    none = np.zeros(len(kinds), np.int64)
    parents = np.array(parent or [-1] * len(kinds))
    return Block(np.array(kinds), parents, none, none, none, np.array(monthly), members)


@given(st.lists(st.integers(-1, 4)))
def test_rank_within_counts_each_group_from_zero(groups: list[int]) -> None:
    seen: dict[int, int] = {}
    expected = []
    for each in groups:
        expected.append(seen.get(each, 0))
        seen[each] = expected[-1] + 1
    assert rank_within(np.array(groups, np.int64)).tolist() == expected


@given(st.integers(0, 700))
def test_quotas_add_up_and_every_child_has_a_parent(channels: int) -> None:
    for mix in (GROUPS, APPS):
        got = mix.quotas(channels)
        hubs = sum(got.get(kind, 0) for kind in HUBS)
        assert sum(got.values()) == channels
        assert min(got.values()) >= 0
        assert (hubs > 0) == (got[Kind.DUPLICATE] > 0)
        assert got[Kind.CONTAINED] <= 2 * got[Kind.CONTAINER]
        if got.get(Kind.HUB_BY_COST, 0):
            assert got[Kind.DUPLICATE] >= 2 * hubs


def test_quotas_of_the_default_are_the_articles() -> None:
    groups, apps = GROUPS.quotas(640), APPS.quotas(40)
    assert sum(groups[kind] for kind in GOES) == 400
    assert sum(apps.get(kind, 0) for kind in GOES) == 14
    assert sum(groups[kind] for kind in DERIVED) == 198


@given(
    st.sets(st.integers(0, 39), min_size=1),
    st.sets(st.integers(0, 39), min_size=1),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_savings_are_what_the_objective_falls_by(one: set[int], two: set[int], talk: int, more: int) -> None:
    m, k, a, e = Fraction(talk * 7, 30), Fraction(more * 7, 30), 10, 10
    merged = m * len(one | two) + (k + a) * len(one - two) + e * (len(one - two) + len(two - one))
    members = block([Kind.PLAIN] * 2, [one, two], [talk, more]).members.astype(float)
    got = savings(members @ members.T, np.array([float(m), float(k)]))
    assert got[0, 1] == pytest.approx(float((m + a) * len(one) - merged))
    assert got[0, 1] == pytest.approx(got[1, 0])


def test_settled_two_ordinary_that_would_save_talk_more() -> None:
    drawn = block([Kind.PLAIN] * 2, [set(range(20)), set(range(6, 26))], [0, 0])
    monthly = settled(drawn)
    assert monthly is not None
    assert monthly.max() > 0
    members = drawn.members.astype(float)
    assert savings(members @ members.T, monthly * 7 / 30)[0, 1] < 0


def test_settled_two_silent_emergency_groups_too_alike_is_no_draw() -> None:
    drawn = block([Kind.EMERGENCY] * 2, [set(range(20)), set(range(6, 26))], [0, 0])
    assert settled(drawn) is None


def test_settled_two_ordinary_nearly_equal_is_no_draw() -> None:
    assert settled(block([Kind.PLAIN] * 2, [set(range(20)), set(range(1, 21))], [500, 500])) is None


def test_settled_dead_ones_do_not_matter() -> None:
    drawn = block([Kind.ZOMBIE, Kind.PLAIN], [set(range(20)), set(range(20))], [0, 50])
    assert settled(drawn) is not None


def test_settled_planted_pair_that_does_not_save_is_no_draw() -> None:
    sets = [set(range(20)), set(range(5))]
    assert settled(block([Kind.CONTAINER, Kind.CONTAINED], sets, [60, 3], [-1, 0])) is None
    assert settled(block([Kind.CONTAINER, Kind.CONTAINED], [sets[0], set(range(14))], [60, 0], [-1, 0])) is not None


def test_layout_relations_of_a_town_and_its_village() -> None:
    plan = layout()
    village = FIRST_VILLAGE + 3
    town = int(plan.parent[village])
    in_unit = {unit: int(np.flatnonzero(plan.person_unit == unit)[0]) for unit in (village, town, FIRST_DEPARTMENT)}
    assert FIRST_TOWN <= town < FIRST_VILLAGE
    assert plan.relation[village, in_unit[village]] == OWN
    assert plan.relation[village, in_unit[town]] == OWN_TOWN
    assert plan.relation[town, in_unit[village]] == OWN_VILLAGE
    assert plan.relation[FIRST_DEPARTMENT, in_unit[village]] not in (OWN, OWN_TOWN, OWN_VILLAGE)


def test_names_lists_have_no_word_twice() -> None:
    for key in ("towns", "departments", "lines", "tasks", "office_lines", "office_tasks", "brands", "functions"):
        assert len(set(names(key))) == len(names(key))
    assert len(names("departments")) == 40
    assert set(names("department_lines")) == set(names("departments"))
    assert set(names("emergencies")) < set(names("departments"))
    assert len(set(layout().names)) == len(layout().names)


@pytest.mark.parametrize(("counties", "above"), [(1, 0), (2, 2), (13, 3), (169, 18), (1563, 142)])
def test_unit_table_names_are_unique_and_have_parents(counties: int, above: int) -> None:
    table = unit_table(counties)
    assert len(table.names) == counties * 170 + above
    assert len(set(table.names)) == len(table.names)
    assert {parent for parent in table.parents if parent} <= set(table.names)
    assert table.parents.count(None) == 1

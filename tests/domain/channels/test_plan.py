"""What is always true of a plan, and that none is cheaper."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.channels.build import ON, inventory, rules

from qingzhuang.domain.channels import ChannelRules, Inventory, Lightening, ReasonCode, Step, lighten

LEVELS = ["public", "internal", "restricted"]
UNITS = [
    {"unit": "county"},
    {"unit": "town", "parent": "county"},
    {"unit": "village", "parent": "town"},
    {"unit": "bureau", "parent": "county"},
]
LINES = {("county", unit) for unit in ("town", "village", "bureau")} | {("town", "village")}
CATEGORIES = ["机关群", "专班群", "应急群"]
DEAD = {"zombie", "finished", "empty"}

channel_rows = st.fixed_dictionaries(
    {
        "unit": st.sampled_from([None, "county", "town", "village", "bureau"]),
        "category": st.sampled_from([None, *CATEGORIES]),
        "purpose": st.sampled_from([None, "防汛", "防火"]),
        "platform": st.sampled_from(["wechat", "wecom", "app"]),
        "secrecy": st.sampled_from([None, *LEVELS]),
        "messages_30d": st.sampled_from([None, 0.0, 3.0, 30.0]),
        "last_active": st.sampled_from([None, ON - timedelta(days=3), ON - timedelta(days=200)]),
        "task": st.sampled_from([None, "普查"]),
        "task_end": st.sampled_from([None, None, ON + timedelta(days=9), ON - timedelta(days=9)]),
    }
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Inventory, ChannelRules]:
    rows = draw(st.lists(channel_rows, min_size=1, max_size=6))
    ids = [f"c{number}" for number in range(len(rows))]
    members = {name: draw(st.lists(st.sampled_from("12345678"), max_size=8)) for name in ids}
    marks = [draw(st.sampled_from(["", "", "", "keep", "go"])) for _ in ids]
    changes: dict[str, Any] = {
        "must_keep": frozenset(name for name, mark in zip(ids, marks, strict=True) if mark == "keep"),
        "must_go": frozenset(name for name, mark in zip(ids, marks, strict=True) if mark == "go"),
        "allowed_categories": draw(st.sampled_from([None, ("机关群",), ("机关群", "应急群")])),
        "expose": draw(st.sampled_from([Fraction(1, 2), Fraction(5)])),
        "max_outsiders": draw(st.sampled_from([0, 2, 30])),
        "max_outsider_share": draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(3, 4)])),
    }
    channels = [{"channel_id": name, **row} for name, row in zip(ids, rows, strict=True)]
    return inventory(channels, members, units=UNITS), rules(**changes)


class Brute:
    """The plan's rules again, in plain sets, as the documentation tells them."""

    def __init__(self, case: Inventory, rule: ChannelRules, result: Lightening) -> None:
        self.rule = rule
        self.row = {row["channel_id"]: row for row in case.channels.to_dicts()}
        self.members: dict[str, set[str]] = {name: set() for name in self.row}
        for channel, person in case.memberships.iter_rows():
            self.members[channel].add(person)
        self.found = {(finding.channel_id, finding.code.value) for finding in result.findings}

    def has(self, name: str, *codes: str) -> bool:
        return any((name, code) in self.found for code in codes)

    def live(self, name: str) -> bool:
        return not self.has(name, *DEAD)

    def stays(self, name: str) -> bool:
        return name in self.rule.must_keep or self.has(name, "secrecy-mismatch")

    def goes(self, name: str) -> bool:
        return name in self.rule.must_go or (self.has(name, "forbidden") and name not in self.rule.must_keep)

    def busy(self, name: str) -> bool:
        row = self.row[name]
        return row["task"] is not None and (row["task_end"] is None or row["task_end"] >= ON)

    def level(self, name: str) -> int:
        return LEVELS.index(self.row[name]["secrecy"] or "internal")

    def same(self, column: str, i: str, j: str) -> bool:
        return self.row[i][column] is not None and self.row[i][column] == self.row[j][column]

    def line(self, i: str, j: str) -> bool:
        pair = (self.row[i]["unit"], self.row[j]["unit"])
        return self.same("unit", i, j) or pair in LINES or pair[::-1] in LINES

    def permits(self, i: str, j: str) -> bool:
        added = len(self.members[i] - self.members[j])
        is_app = self.row[i]["platform"] == "app"
        related = self.same("purpose", i, j) or (not is_app and (self.same("category", i, j) or self.line(i, j)))
        return (
            i != j
            and not self.stays(i)
            and not self.goes(j)
            and not self.has(j, "secrecy-mismatch")
            and (self.live(j) or j in self.rule.must_keep)
            and is_app == (self.row[j]["platform"] == "app")
            and self.level(i) <= self.level(j)
            and not (self.level(j) == 2 and added)
            and (not self.busy(i) or (self.same("category", i, j) and self.line(i, j)))
            and related
            and added <= self.rule.max_outsiders
            and added <= self.rule.max_outsider_share * len(self.members[i])
            and bool(self.members[i] & self.members[j])
        )

    def weekly(self, name: str) -> Fraction:
        return Fraction(self.row[name]["messages_30d"] or 0) * 7 / 30

    def cost(self, i: str, j: str) -> Fraction:
        a, e = self.rule.carry, self.rule.expose
        mine, theirs = self.members[i], self.members[j]
        if i == j:
            return (self.weekly(i) + a) * len(mine)
        exposed = len(mine - theirs) + len(theirs - mine)
        return self.weekly(i) * len(mine | theirs) + (self.weekly(j) + a) * len(mine - theirs) + e * exposed

    def choices(self, name: str) -> list[str | None]:
        if not self.live(name):
            return [name] if self.stays(name) else [None]
        targets: list[str | None] = [j for j in self.row if self.permits(name, j)]
        if self.stays(name):
            return [name]
        return targets if self.goes(name) and targets else [name, *(() if self.goes(name) else targets)]

    def best(self) -> Fraction:
        names = list(self.row)
        costs = []
        for plan in itertools.product(*(self.choices(name) for name in names)):
            into = dict(zip(names, plan, strict=True))
            if all(j is None or into[j] == j for j in plan):
                costs.append(sum((self.cost(i, j) for i, j in into.items() if j is not None), Fraction(0)))
        return min(costs)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_plan_properties_and_optimum(case: tuple[Inventory, ChannelRules]) -> None:
    given_inventory, rule = case
    result = lighten(given_inventory, rule, on=ON)
    brute = Brute(given_inventory, rule, result)
    into = {a.channel_id: a.channel_id if a.step is Step.KEEP else a.into for a in result.actions}
    assert list(into) == sorted(brute.row)
    after = {name: {person for i, j in into.items() if j == name for person in brute.members[i]} for name in into}
    total = Fraction(0)
    for action in result.actions:
        name, target = action.channel_id, into[action.channel_id]
        if brute.live(name):
            assert target is not None
            assert brute.members[name] <= after[target]
        else:
            assert (action.step is Step.KEEP) == brute.stays(name)
            assert action.step is not Step.MERGE
        if action.step is Step.MERGE:
            assert target is not None
            assert brute.permits(name, target)
            assert into[target] == target
            assert set(action.adds) == brute.members[name] - brute.members[target]
            assert action.exposes == len(brute.members[name] ^ brute.members[target])
        if brute.live(name) and brute.goes(name) and action.step is Step.KEEP:
            assert ReasonCode.NO_TARGET in action.reasons
            assert name in result.unresolved
        if target is not None:
            total += brute.cost(name, target)
        assert action.reasons
    assert result.bound.objective == pytest.approx(float(total))
    best = brute.best()
    assert result.bound.objective == pytest.approx(float(best))
    assert result.bound.lower_bound <= float(best) * (1 + 1e-12) + 1e-9
    assert result.bound.gap == pytest.approx(0, abs=1e-9)
    assert result.after.channels == sum(i == j for i, j in into.items())
    assert result.after.memberships == sum(len(after[name]) for name in into if into[name] == name)


def lightened(channels: list[dict[str, Any]], members: dict[str, str], **changes: Any) -> dict[str, Any]:
    result = lighten(inventory(channels, members), rules(**changes), on=ON)
    return {action.channel_id: action for action in result.actions}


def test_plan_merges_duplicates_of_one_category() -> None:
    rows = [{"channel_id": name, "category": "专班群"} for name in "ab"]
    steps = lightened(rows, {"a": "12345678", "b": "123456789"})
    assert sorted(action.step for action in steps.values()) == [Step.KEEP, Step.MERGE]


def test_plan_never_moves_content_to_lower_secrecy() -> None:
    rows = [
        {"channel_id": "a", "category": "专班群", "secrecy": "internal"},
        {"channel_id": "b", "category": "专班群", "secrecy": "public"},
    ]
    steps = lightened(rows, {"a": "123456789", "b": "123456789"})
    assert (steps["a"].step, steps["b"].step, steps["b"].into) == (Step.KEEP, Step.MERGE, "a")


def test_plan_keeps_a_channel_that_must_go_and_has_no_target() -> None:
    result = lighten(inventory([{"channel_id": "a"}], {"a": "12"}), rules(must_go=frozenset("a")), on=ON)
    assert result.unresolved == ("a",)
    assert result.actions[0].reasons == (ReasonCode.NO_TARGET, ReasonCode.MUST_GO)


def test_plan_touches_nothing_restricted_on_a_public_platform() -> None:
    row = {"channel_id": "a", "secrecy": "restricted", "platform": "wechat", "last_active": date(2020, 1, 1)}
    assert lightened([row], {"a": "12"})["a"].reasons == (ReasonCode.SECRECY_MISMATCH,)


def test_plan_merges_what_must_go_into_where_most_of_it_is() -> None:
    rows = [{"channel_id": name, "category": "专班群"} for name in "abc"]
    steps = lightened(rows, {"a": "123456", "b": "12345xyz", "c": "6"}, must_go=frozenset("a"))
    assert (steps["a"].into, steps["a"].adds) == ("b", ("6",))


def test_plan_same_whatever_the_order_of_rows() -> None:
    rows = [{"channel_id": name, "category": "专班群"} for name in "abcdef"]
    members = {"a": "1234567", "b": "12345678", "c": "2345678", "d": "89", "e": "8", "f": "9"}
    forward = lightened(rows, members)
    assert lightened(rows[::-1], dict(reversed(members.items()))) == forward


def test_plan_keeps_the_larger_of_two_that_cost_the_same() -> None:
    rows = [{"channel_id": name, "category": "专班群"} for name in "ab"]
    for larger, smaller in (("a", "b"), ("b", "a")):
        steps = lightened(rows, {smaller: "12345678", larger: "123456789"})
        assert (steps[smaller].into, steps[larger].step) == (larger, Step.KEEP)

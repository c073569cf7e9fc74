"""What is found against a channel, on both sides of every line."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from tests.domain.channels.build import ON, inventory, rules

from qingzhuang.domain.channels import Code, Inventory, MembersAre, lighten


def codes(given: Inventory, channel: str = "a", **changes: Any) -> set[str]:
    found = lighten(given, rules(**changes), on=ON).findings
    return {finding.code.value for finding in found if finding.channel_id == channel}


def one(**columns: Any) -> Inventory:
    return inventory([{"channel_id": "a", **columns}], {"a": "uvw"})


@pytest.mark.parametrize(("idle", "zombie"), [(89, False), (90, True), (400, True)])
def test_zombie_after_ninety_days(idle: int, zombie: bool) -> None:
    assert ("zombie" in codes(one(last_active=ON - timedelta(days=idle)))) is zombie


def test_zombie_emergency_group_may_be_silent() -> None:
    assert "zombie" not in codes(one(last_active=date(2024, 1, 1), category="应急群"))


def test_zombie_category_with_its_own_days() -> None:
    given = one(last_active=ON - timedelta(days=40), category="通知群")
    assert "zombie" in codes(given, zombie_days_by_category={"通知": 30})


@pytest.mark.parametrize(("heard", "zombie"), [("quarter", False), ("longer", True), ("unknown", False)])
def test_zombie_by_the_word_for_it(heard: str, zombie: bool) -> None:
    assert ("zombie" in codes(one(last_work_message=heard))) is zombie


def test_zombie_not_where_messages_are_counted() -> None:
    result = lighten(one(last_active=date(2024, 1, 1), messages_30d=3.0), rules(), on=ON)
    assert not result.findings
    assert "contradictory-activity" in {note.code for note in result.notes}


@pytest.mark.parametrize(("end", "finished"), [(ON, False), (ON - timedelta(days=1), True)])
@pytest.mark.parametrize("column", ["task_end", "sunset"])
def test_finished_the_day_after(end: date, finished: bool, column: str) -> None:
    assert ("finished" in codes(one(task="防汛", **{column: end}))) is finished


def hefeng(**columns: Any) -> set[str]:
    return codes(one(**columns), allowed_categories=("领导班子群", "机关群", "脱贫攻坚群"))


def test_forbidden_category_off_the_list() -> None:
    assert "forbidden" in hefeng(category="专班群")
    assert "forbidden" not in hefeng(category="机关")
    assert "forbidden" not in hefeng(category="脫貧攻堅群")


def test_forbidden_not_for_temporary_group_with_current_task() -> None:
    assert "forbidden" not in hefeng(category="专班群", task="人口普查", task_end=ON)
    assert "forbidden" in hefeng(category="专班群", task="人口普查", task_end=ON - timedelta(days=1))
    assert "forbidden" in hefeng(category="专班群", task="人口普查")


def test_forbidden_never_said_of_a_blank_category_or_an_app() -> None:
    assert "forbidden" not in hefeng(category=None)
    assert "forbidden" not in hefeng(category="专班群", platform="app")


def test_unapproved_blank_approval() -> None:
    given = inventory(
        [{"channel_id": "a", "approval": None}, {"channel_id": "b", "approval": "减负办〔2026〕3号"}],
        {"a": "uv", "b": "xy"},
    )
    assert "unapproved" in codes(given)
    assert "unapproved" not in codes(given, "b")


def test_ownerless_blank_or_left() -> None:
    people = [
        {"person_id": "u", "name": "张三", "left_on": ON},
        {"person_id": "v", "name": "李四", "left_on": date(2027, 1, 1)},
    ]
    rows = [
        {"channel_id": "a", "owner": None},
        {"channel_id": "b", "owner": "u"},
        {"channel_id": "c", "owner": "v"},
        {"channel_id": "d", "owner": "张三"},
    ]
    given = inventory(rows, dict.fromkeys("abcd", "xyz"), people)
    assert [("ownerless" in codes(given, name)) for name in "abcd"] == [True, True, False, True]


def test_empty_and_single_count_members_in_post() -> None:
    people = [{"person_id": "u", "left_on": date(2026, 1, 1)}]
    given = inventory([{"channel_id": name} for name in "abc"], {"a": "u", "b": "uv", "c": "vw"}, people)
    assert "empty" in codes(given)
    assert codes(given, "b") >= {"single"}
    assert not codes(given, "c") & {"empty", "single"}


def test_empty_by_head_count_where_no_members_are_known() -> None:
    given = inventory(
        [
            {"channel_id": "a", "head_count": 0},
            {"channel_id": "b", "head_count": 1},
            {"channel_id": "c", "head_count": 9},
        ]
    )
    assert codes(given) == {"empty"}
    assert codes(given, "b") == {"single"}
    assert not codes(given, "c")


def test_duplicate_at_the_threshold_exactly() -> None:
    given = inventory([{"channel_id": "a"}, {"channel_id": "b"}], {"a": "12345678", "b": "123456789x"})
    assert "duplicate" in codes(given, jaccard=Fraction(8, 10))
    assert "duplicate" not in codes(given, jaccard=Fraction(81, 100))
    assert "contained" in codes(given, jaccard=Fraction(81, 100))


def test_duplicate_not_of_apps_with_other_functions() -> None:
    rows = [
        {"channel_id": name, "platform": "app", "purpose": purpose}
        for name, purpose in (("a", "填报、签到"), ("b", "学习"), ("c", "签到；填报"))
    ]
    given = inventory(rows, dict.fromkeys("abc", "123456"))
    assert "duplicate" in codes(given)
    assert "duplicate" not in codes(given, "b")


def test_contained_said_of_the_smaller() -> None:
    given = inventory([{"channel_id": "a"}, {"channel_id": "b"}], {"a": "123", "b": "123456"})
    assert codes(given) == {"contained"}
    assert not codes(given, "b")


def test_contained_switched_off() -> None:
    given = inventory([{"channel_id": "a"}, {"channel_id": "b"}], {"a": "123", "b": "123456"})
    assert not codes(given, containment=None)


def test_overlapping_needs_a_like_purpose() -> None:
    rows = [
        {"channel_id": "a", "purpose": "防汛"},
        {"channel_id": "b", "purpose": "防 汛"},
        {"channel_id": "c", "purpose": "防火"},
    ]
    given = inventory(rows, {"a": "123456", "b": "456789", "c": "123789"})
    assert codes(given) == {"overlapping"}
    assert not codes(given, "c")


def test_secrecy_mismatch_restricted_on_public_platform() -> None:
    assert "secrecy-mismatch" in codes(one(secrecy="restricted", platform="wechat"))
    assert "secrecy-mismatch" not in codes(one(secrecy="restricted", platform="wecom"))
    assert "secrecy-mismatch" not in codes(one(secrecy="internal", platform="wechat"))


def test_switched_off_names_the_missing_columns() -> None:
    off = {one.code: one.needs for one in lighten(inventory([{"channel_id": "a"}]), rules(), on=ON).switched_off}
    assert set(off) == set(Code)
    assert off[Code.ZOMBIE] == ("channels.last_active",)


def test_findings_between_posts_where_no_members_are_known() -> None:
    given = inventory(
        [{"channel_id": "a"}, {"channel_id": "b"}],
        {"a": ["镇长", "民政办"], "b": ["民政办", "镇长"]},
        members_are=MembersAre.POSTS,
    )
    assert "duplicate" in codes(given)


def test_findings_carry_rule_and_evidence() -> None:
    (finding,) = lighten(one(last_active=date(2026, 1, 1)), rules(), on=ON).findings
    assert finding.rule.id == "channels/zombie"
    assert finding.evidence == {"days": 304, "limit": 90}

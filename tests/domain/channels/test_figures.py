"""Before and after, counted from who is in what."""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain.channels.build import ON, inventory, rules

from qingzhuang.domain.channels import Lightening, MembersAre, lighten


def result() -> Lightening:
    rows = [
        {"channel_id": "a", "category": "专班群", "unit": "甲镇", "platform": "wechat", "messages_30d": 30.0},
        {"channel_id": "b", "category": "专班群", "unit": "甲镇", "platform": "qq", "messages_30d": 0.0},
        {"channel_id": "z", "category": "专班群", "unit": "乙镇", "platform": "qq", "last_active": date(2020, 1, 1)},
    ]
    members = {"a": "123456789", "b": "123456789x", "z": "1"}
    people = [{"person_id": "1", "unit": "甲镇", "post": "镇长"}]
    return lighten(inventory(rows, members, people), rules(), on=ON)


def test_figures_before_and_after() -> None:
    before, after = result().before, result().after
    assert (before.channels, before.memberships, before.people, before.max) == (3, 20, 10, 3)
    assert (after.channels, after.memberships, after.people, after.max) == (1, 10, 10, 1)
    assert before.median == 2
    assert before.p95 == pytest.approx(2.55)
    assert before.messages_per_person_week == pytest.approx(7 * 9 / 10)
    assert after.messages_per_person_week == pytest.approx(7)


def test_most_burdened_names_posts_and_no_person() -> None:
    posts = result().posts
    assert posts.columns == ["unit", "post", "before", "after", "messages_before", "messages_after"]
    assert posts.row(0) == ("甲镇", "镇长", 3, 1, 7.0, 7.0)


def test_by_group_and_spread_add_up() -> None:
    answer = result()
    for table in (answer.by_unit, answer.by_platform):
        assert table["channels_before"].sum() == answer.before.channels
        assert table["memberships_after"].sum() == answer.after.memberships
    assert answer.spread.to_dicts()[-1] == {"channels": 3, "people_before": 1, "people_after": 0}


def test_figures_of_channels_whose_members_are_unknown() -> None:
    answer = lighten(inventory([{"channel_id": "a", "head_count": 40}]), rules(), on=ON)
    assert (answer.before.memberships, answer.before.people) == (40, 0)
    assert "members-unknown" in {note.code for note in answer.notes}


def test_most_burdened_posts_go_by_their_own_name_where_no_persons_are_known() -> None:
    given = inventory(
        [{"channel_id": "a"}, {"channel_id": "b"}], {"a": ["镇长"], "b": ["镇长"]}, members_are=MembersAre.POSTS
    )
    assert lighten(given, rules(), on=ON).posts.row(0)[:3] == (None, "镇长", 2)

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import permutations

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.demo.checker import Checker

from qingzhuang.demo import County, make_county
from qingzhuang.demo.settle import MARGIN
from qingzhuang.domain.channels.inventory import CHANNELS, MEMBERSHIPS, PEOPLE, UNITS

ON = date(2026, 3, 25)
CASES = [(640, 1), (640, 7), (200, 3), (700, 3), (1000, 1)]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-groups-seed-{case[1]}")
def checked(request: pytest.FixtureRequest) -> Checker:
    channels, seed = request.param
    return Checker(make_county(channels=channels, seed=seed, on=ON))


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(on=ON)


def test_make_county_same_arguments_same_county(county: County) -> None:
    again = make_county(on=ON)
    assert again.truth == county.truth
    for table in ("channels", "memberships", "people", "units"):
        assert_frame_equal(getattr(again.inventory, table), getattr(county.inventory, table))


def test_make_county_another_seed_another_county(county: County) -> None:
    assert make_county(seed=2, on=ON).truth.should_go != county.truth.should_go


def test_make_county_another_day_only_moves_the_days(county: County) -> None:
    later = make_county(on=date(2027, 1, 4))
    assert later.truth.should_go == county.truth.should_go
    moved = later.inventory.channels["last_active"] - county.inventory.channels["last_active"]
    assert moved.unique().to_list() == [date(2027, 1, 4) - ON]


def test_make_county_default_size_is_the_county_of_the_article(county: County) -> None:
    truth, units = county.truth, county.inventory.units
    levels = Counter(units["level"])
    assert levels == {"county": 1, "town": 9, "village": 120, "department": 40}
    assert 590 <= county.inventory.people.height <= 630
    assert 380 <= len(truth.should_go) <= 430
    assert 10 <= len(truth.apps_should_go) <= 19
    assert (truth.mayor.before, truth.mayor.after) == (52, 10)
    kinds = Counter(truth.must_stay.values())
    assert kinds["temporary"] >= 20
    assert kinds["emergency"] >= 10
    assert kinds["ordinary"] >= 150
    assert len(truth.secrecy_mismatch) == 2


@pytest.mark.parametrize("seed", range(10, 16))
def test_make_county_any_seed_keeps_the_figures(seed: int) -> None:
    truth = make_county(seed=seed, on=ON).truth
    assert (truth.mayor.before, len(truth.should_go), len(truth.apps_should_go)) == (52, 400, 14)
    assert truth.mayor.after <= 12


def test_make_county_tables_have_the_shape_of_the_inventory(county: County) -> None:
    inventory = county.inventory
    for table, schema in (
        (inventory.channels, CHANNELS),
        (inventory.memberships, MEMBERSHIPS),
        (inventory.people, PEOPLE),
        (inventory.units, UNITS),
    ):
        assert dict(table.schema) == schema
    assert inventory.channels["channel_id"].is_unique().all()
    assert inventory.memberships.is_unique().all()
    assert inventory.people["person_id"].is_unique().all()
    assert inventory.units["unit"].is_unique().all()
    assert inventory.people["name"].is_null().all()
    assert not inventory.has("people.name")
    assert not inventory.has("channels.head_count")
    assert inventory.has("channels.sunset", "people.left_on", "people.post", "units.parent")


def test_make_county_ids_name_what_is_there(county: County) -> None:
    inventory = county.inventory
    units, people = set(inventory.units["unit"]), set(inventory.people["person_id"])
    assert set(inventory.channels["unit"]) <= units
    assert set(inventory.people["unit"]) <= units
    assert set(inventory.units["parent"].drop_nulls()) <= units
    assert set(inventory.channels["owner"].drop_nulls()) <= people
    assert set(inventory.memberships["person_id"]) <= people
    assert set(inventory.memberships["channel_id"]) <= set(inventory.channels["channel_id"])


def test_make_county_days_of_the_past_are_not_in_the_future(county: County) -> None:
    channels, people = county.inventory.channels, county.inventory.people
    assert (channels["last_active"] <= ON).all()
    assert (channels["created"] < channels["last_active"]).all()
    assert (people["left_on"].drop_nulls() < ON).all()


def test_make_county_messages_of_the_month_agree_with_the_last_day(county: County) -> None:
    idle = (pl.lit(ON) - pl.col("last_active")).dt.total_days()
    heard = county.inventory.channels.filter(pl.col("messages_30d") > 0)
    silent = county.inventory.channels.filter(pl.col("messages_30d") == 0)
    assert heard.select((idle < 30).all()).item()
    assert silent.select((idle >= 30).all()).item()


def test_make_county_who_left_is_in_no_channel(county: County) -> None:
    left = county.inventory.people.drop_nulls("left_on")["person_id"]
    assert len(left) >= 10
    assert set(left).isdisjoint(county.inventory.memberships["person_id"])


def test_make_county_group_sizes_have_a_median_near_eighteen(county: County) -> None:
    groups = county.inventory.memberships.filter(pl.col("channel_id").str.starts_with("G"))
    sizes = groups.group_by("channel_id").len()["len"]
    assert 16 <= sizes.median() <= 20
    assert sizes.max() >= 80


def test_make_county_mayor_is_the_most_burdened_and_uses_no_app(county: County) -> None:
    rows = county.inventory.memberships.filter(pl.col("person_id") == county.truth.mayor.person_id)
    assert rows.height == 52
    assert rows["channel_id"].str.starts_with("G").all()
    assert county.inventory.memberships["person_id"].value_counts()["count"].max() <= 58
    post = county.inventory.people.row(by_predicate=pl.col("person_id") == county.truth.mayor.person_id, named=True)
    assert (post["post"], post["unit"]) == ("镇长", "星垂镇")


def test_make_county_truth_lists_all_dead(checked: Checker) -> None:
    truth = checked.truth
    assert set(truth.zombie) == {channel for channel in checked.rows if checked.zombie(channel)}
    assert set(truth.finished) == {channel for channel in checked.rows if checked.finished(channel)}
    assert set(truth.empty) == {channel for channel in checked.rows if checked.empty(channel)}


def test_make_county_truth_lists_all_bad_papers(checked: Checker) -> None:
    truth, rows = checked.truth, checked.rows
    assert set(truth.unapproved) == {channel for channel, row in rows.items() if row["approval"] is None}
    ownerless = {channel for channel, row in rows.items() if row["owner"] is None or row["owner"] in checked.left}
    assert set(truth.ownerless) == ownerless
    mismatched = {
        channel
        for channel, row in rows.items()
        if row["secrecy"] == "restricted" and row["platform"] not in ("wecom", "dingtalk")
    }
    assert set(truth.secrecy_mismatch) == mismatched
    assert mismatched <= set(truth.must_stay)


def test_make_county_owner_is_a_member_where_there_is_one(checked: Checker) -> None:
    for channel, row in checked.rows.items():
        if channel not in checked.truth.ownerless and channel not in checked.truth.empty:
            assert row["owner"] in checked.members[channel]


def test_make_county_duplicates_are_alike_and_save(checked: Checker) -> None:
    for pair in checked.truth.duplicate:
        assert checked.live(pair.keep)
        assert checked.live(pair.go)
        assert checked.jaccard(pair.keep, pair.go) >= Fraction(4, 5)
        assert checked.permitted(pair.go, pair.keep)
        assert checked.saving(pair.go, pair.keep) >= MARGIN


def test_make_county_contained_are_within_and_save(checked: Checker) -> None:
    for pair in checked.truth.contained:
        assert checked.live(pair.channel_id)
        assert checked.live(pair.inside)
        assert checked.containment(pair.channel_id, pair.inside) >= Fraction(9, 10)
        assert checked.jaccard(pair.channel_id, pair.inside) < Fraction(4, 5)
        assert checked.permitted(pair.channel_id, pair.inside)
        assert checked.saving(pair.channel_id, pair.inside) >= MARGIN


def test_make_county_what_should_go_is_dead_or_merges(checked: Checker) -> None:
    truth = checked.truth
    dead = {*truth.zombie, *truth.finished, *truth.empty}
    merging = {pair.go for pair in truth.duplicate} | {pair.channel_id for pair in truth.contained}
    assert dead.isdisjoint(merging)
    assert {*truth.should_go, *truth.apps_should_go} == dead | merging
    assert all(checked.is_app(channel) for channel in truth.apps_should_go)
    assert not any(checked.is_app(channel) for channel in truth.should_go)


def test_make_county_what_must_stay_is_live_and_no_merge_of_it_saves(checked: Checker) -> None:
    stay = checked.truth.must_stay
    assert all(checked.live(channel) for channel in stay)
    for first, second in checked.like_pairs():
        for goes, into in ((first, second), (second, first)):
            if goes in stay and checked.permitted(goes, into):
                assert checked.saving(goes, into) <= -MARGIN


def test_make_county_only_planted_families_save_at_all(checked: Checker) -> None:
    truth = checked.truth
    family = {pair.go: pair.keep for pair in truth.duplicate} | {
        pair.channel_id: pair.inside for pair in truth.contained
    }
    for pair in checked.like_pairs():
        if checked.saving(*pair) > -MARGIN:
            assert family.get(pair[0], pair[0]) == family.get(pair[1], pair[1])


def test_make_county_kept_by_cost_is_the_one_cheapest_to_keep(checked: Checker) -> None:
    truth = checked.truth
    pairs = [(p.keep, p.go) for p in truth.duplicate] + [(p.inside, p.channel_id) for p in truth.contained]
    for kept in {keep for keep, _ in pairs} - set(truth.must_stay):
        goes = [go for keep, go in pairs if keep == kept]
        assert len(goes) >= 2
        for one, other in permutations(goes, 2):
            assert checked.saving(one, kept) > checked.saving(one, other) + MARGIN


def test_make_county_kinds_of_what_must_stay_are_true(checked: Checker) -> None:
    for channel, kind in checked.truth.must_stay.items():
        row = checked.rows[channel]
        current = row["task"] is not None and row["task_end"] > checked.on
        silent = row["category"] == "应急群" and (checked.on - row["last_active"]).days >= 90
        assert kind == ("temporary" if current else "emergency" if silent else "ordinary")


def test_make_county_mayor_is_counted_right_and_added_nowhere(checked: Checker) -> None:
    truth = checked.truth
    mayor = truth.mayor.person_id
    groups = {channel for channel in checked.rows if mayor in checked.members[channel]}
    assert len(groups) == truth.mayor.before
    assert len(groups - set(truth.should_go)) == truth.mayor.after <= 12
    for goes, into in [(p.go, p.keep) for p in truth.duplicate] + [(p.channel_id, p.inside) for p in truth.contained]:
        assert mayor in checked.members[into] or mayor not in checked.members[goes]


@pytest.mark.parametrize("channels", [1, 2, 5, 8, 16, 24, 40, 100, 680, 681])
def test_make_county_any_size_is_consistent(channels: int) -> None:
    made = make_county(channels=channels, on=ON)
    groups = made.inventory.channels.filter(pl.col("channel_id").str.starts_with("G")).height
    apps = made.inventory.channels.height - groups
    assert (groups, apps) == (channels, channels // 16)
    small = Checker(made)
    assert set(made.truth.zombie) == {channel for channel in small.rows if small.zombie(channel)}
    assert len(made.truth.should_go) <= 0.65 * channels


def test_make_county_many_channels_are_many_counties() -> None:
    made = make_county(channels=9000, on=ON)
    levels = Counter(made.inventory.units["level"])
    assert levels["county"] == 14
    assert levels["town"] == 9 * 14
    assert levels["prefecture"] == 2
    assert levels["province"] == 1
    assert made.inventory.units["unit"].is_unique().all()
    assert made.inventory.people.height == 14 * 616
    assert 0.6 <= len(made.truth.should_go) / 9000 <= 0.64
    assert made.truth.mayor.before == 52


@pytest.mark.parametrize(("channels", "seed"), [(0, 1), (-3, 1), (10, -1)])
def test_make_county_nonsense_is_refused(channels: int, seed: int) -> None:
    with pytest.raises(ValueError, match="channels"):
        make_county(channels=channels, seed=seed, on=ON)


def test_make_county_tells_its_progress() -> None:
    told: list[tuple[int, int]] = []
    make_county(channels=1400, on=ON, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

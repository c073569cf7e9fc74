"""The join against all pairs compared one by one, at thresholds that fall between floats, and on the shapes that hurt."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingzhuang.engines.overlap import join, overlap_chunks, overlap_join

RATIOS = st.one_of(
    st.none(),
    st.sampled_from([Fraction(4, 5), Fraction(9, 10), Fraction(1, 2), Fraction(1), Fraction(2, 3)]),
    st.fractions(Fraction(1, 20), 1, max_denominator=40),
)


@st.composite
def memberships(draw):
    """Sets of which many copy an earlier one, a member or two aside; any order, some rows twice."""
    people = draw(st.integers(1, 40))
    groups = []
    for _ in range(draw(st.integers(1, 14))):
        if groups and draw(st.booleans()):
            group = set(draw(st.sampled_from(groups)))
            group ^= draw(st.sets(st.integers(0, people), max_size=2))
        else:
            group = draw(st.sets(st.integers(0, people), min_size=1, max_size=40))
        groups.append(group)
    rows = [(number, member) for number, group in enumerate(groups) for member in group]
    rows += rows[:: draw(st.integers(2, 9))]
    return draw(st.permutations(rows))


def columns(rows):
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


@settings(max_examples=300, deadline=None)
@given(rows=memberships(), jaccard=RATIOS, containment=RATIOS)
def test_overlap_join_any_memberships_equals_brute_force(brute_force, rows, jaccard, containment):
    if jaccard is None and containment is None:
        jaccard = Fraction(1)
    found = overlap_join(*columns(rows), jaccard=jaccard, containment=containment, threads=1)
    assert found.rows() == brute_force(rows, jaccard, containment)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), jaccard=RATIOS, containment=RATIOS)
def test_overlap_join_sets_of_all_sizes_equals_brute_force(brute_force, seed, jaccard, containment):
    if jaccard is None and containment is None:
        containment = Fraction(9, 10)
    rng = np.random.default_rng(seed)
    groups = []
    for size in rng.choice([1, 3, 9, 18, 49, 50, 65, 120, 300], 60):
        if groups and rng.random() < 0.6:
            group = groups[rng.integers(len(groups))]
            group = np.concatenate(
                [group[rng.random(len(group)) < rng.choice([0.5, 0.85, 0.95])], rng.integers(0, 900, 2)]
            )
        else:
            group = rng.integers(0, 900, size)
        groups.append(group)
    rows = [(number, int(member)) for number, group in enumerate(groups) for member in group]
    found = overlap_join(*columns(rows), jaccard=jaccard, containment=containment, threads=2)
    assert found.rows() == brute_force(rows, jaccard, containment)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([-(2**63), -5, 0, 3, 2**62, 2**63 - 1]),
            st.sampled_from([-(2**63), 1, 2, 10**12, 2**63 - 1]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_overlap_join_values_far_apart_equals_brute_force(brute_force, rows):
    found = overlap_join(*columns(rows), jaccard="1/2", containment=None)
    assert found.rows() == brute_force(rows, Fraction(1, 2), None)


def test_overlap_join_nothing_given_returns_empty_table():
    found = overlap_join([], [])
    assert found.schema == pl.Schema(join.SCHEMA)
    assert found.height == 0


def test_overlap_join_result_has_the_columns_and_types_promised():
    found = overlap_join([5, 5, -7, -7], [1, 2, 2, 1])
    assert found.schema == pl.Schema(
        {"a": pl.Int64, "b": pl.Int64, "shared": pl.Int64, "jaccard": pl.Float64, "containment": pl.Float64}
    )
    assert found.rows() == [(-7, 5, 2, 1.0, 1.0)]


def test_overlap_join_table_equals_its_columns():
    table = pl.DataFrame({"member": [1, 2, 1, 2, 3], "set": [4, 4, 2, 2, 2], "other": ["x"] * 5})
    assert overlap_join(table).rows() == overlap_join(table["set"], table["member"]).rows() == [(2, 4, 2, 2 / 3, 1.0)]


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.uint32, np.int64, np.uint64])
def test_overlap_join_any_integer_type_gives_the_same(kind):
    sets, members = np.array([1, 1, 2, 2], kind), np.array([8, 9, 9, 8], kind)
    assert overlap_join(sets, members).rows() == [(1, 2, 2, 1.0, 1.0)]


@pytest.mark.parametrize(
    ("size", "shared", "passes"), [(9, 8, True), (10, 8, False), (18, 16, True), (19, 16, False), (45, 40, True)]
)
def test_overlap_join_jaccard_exactly_four_fifths_passes(size, shared, passes):
    # two sets of `size` members: 8 of 10, 16 of 20 and 40 of 50 are 0.8 to the last digit
    sets = np.repeat([0, 1], size)
    members = np.concatenate([np.arange(size), np.arange(size) + size - shared])
    assert overlap_join(sets, members, containment=None).height == passes


@pytest.mark.parametrize(
    ("threshold", "passes"), [(0.9, True), ("0.9", True), ("9/10", True), ("0.9000000000000000001", False)]
)
def test_overlap_join_containment_exactly_nine_tenths_passes(threshold, passes):
    sets, members = [0] * 10 + [1] * 40, [*range(10), *range(1, 41)]
    assert overlap_join(sets, members, jaccard=None, containment=threshold).height == passes


def test_overlap_join_containment_divides_by_the_smaller_set():
    sets, members = [0] * 3 + [1] * 300, [*range(3), *range(300)]
    assert overlap_join(sets, members).rows() == [(0, 1, 3, 0.01, 1.0)]


def test_overlap_join_repeated_rows_count_once():
    sets, members = [1, 1, 1, 1, 2, 2], [5, 5, 5, 6, 6, 5]
    assert overlap_join(sets, members).rows() == [(1, 2, 2, 1.0, 1.0)]


def test_overlap_join_member_of_every_set_adds_no_pair(brute_force):
    rng = np.random.default_rng(3)
    rows = [(number, int(member)) for number in range(400) for member in [*rng.integers(1, 4000, 12), 0]]
    assert overlap_join(*columns(rows)).rows() == brute_force(rows, Fraction(4, 5), Fraction(9, 10))


def test_overlap_join_many_equal_sets_finds_each_pair_once():
    sets, members = np.repeat(np.arange(600), 4), np.tile(np.arange(4), 600)
    found = overlap_join(sets, members)
    assert found.height == 600 * 599 // 2
    assert found.select("a", "b").is_unique().all()
    assert found.equals(found.sort("a", "b"))


def test_overlap_join_any_number_of_threads_gives_the_same():
    rng = np.random.default_rng(11)
    sets, members = rng.integers(0, 3000, 40_000), rng.integers(0, 200, 40_000)
    one, three, nine = (overlap_join(sets, members, jaccard="1/8", threads=threads) for threads in (1, 3, 9))
    assert one.height > 100
    assert one.equals(three)
    assert one.equals(nine)


def test_overlap_chunks_are_the_join_cut_in_pieces():
    sets, members = np.repeat(np.arange(40), 3), np.tile(np.arange(3), 40)
    chunks = list(overlap_chunks(sets, members, chunk_rows=100))
    assert [chunk.height for chunk in chunks] == [100] * 7 + [80]
    assert pl.concat(chunks).equals(overlap_join(sets, members))


@pytest.mark.parametrize("held", [1, 7, 500, 3000])
def test_overlap_chunks_more_pairs_than_may_be_held_probes_again(monkeypatch, held):
    rng = np.random.default_rng(5)
    sets, members = rng.integers(0, 120, 900), rng.integers(0, 12, 900)
    whole = overlap_join(sets, members, jaccard="1/3")
    monkeypatch.setattr(join, "HELD_PAIRS", held)
    monkeypatch.setattr(join, "BLOCK_ROWS", 50)
    assert whole.height > held
    chunks = list(overlap_chunks(sets, members, jaccard="1/3", chunk_rows=10**6))
    assert len(chunks) > 1
    assert pl.concat(chunks).equals(whole)


@pytest.mark.parametrize("room", [1, 5, 16, 64, 256])
def test_overlap_join_task_without_room_for_its_pairs_goes_on_where_it_stopped(monkeypatch, room):
    for seed in range(30):
        rng = np.random.default_rng(seed)
        sets, members = rng.integers(0, 120, 900), rng.integers(0, 12, 900)
        whole = overlap_join(sets, members, jaccard="1/3")
        with monkeypatch.context() as cramped:
            cramped.setattr(join, "FOUND_PAIRS", room)
            assert overlap_join(sets, members, jaccard="1/3").equals(whole)


def test_overlap_join_short_compiled_calls_give_the_same(monkeypatch):
    rng = np.random.default_rng(8)
    sets, members = rng.integers(0, 120, 900), rng.integers(0, 12, 900)
    whole = overlap_join(sets, members, jaccard="1/3")
    monkeypatch.setattr(join, "EFFORT", 10)
    assert overlap_join(sets, members, jaccard="1/3").equals(whole)
